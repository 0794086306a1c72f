import { type ColumnOffsets, visibleColumns } from './column-layout';

/** How much of the view frozen columns may take: the others would have no room to be scrolled through. */
const maxFrozenPart = 0.7;

/** Which columns are seen, and where they lie. CSS pixels from the left edge of the grid's view. */
export interface ColumnGeometry {
  readonly offsets: ColumnOffsets;
  /** Width of the row numbers in front of all columns. */
  readonly gutterWidth: number;
  /** The first columns, which stay in their place while the others are scrolled. */
  readonly frozenCount: number;
  readonly frozenWidth: number;
  readonly scrollLeft: number;
  /** Width of the view, with the row numbers. */
  readonly viewWidth: number;
  /** First and last of the other columns that are at least partly seen; `last` is less if none is. */
  readonly firstColumn: number;
  readonly lastColumn: number;
}

/** Whether the same columns are seen in the same places. */
export function isSameGeometry(a: ColumnGeometry, b: ColumnGeometry): boolean {
  return (
    a.offsets === b.offsets &&
    a.gutterWidth === b.gutterWidth &&
    a.frozenCount === b.frozenCount &&
    a.scrollLeft === b.scrollLeft &&
    a.viewWidth === b.viewWidth
  );
}

/** The geometry of a view. Of `frozen` columns only as many are frozen as leave room for the others. */
export function columnGeometry(
  view: Pick<ColumnGeometry, 'offsets' | 'gutterWidth' | 'scrollLeft' | 'viewWidth'>,
  frozen: number,
): ColumnGeometry {
  const { offsets, gutterWidth, scrollLeft, viewWidth } = view;
  const room = viewWidth - gutterWidth;
  let frozenCount = Math.min(frozen, offsets.length - 1);
  while (frozenCount > 0 && (offsets[frozenCount] ?? 0) > room * maxFrozenPart) frozenCount -= 1;
  const frozenWidth = offsets[frozenCount] ?? 0;
  const { first, last } = visibleColumns(offsets, scrollLeft + frozenWidth, room - frozenWidth);
  return {
    ...view,
    frozenCount,
    frozenWidth,
    firstColumn: Math.max(first, frozenCount),
    lastColumn: last,
  };
}

/** What shows something above or below the columns of a grid follows them by this. */
export class ColumnViewport {
  readonly #listeners = new Set<(geometry: ColumnGeometry) => void>();
  #geometry: ColumnGeometry | null = null;
  /** Scrolls a column into view; set by the grid that is shown. */
  reveal: (column: number) => void = () => undefined;

  /** Null until a grid was painted. */
  get geometry(): ColumnGeometry | null {
    return this.#geometry;
  }

  /** Calls `listener` in each frame in which columns may have moved; the returned function ends it. */
  readonly subscribe = (listener: (geometry: ColumnGeometry) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  publish(geometry: ColumnGeometry): void {
    this.#geometry = geometry;
    for (const listener of this.#listeners) listener(geometry);
  }
}
