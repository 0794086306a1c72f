import * as fc from 'fast-check';
import { loadModule, scanSync } from 'libpg-query';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { Scanner } from '../../../../src/shared/sql/scanner';

// Thousands of random texts, or traps of the parser, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

beforeAll(loadModule);

function tokens(text: string): [string, string][] {
  const scanner = new Scanner(text);
  const found: [string, string][] = [];
  while (scanner.next()) found.push([scanner.kind, text.slice(scanner.from, scanner.to)]);
  return found;
}

/** Offsets of semicolons and of comments, as PostgreSQL's scanner finds them; null on an error. */
function landmarks(text: string): number[] | null {
  const bytes = Buffer.from(text);
  const comments = new Set(['SQL_COMMENT', 'C_COMMENT']);
  try {
    return scanSync(text)
      .tokens.filter(({ text, tokenName }) => text === ';' || comments.has(tokenName))
      .map(({ start }) => bytes.subarray(0, start).toString().length);
  } catch {
    // An unterminated constant or junk after a number: the server refuses the whole text.
    return null;
  }
}

function ownLandmarks(text: string): number[] {
  const scanner = new Scanner(text);
  const found: number[] = [];
  while (scanner.next()) {
    const isComment = scanner.kind === 'line-comment' || scanner.kind === 'block-comment';
    if (isComment || scanner.is(';')) found.push(scanner.from);
  }
  return found;
}

describe('Scanner', () => {
  it.each<[string, [string, string][]]>([
    [
      "a'b'",
      [
        ['word', 'a'],
        ['string', "'b'"],
      ],
    ],
    ["e'a\\'b'", [['string', "e'a\\'b'"]]],
    [
      "e'a' 'b\\''",
      [
        ['string', "e'a'"],
        ['string', "'b\\''"],
      ],
    ],
    ["e'a'\n'b\\''", [['string', "e'a'\n'b\\''"]]],
    ["e'a' -- c\n 'b\\''", [['string', "e'a' -- c\n 'b\\''"]]],
    [
      "u&'a' u&\"b\" n'c' x'1F' b'01'",
      [
        ['string', "u&'a'"],
        ['quoted-identifier', 'u&"b"'],
        ['string', "n'c'"],
        ['string', "x'1F'"],
        ['string', "b'01'"],
      ],
    ],
    [
      "u & 'a'",
      [
        ['word', 'u'],
        ['symbol', '&'],
        ['string', "'a'"],
      ],
    ],
    [
      "namee'a'",
      [
        ['word', 'namee'],
        ['string', "'a'"],
      ],
    ],
    [
      '$1$$a$$',
      [
        ['parameter', '$1'],
        ['string', '$$a$$'],
      ],
    ],
    ['a$$b', [['word', 'a$$b']]],
    ['$é$a$$é$', [['string', '$é$a$$é$']]],
    [
      '$1a$',
      [
        ['parameter', '$1'],
        ['word', 'a$'],
      ],
    ],
    [
      '1.5e3 .5 1..2',
      [
        ['number', '1.5e3'],
        ['number', '.5'],
        ['number', '1..2'],
      ],
    ],
    [
      'a--b\nc',
      [
        ['word', 'a'],
        ['line-comment', '--b'],
        ['word', 'c'],
      ],
    ],
    [
      'a/*/**/*/b',
      [
        ['word', 'a'],
        ['block-comment', '/*/**/*/'],
        ['word', 'b'],
      ],
    ],
    [
      '+-- x',
      [
        ['symbol', '+'],
        ['line-comment', '-- x'],
      ],
    ],
    ['a\u00a0b', [['word', 'a\u00a0b']]],
    ["'abc", [['string', "'abc"]]],
    ['/* /* */', [['block-comment', '/* /* */']]],
    ["e'\\", [['string', "e'\\"]]],
  ])('%j', (text, expected) => {
    expect(tokens(text)).toEqual(expected);
  });

  it('reads a row of dashes behind a string as one comment', () => {
    const dashes = '-'.repeat(80);
    const all = [
      ['string', "E'a'"],
      ['line-comment', dashes],
      ['word', 'x'],
    ];
    expect(tokens(`E'a' ${dashes}\nx`)).toEqual(all);
    expect(tokens(`E'a' ${dashes}\n'b'`)).toEqual([['string', `E'a' ${dashes}\n'b'`]]);
  });

  // The server's scanner lets a string go on behind a comment that ends a line (scan.l,
  // whitespace_with_newline). libpg_query, changed to report comments, ends the string there.
  const gap = /'((?:[ \t\f\v]|--[^\n\r]*)*[\n\r](?:\s|--[^\n\r]*[\n\r])*)'/g;
  const continuesBehindComment = (text: string): boolean =>
    [...text.matchAll(gap)].some(([between]) => between.includes('--'));

  it('finds semicolons and comments where PostgreSQL finds them', () => {
    const visible =
      "' '' $$ $a$ $ ; -- /* */ \\ E e' U&' u&\" b' x' n' a 1 ( ) . * / - + : é 😀 $1 select \\' /**/";
    const blank = [' ', '\n', '\r', '\t', '\f', '\u00a0', "\n'", "' \n'"];
    const piece = fc.constantFrom(...visible.split(' '), ...blank);
    let compared = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = pieces.join('');
        if (continuesBehindComment(text)) return;
        const expected = landmarks(text);
        if (expected === null) return;
        compared += 1;
        expect(ownLandmarks(text)).toEqual(expected);
      }),
      { numRuns: 5000 },
    );
    // Guards against a comparison that never happens.
    expect(compared).toBeGreaterThan(500);
  });
});
