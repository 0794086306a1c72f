import { expect, it } from 'vitest';
import { isCellInView } from '../../../../../src/renderer/components/grid/cell-in-view';

const view = { firstRow: 10, lastRow: 20, firstColumn: 4, lastColumn: 6, frozenCount: 2 };

it.each([
  [{ row: 10, column: 4 }, true],
  [{ row: 20, column: 6 }, true],
  [{ row: 15, column: 1 }, true],
  [{ row: 15, column: 3 }, false],
  [{ row: 15, column: 7 }, false],
  [{ row: 9, column: 5 }, false],
  [{ row: 21, column: 1 }, false],
  [null, false],
])('knows whether %j is in view', (cell, isSeen) => {
  expect(isCellInView(cell, view)).toBe(isSeen);
});
