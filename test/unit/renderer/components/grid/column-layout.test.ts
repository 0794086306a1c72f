import { describe, expect, it } from 'vitest';
import {
  columnAt,
  columnOffsets,
  fittedLimit,
  fittedWidth,
  leftToReveal,
  minColumnWidth,
  spreadWidths,
  visibleColumns,
} from '../../../../../src/renderer/components/grid/column-layout';
import { gridHit } from '../../../../../src/renderer/components/grid/grid-hit';

const offsets = columnOffsets([100, 50, 200]);

describe('columns', () => {
  it('are found by position', () => {
    expect([...offsets]).toEqual([0, 100, 150, 350]);
    expect([-5, 0, 99, 100, 149.9, 150, 349, 900].map((x) => columnAt(offsets, x))).toEqual([
      0, 0, 0, 1, 1, 2, 2, 2,
    ]);
    expect(columnAt(columnOffsets([]), 10)).toBe(-1);
  });

  it('are visible when a part of them is', () => {
    expect(visibleColumns(offsets, 99, 2)).toEqual({ first: 0, last: 1 });
    expect(visibleColumns(offsets, 100, 50)).toEqual({ first: 1, last: 1 });
    expect(visibleColumns(columnOffsets([]), 0, 100)).toEqual({ first: 0, last: -1 });
  });

  it('are brought into view with the least movement', () => {
    expect(leftToReveal(offsets, 0, 160, 1)).toBe(0);
    expect(leftToReveal(offsets, 0, 120, 1)).toBe(30);
    expect(leftToReveal(offsets, 120, 300, 0)).toBe(0);
    expect(leftToReveal(offsets, 0, 120, 2)).toBe(150);
  });

  it('are fitted within limits', () => {
    expect(fittedWidth([], 10, 400)).toBe(minColumnWidth);
    expect(fittedWidth([100.2, 60], 10, 400)).toBe(111);
    expect(fittedWidth([9999], 10, 400)).toBe(400);
    expect(fittedLimit(1)).toBeGreaterThan(fittedLimit(20));
  });

  it('are spread over room that is left, within reason', () => {
    expect(spreadWidths([100, 200], 330)).toEqual([110, 220]);
    expect(spreadWidths([100, 200], 9000)).toEqual([140, 280]);
    expect(spreadWidths([100, 200], 250)).toEqual([100, 200]);
    expect(spreadWidths([], 250)).toEqual([]);
  });
});

describe('gridHit', () => {
  const geometry = {
    offsets,
    rowCount: 10,
    rowHeight: 20,
    headerHeight: 40,
    gutterWidth: 50,
    frozenWidth: 0,
    bodyWidth: 300,
    bodyHeight: 200,
    offset: 100,
    left: 60,
  };

  it('finds the cell under a point', () => {
    expect(gridHit(geometry, 100, 61)).toMatchObject({ area: 'body', row: 6, column: 1 });
    expect(gridHit(geometry, 20, 45)).toMatchObject({ area: 'gutter', row: 5 });
    expect(gridHit(geometry, 60, 10)).toMatchObject({ area: 'header', column: 0 });
    expect(gridHit(geometry, 10, 10)).toMatchObject({ area: 'corner' });
  });

  it('tells what lies below the last row and right of the last column', () => {
    expect(gridHit(geometry, 100, 239)).toMatchObject({ isOutside: true, row: 9 });
    expect(gridHit({ ...geometry, left: 200 }, 280, 50).isOutside).toBe(true);
    expect(gridHit(geometry, 100, 50).isOutside).toBe(false);
  });

  it('measures how far a dragged pointer is beyond the cells', () => {
    expect(gridHit(geometry, 30, 260)).toMatchObject({ beyondX: -20, beyondY: 20 });
    expect(gridHit(geometry, 320, 10)).toMatchObject({ beyondX: 20, beyondY: -30 });
  });
});
