import { describe, expect, it } from 'vitest';
import {
  type GridMotion,
  motionOfKey,
  moveCell,
  selectedRange,
} from '../../../../../src/renderer/components/grid/selection';

const extent = { rows: 100, columns: 5 };
const from = { row: 50, column: 2 };

describe('moveCell', () => {
  it.each<[GridMotion, number, number]>([
    ['up', 49, 2],
    ['down', 51, 2],
    ['left', 50, 1],
    ['right', 50, 3],
    ['page-up', 30, 2],
    ['page-down', 70, 2],
    ['row-start', 50, 0],
    ['row-end', 50, 4],
    ['first-row', 0, 2],
    ['last-row', 99, 2],
    ['first-cell', 0, 0],
    ['last-cell', 99, 4],
    ['next', 50, 3],
    ['previous', 50, 1],
  ])('%s', (motion, row, column) => {
    expect(moveCell(from, motion, extent, 20)).toEqual({ row, column });
  });

  it('stays inside the grid', () => {
    const corner = { row: 99, column: 4 };
    expect(moveCell(corner, 'down', extent, 20)).toEqual(corner);
    expect(moveCell(corner, 'page-down', extent, 20)).toEqual(corner);
    expect(moveCell({ row: 0, column: 0 }, 'left', extent, 20)).toEqual({ row: 0, column: 0 });
  });

  it('goes on in the next row, and nowhere from the last cell', () => {
    expect(moveCell({ row: 3, column: 4 }, 'next', extent, 20)).toEqual({ row: 4, column: 0 });
    expect(moveCell({ row: 4, column: 0 }, 'previous', extent, 20)).toEqual({ row: 3, column: 4 });
    const last = { row: 99, column: 4 };
    expect(moveCell(last, 'next', extent, 20)).toBe(last);
  });
});

describe('motionOfKey', () => {
  it('reads the primary modifier', () => {
    const plain = { shiftKey: false, primaryKey: false };
    expect(motionOfKey({ ...plain, key: 'Home' })).toBe('row-start');
    expect(motionOfKey({ ...plain, primaryKey: true, key: 'Home' })).toBe('first-cell');
    expect(motionOfKey({ ...plain, primaryKey: true, key: 'Tab' })).toBeNull();
    expect(motionOfKey({ ...plain, shiftKey: true, key: 'Tab' })).toBe('previous');
    expect(motionOfKey({ ...plain, key: 'a' })).toBeNull();
  });
});

describe('selectedRange', () => {
  const focus = { row: 10, column: 3 };

  it('spans anchor and focus in either order', () => {
    expect(selectedRange({ kind: 'cells', anchor: from, focus }, extent)).toEqual({
      top: 10,
      bottom: 50,
      left: 2,
      right: 3,
    });
  });

  it('takes whole rows, whole columns and everything', () => {
    const selected = (kind: 'rows' | 'columns' | 'all') =>
      selectedRange({ kind, anchor: from, focus }, extent);
    expect(selected('rows')).toEqual({ top: 10, bottom: 50, left: 0, right: 4 });
    expect(selected('columns')).toEqual({ top: 0, bottom: 99, left: 2, right: 3 });
    expect(selected('all')).toEqual({ top: 0, bottom: 99, left: 0, right: 4 });
  });

  it('covers nothing in an empty grid', () => {
    const empty = { rows: 0, columns: 5 };
    expect(selectedRange({ kind: 'all', anchor: from, focus }, empty)).toBeNull();
  });
});
