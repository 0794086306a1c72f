import { printable } from '../../../../../src/renderer/components/printable';
import { describe, expect, it } from 'vitest';
import {
  cellPreview,
  cellSegments,
  hasUnseenCharacters,
  withMarks,
} from '../../../../../src/renderer/components/grid/cell-content';
import { batchOf } from './row-batches';

describe('cellPreview', () => {
  it('tells NULL, the empty string and the text NULL apart', () => {
    const batch = batchOf([[null, '', 'NULL']]);
    expect([0, 1, 2].map((index) => cellPreview(batch, 0, index))).toEqual([null, '', 'NULL']);
  });

  it('keeps a byte order mark, which is part of the value', () => {
    expect(cellPreview(batchOf([['\ufeffa']]), 0, 0)).toBe('\ufeffa');
  });

  it('cuts a long value without halving a character', () => {
    const emoji = cellPreview(batchOf([['😀'.repeat(100_000)]]), 0, 0) ?? '';
    expect(emoji).toBe(`${'😀'.repeat(250)}…`);
    const odd = cellPreview(batchOf([[`a${'😀'.repeat(100_000)}`]]), 0, 0) ?? '';
    expect(odd).toBe(`a${'😀'.repeat(249)}…`);
    const wide = cellPreview(batchOf([['漢'.repeat(2000)]]), 0, 0) ?? '';
    expect(wide).toBe(`${'漢'.repeat(500)}…`);
  });

  it('shows a value of exactly 500 characters whole', () => {
    const text = 'é'.repeat(500);
    expect(cellPreview(batchOf([[text]]), 0, 0)).toBe(text);
  });

  it('refuses a cell outside the batch', () => {
    expect(() => cellPreview(batchOf([['a']]), 1, 0)).toThrow(RangeError);
    expect(() => cellPreview(batchOf([['a']]), 0, 1)).toThrow(RangeError);
  });
});

describe('cellSegments', () => {
  it('marks line breaks, tabs and other controls', () => {
    expect(cellSegments('a\r\nb\tc\u0000')).toEqual([
      { kind: 'text', text: 'a' },
      { kind: 'mark', text: '␍' },
      { kind: 'mark', text: '↵' },
      { kind: 'text', text: 'b' },
      { kind: 'mark', text: '⇥' },
      { kind: 'text', text: 'c' },
      { kind: 'mark', text: '␀' },
    ]);
  });

  it.each(['\u202e', '\u2066', '\u200b', '\ufeff', '\u2028', '\u0085', '\u00ad'])(
    'marks the invisible %j by its code',
    (character) => {
      expect(hasUnseenCharacters(`x${character}y`)).toBe(true);
      const code = character.charCodeAt(0).toString(16).padStart(4, '0');
      expect(cellSegments(`x${character}y`)[1]).toEqual({ kind: 'mark', text: `\\u${code}` });
      // A name shows it in the same way.
      expect(printable(character)).toBe(`\\u${code}`);
    },
  );

  it('leaves joiners to the scripts and the emoji that need them', () => {
    expect(hasUnseenCharacters('👩\u200d💻 می\u200cخواهم')).toBe(false);
  });
});

describe('withMarks', () => {
  it('writes what a cell shows, so that its column becomes as wide', () => {
    const text = 'x\u200ey\nz';
    expect(withMarks(text)).toBe(
      cellSegments(text)
        .map((segment) => segment.text)
        .join(''),
    );
    expect(withMarks(text)).toHaveLength(10);
  });
});
