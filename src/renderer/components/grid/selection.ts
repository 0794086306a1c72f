import { unreachable } from '../../unreachable';

export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

/** `rows` selects whole rows, `columns` whole columns with the rows that are still to come. */
export type SelectionKind = 'cells' | 'rows' | 'columns' | 'all';

/** A range of cells: it began at `anchor`, and the keyboard moves `focus`. */
export interface GridSelection {
  readonly kind: SelectionKind;
  readonly anchor: CellPosition;
  readonly focus: CellPosition;
}

/** Inclusive bounds. */
export interface CellRange {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface GridExtent {
  readonly rows: number;
  readonly columns: number;
}

export function isSameRange(a: CellRange | null, b: CellRange | null): boolean {
  if (a === null || b === null) return a === b;
  return a.top === b.top && a.bottom === b.bottom && a.left === b.left && a.right === b.right;
}

/** The cells that a selection covers in a grid of the given extent; null when the grid is empty. */
export function selectedRange(selection: GridSelection, extent: GridExtent): CellRange | null {
  if (extent.rows === 0 || extent.columns === 0) return null;
  const { anchor, focus, kind } = selection;
  const allRows = kind === 'columns' || kind === 'all';
  const allColumns = kind === 'rows' || kind === 'all';
  return {
    top: allRows ? 0 : Math.min(anchor.row, focus.row),
    bottom: allRows ? extent.rows - 1 : Math.max(anchor.row, focus.row),
    left: allColumns ? 0 : Math.min(anchor.column, focus.column),
    right: allColumns ? extent.columns - 1 : Math.max(anchor.column, focus.column),
  };
}

export function rangeContains(range: CellRange, { row, column }: CellPosition): boolean {
  return row >= range.top && row <= range.bottom && column >= range.left && column <= range.right;
}

export type GridMotion =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'page-up'
  | 'page-down'
  | 'row-start'
  | 'row-end'
  | 'first-row'
  | 'last-row'
  | 'first-cell'
  | 'last-cell'
  | 'next'
  | 'previous';

/** Where a motion leads from a cell. `next` and `previous` go on in the neighbouring row, as Tab does. */
export function moveCell(
  from: CellPosition,
  motion: GridMotion,
  extent: GridExtent,
  rowsPerPage: number,
): CellPosition {
  const lastRow = Math.max(0, extent.rows - 1);
  const lastColumn = Math.max(0, extent.columns - 1);
  const at = (row: number, column: number): CellPosition => ({
    row: Math.min(Math.max(0, row), lastRow),
    column: Math.min(Math.max(0, column), lastColumn),
  });
  switch (motion) {
    case 'up':
      return at(from.row - 1, from.column);
    case 'down':
      return at(from.row + 1, from.column);
    case 'left':
      return at(from.row, from.column - 1);
    case 'right':
      return at(from.row, from.column + 1);
    case 'page-up':
      return at(from.row - rowsPerPage, from.column);
    case 'page-down':
      return at(from.row + rowsPerPage, from.column);
    case 'row-start':
      return at(from.row, 0);
    case 'row-end':
      return at(from.row, lastColumn);
    case 'first-row':
      return at(0, from.column);
    case 'last-row':
      return at(lastRow, from.column);
    case 'first-cell':
      return at(0, 0);
    case 'last-cell':
      return at(lastRow, lastColumn);
    case 'next':
      if (from.column < lastColumn) return at(from.row, from.column + 1);
      return from.row < lastRow ? at(from.row + 1, 0) : from;
    case 'previous':
      if (from.column > 0) return at(from.row, from.column - 1);
      return from.row > 0 ? at(from.row - 1, lastColumn) : from;
    default:
      return unreachable(motion);
  }
}

/** The keys of a pressed key that matter to the grid. */
export interface GridKey {
  readonly key: string;
  readonly shiftKey: boolean;
  /** Control, or Command on macOS. */
  readonly primaryKey: boolean;
}

/** The motion that a key stands for; null for any other key. */
export function motionOfKey({ key, shiftKey, primaryKey }: GridKey): GridMotion | null {
  switch (key) {
    case 'ArrowUp':
      return primaryKey ? 'first-row' : 'up';
    case 'ArrowDown':
      return primaryKey ? 'last-row' : 'down';
    case 'ArrowLeft':
      return primaryKey ? 'row-start' : 'left';
    case 'ArrowRight':
      return primaryKey ? 'row-end' : 'right';
    case 'PageUp':
      return primaryKey ? null : 'page-up';
    case 'PageDown':
      return primaryKey ? null : 'page-down';
    case 'Home':
      return primaryKey ? 'first-cell' : 'row-start';
    case 'End':
      return primaryKey ? 'last-cell' : 'row-end';
    case 'Tab':
      if (primaryKey) return null;
      return shiftKey ? 'previous' : 'next';
    default:
      return null;
  }
}
