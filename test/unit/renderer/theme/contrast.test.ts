import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(
  new URL('../../../../src/renderer/theme/tokens.css', import.meta.url),
  'utf8',
);

type Tokens = ReadonlyMap<string, string>;

function block(selector: string): Tokens {
  const start = css.indexOf(`${selector} {\n  `);
  const body = css.slice(start, css.indexOf('\n}', start));
  return new Map(
    [...body.matchAll(/(--[\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

const light = block(':root');
const dark: Tokens = new Map([...light, ...block(":root[data-theme='dark']")]);

interface Rgb {
  readonly channels: readonly [number, number, number];
  readonly alpha: number;
}

/** OKLCH to linear sRGB with the matrices of CSS Color 4, section "Sample code". */
function parse(value: string | undefined): Rgb {
  const match = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)(?: \/ ([\d.]+)%)?\)$/.exec(value ?? '');
  if (!match) throw new Error(`Not an oklch colour: ${value}`);
  const [lightness = 0, chroma = 0, hue = 0, alpha = 100] = match
    .slice(1)
    .filter((part) => part !== undefined)
    .map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clamp = (channel: number): number => Math.min(1, Math.max(0, channel));
  return {
    channels: [
      clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
      clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
      clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
    ],
    alpha: alpha / 100,
  };
}

const toGamma = (linear: number): number =>
  linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
const toLinear = (gamma: number): number =>
  gamma <= 0.04045 ? gamma / 12.92 : ((gamma + 0.055) / 1.055) ** 2.4;

/** Browsers blend in gamma-encoded sRGB. */
function over(front: Rgb, back: Rgb): Rgb {
  const blend = (index: 0 | 1 | 2): number =>
    toLinear(
      toGamma(front.channels[index]) * front.alpha +
        toGamma(back.channels[index]) * (1 - front.alpha),
    );
  return { channels: [blend(0), blend(1), blend(2)], alpha: 1 };
}

const luminance = ({ channels: [red, green, blue] }: Rgb): number =>
  0.2126 * red + 0.7152 * green + 0.0722 * blue;

/** WCAG 2.2, "contrast ratio". `layers` are surfaces from the back to the front. */
function contrast(tokens: Tokens, text: string, ...layers: readonly string[]): number {
  const [back, ...others] = layers.map((layer) => parse(tokens.get(layer)));
  if (!back) throw new Error('No surface.');
  const surface = others.reduce((below, layer) => over(layer, below), back);
  const ink = over(parse(tokens.get(text)), surface);
  const [bright = 0, dim = 0] = [luminance(ink), luminance(surface)].sort((x, y) => y - x);
  return (bright + 0.05) / (dim + 0.05);
}

const surfaces = [
  '--surface-window',
  '--surface-panel',
  '--surface-content',
  '--surface-raised',
  '--surface-dialog',
];
const texts = [
  '--text',
  '--text-muted',
  '--text-faint',
  '--accent-text',
  '--danger-text',
  '--warning-text',
  '--success-text',
  '--tree-view',
];
const syntax = [
  'keyword',
  'string',
  'number',
  'comment',
  'type',
  'function',
  'operator',
  'null',
].map((name) => `--syntax-${name}`);

const pairs: (readonly [text: string, ...layers: string[]])[] = [
  ...surfaces.flatMap((surface) => texts.map((text) => [text, surface] as const)),
  ...syntax.map((text) => [text, '--surface-content'] as const),
  ...['--text', '--text-muted', '--text-faint'].flatMap((text) =>
    ['--surface-hover', '--surface-active', '--surface-selected'].map(
      (state) => [text, '--surface-panel', state] as const,
    ),
  ),
  // The cells of a grid, selected.
  ...['--text', '--text-muted', '--syntax-null', '--syntax-keyword'].map(
    (text) => [text, '--surface-content', '--surface-selected'] as const,
  ),
  ...['danger', 'warning'].map(
    (tone) => [`--${tone}-text`, '--surface-content', `--${tone}-surface`] as const,
  ),
  ['--text-muted', '--surface-content', '--danger-surface'],
  ['--text-on-accent', '--accent'],
  ['--text-on-accent', '--accent-hover'],
  ['--text-on-accent', '--danger'],
  ['--text-on-accent', '--danger-hover'],
  ['--text-tooltip', '--surface-tooltip'],
  ['--text-muted', '--surface-input'],
  ['--text-faint', '--surface-input'],
];

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('the %s theme', (_name, tokens) => {
  const cases = pairs.map(([text, ...layers]) => [text, layers.join(' under '), layers] as const);
  it.each(cases)('shows %s on %s with a contrast of 4.5 at least', (text, _surface, layers) => {
    expect(contrast(tokens, text, ...layers)).toBeGreaterThanOrEqual(4.5);
  });
});

describe('the computation', () => {
  it('gives 21 for black on white', () => {
    const extremes = new Map([
      ['--black', 'oklch(0 0 0)'],
      ['--white', 'oklch(1 0 0)'],
    ]);
    expect(contrast(extremes, '--black', '--white')).toBeCloseTo(21, 1);
  });
});
