import type { ColumnGeometry } from './column-viewport';
import type { CellPosition } from './selection';

interface CellsInView extends Pick<ColumnGeometry, 'firstColumn' | 'lastColumn' | 'frozenCount'> {
  readonly firstRow: number;
  readonly lastRow: number;
}

/** Whether any part of a cell is in view; no cell is not. */
export function isCellInView(cell: CellPosition | null, view: CellsInView): boolean {
  if (cell === null || cell.row < view.firstRow || cell.row > view.lastRow) return false;
  if (cell.column < view.frozenCount) return true;
  return cell.column >= view.firstColumn && cell.column <= view.lastColumn;
}
