/** Rows are placed relative to a multiple of this, CSS pixels, to stay within exact small lengths. */
const baseStep = 1_000_000;

/** Which rows of a scrolled view are seen. */
export interface VisibleRows {
  readonly firstRow: number;
  /** The last one of which any part is seen; -1 where there are no rows. */
  readonly lastSeen: number;
  /** The last one that has an element: always as many, since one that came and went would be laid out anew. */
  readonly lastRow: number;
  /** What is subtracted from the places of elements. CSS pixels. */
  readonly base: number;
}

/** The rows of a view that is `offset` CSS pixels down its content and `height` of them high. */
export function visibleRows(
  rowCount: number,
  rowHeight: number,
  { offset, height }: { readonly offset: number; readonly height: number },
): VisibleRows {
  const firstRow = Math.floor(offset / rowHeight);
  const rowsInView = Math.ceil(height / rowHeight) + 1;
  return {
    firstRow,
    lastSeen: Math.min(rowCount - 1, Math.floor((offset + height - 1) / rowHeight)),
    lastRow: Math.min(rowCount - 1, firstRow + rowsInView - 1),
    base: Math.floor(offset / baseStep) * baseStep,
  };
}
