import { type ColumnOffsets, columnAt, columnsWidth } from './column-layout';
import type { CellPosition } from './selection';

/** What lies under a point. `beyondX` and `beyondY` are the pixels by which it is outside the cells. */
export interface GridHit extends CellPosition {
  readonly area: 'body' | 'gutter' | 'header' | 'corner';
  /** Below the last row or right of the last column. */
  readonly isOutside: boolean;
  readonly beyondX: number;
  readonly beyondY: number;
}

/** Where a grid is scrolled to and how large its parts are. CSS pixels. */
export interface GridGeometry {
  readonly offsets: ColumnOffsets;
  readonly rowCount: number;
  readonly rowHeight: number;
  readonly headerHeight: number;
  readonly gutterWidth: number;
  /** Width of the columns that are not scrolled. */
  readonly frozenWidth: number;
  readonly bodyWidth: number;
  readonly bodyHeight: number;
  readonly offset: number;
  readonly left: number;
}

/** What lies under a point of the grid's view, from its top left corner. Row and column are the nearest. */
export function gridHit(geometry: GridGeometry, x: number, viewY: number): GridHit {
  const { offsets, rowCount, rowHeight, gutterWidth, bodyWidth, bodyHeight } = geometry;
  const y = viewY - geometry.headerHeight;
  const row = Math.floor((y + geometry.offset) / rowHeight);
  const isFrozen = x < gutterWidth + geometry.frozenWidth;
  const contentX = x - gutterWidth + (isFrozen ? 0 : geometry.left);
  const isInHeader = y < 0;
  const isInGutter = x < gutterWidth;
  const isRightOfAll = contentX >= columnsWidth(offsets) && !isInGutter;
  return {
    area: areaOf(isInHeader, isInGutter),
    row: Math.min(Math.max(0, row), Math.max(0, rowCount - 1)),
    column: Math.max(0, columnAt(offsets, contentX)),
    isOutside: isRightOfAll || (!isInHeader && row >= rowCount),
    beyondX: beyond(x, gutterWidth, bodyWidth),
    beyondY: beyond(y, 0, bodyHeight),
  };
}

function areaOf(isInHeader: boolean, isInGutter: boolean): GridHit['area'] {
  if (isInHeader) return isInGutter ? 'corner' : 'header';
  return isInGutter ? 'gutter' : 'body';
}

function beyond(value: number, low: number, high: number): number {
  if (value < low) return value - low;
  return value > high ? value - high : 0;
}
