import { describe, expect, it } from 'vitest';
import {
  columnSpans,
  rowSpans,
  stretch,
} from '../../../../../src/renderer/components/grid/drawing-spans';

describe('rows and columns on a canvas', () => {
  it('meet on whole pixels of the screen, however many there are for a CSS pixel', () => {
    const rows = rowSpans({ firstRow: 3, lastRow: 9, rowHeight: 26, offset: 80 }, 1.25);
    expect(rows).toHaveLength(7);
    expect(rows[0]).toEqual({ start: -2, size: 32 });
    for (const [index, { start, size }] of rows.entries()) {
      expect(rows[index + 1]?.start ?? start + size).toBe(start + size);
    }
  });

  it('begin behind the row numbers, less what is scrolled', () => {
    const place = { offsets: Float64Array.of(0, 100, 150), gutterWidth: 48 };
    expect(columnSpans(place, 0, 1, 20, 2)).toEqual([
      { start: 56, size: 200 },
      { start: 256, size: 100 },
    ]);
  });
});

describe('the selected part of what is in view', () => {
  const spans = rowSpans({ firstRow: 10, lastRow: 19, rowHeight: 20, offset: 200 }, 1);

  it.each([
    { name: 'within', from: 12, to: 13, expected: { start: 40, size: 40 } },
    { name: 'from above it', from: 2, to: 11, expected: { start: 0, size: 40 } },
    { name: 'to below it', from: 18, to: 90, expected: { start: 160, size: 40 } },
    { name: 'all of it', from: 0, to: 90, expected: { start: 0, size: 200 } },
    { name: 'nothing, just above it', from: 5, to: 7, expected: null },
    { name: 'nothing, far above it', from: 0, to: 0, expected: null },
    { name: 'nothing, below it', from: 20, to: 30, expected: null },
  ])('is $name', ({ from, to, expected }) => {
    expect(stretch(spans, 10, from, to)).toEqual(expected);
  });

  it('is nothing where nothing is in view', () => {
    expect(stretch([], 10, 10, 12)).toBeNull();
  });
});
