import { gridElement } from './grid-elements';
import styles from './grid-look.module.css';

/** How a kind of text is drawn. Lengths in pixels of the screen. */
export interface TextLook {
  readonly font: string;
  readonly letterSpacing: string;
  readonly color: string;
  readonly background: string;
  /** From the top of a row to the line that the letters stand on. */
  readonly baseline: number;
  /** Width of a digit; in a font of one width, that of each ASCII character. */
  readonly advance: number;
}

const textKinds = [
  'value',
  'null',
  'empty',
  'mark',
  'codeMark',
  'rowNumber',
  'selectedRowNumber',
] as const;

/** How a grid is drawn on its canvas, as the style sheets say. */
export interface GridLook {
  /** Pixels of the screen for each CSS pixel. */
  readonly pixelRatio: number;
  readonly text: Readonly<Record<(typeof textKinds)[number], TextLook>>;
  readonly content: string;
  readonly line: string;
  /** What the selected cells are tinted with. */
  readonly selected: string;
  readonly gutterEdge: string;
  readonly frozenEdge: string;
  readonly frozenShade: string;
  readonly pending: string;
}

/** Reads the look from the style sheets; `rowHeight` in CSS pixels. It makes the browser work out styles. */
export function readGridLook(
  host: HTMLElement,
  context: CanvasRenderingContext2D,
  rowHeight: number,
): GridLook {
  const pixelRatio = window.devicePixelRatio;
  const probes = gridElement(styles['probes']);
  host.append(probes);
  const styleOf = (kind: string): CSSStyleDeclaration => {
    const probe = gridElement(styles[kind]);
    probes.append(probe);
    return getComputedStyle(probe);
  };
  const textLook = (kind: string): TextLook => {
    const style = styleOf(kind);
    const { fontStyle, fontWeight, fontFamily, color, backgroundColor } = style;
    const size = Number.parseFloat(style.fontSize) * pixelRatio;
    const font = `${fontStyle} ${fontWeight} ${size}px ${fontFamily}`;
    const spacing = Number.parseFloat(style.letterSpacing);
    const letterSpacing = `${Number.isNaN(spacing) ? 0 : spacing * pixelRatio}px`;
    context.font = font;
    const metrics = context.measureText('x');
    const ascent = Math.round(metrics.fontBoundingBoxAscent);
    const descent = Math.round(metrics.fontBoundingBoxDescent);
    // The line below a row is not a part of where its text stands.
    const height = (rowHeight - 1) * pixelRatio;
    const baseline = Math.floor((height - ascent - descent) / 2) + ascent;
    const advance = context.measureText('0').width;
    return { font, letterSpacing, color, background: backgroundColor, baseline, advance };
  };
  const text = {
    value: textLook('value'),
    null: textLook('null'),
    empty: textLook('empty'),
    mark: textLook('mark'),
    codeMark: textLook('codeMark'),
    rowNumber: textLook('rowNumber'),
    selectedRowNumber: textLook('selectedRowNumber'),
  };
  const rows = styleOf('rows');
  const frozen = styleOf('frozenEdge');
  const look = {
    pixelRatio,
    text,
    content: rows.backgroundColor,
    line: rows.color,
    selected: text.selectedRowNumber.background,
    gutterEdge: styleOf('gutterEdge').color,
    frozenEdge: frozen.color,
    frozenShade: frozen.backgroundColor,
    pending: styleOf('pending').color,
  };
  probes.remove();
  return look;
}

/** Calls `onChange` whenever the look may be another one: a theme, or a font that has come. Returns what ends it. */
export function watchGridLook(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const forcedColors = matchMedia('(forced-colors: active)');
  forcedColors.addEventListener('change', onChange);
  // A font is fetched in parts, each when a character of it is drawn first.
  document.fonts.addEventListener('loadingdone', onChange);
  return () => {
    observer.disconnect();
    forcedColors.removeEventListener('change', onChange);
    document.fonts.removeEventListener('loadingdone', onChange);
  };
}
