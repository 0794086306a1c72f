/** Where columns lie: `offsets[i]` is the left edge of column i, the last item the full width. CSS pixels. */
export type ColumnOffsets = Float64Array;

export const minColumnWidth = 48;
const maxFittedWidth = 380;
/** A plan of EXPLAIN, or a text beside its key, has the room to itself. */
const maxFittedWidthOfFew = 1000;
/** A single column may be widened by hand up to this. */
export const maxColumnWidth = 2000;

/** Left edges from widths. */
export function columnOffsets(widths: readonly number[]): ColumnOffsets {
  const offsets = new Float64Array(widths.length + 1);
  widths.forEach((width, index) => {
    offsets[index + 1] = (offsets[index] ?? 0) + width;
  });
  return offsets;
}

/** The width of all columns together. */
export function columnsWidth(offsets: ColumnOffsets): number {
  return offsets[offsets.length - 1] ?? 0;
}

/** The width of the row numbers. Room for four digits at least: the first pages would otherwise move the columns. */
export function gutterWidthFor(rowCount: number): number {
  return Math.max(48, String(rowCount).length * 7 + 20);
}

/** The column at a horizontal position; the nearest one outside the columns; -1 when there is none. */
export function columnAt(offsets: ColumnOffsets, x: number): number {
  let low = 0;
  let high = offsets.length - 2;
  if (high < 0) return -1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= x) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** First and last column that are at least partly seen; `last` is -1 when there are no columns. */
export function visibleColumns(
  offsets: ColumnOffsets,
  left: number,
  width: number,
): { first: number; last: number } {
  const first = columnAt(offsets, left);
  if (first < 0) return { first: 0, last: -1 };
  return { first, last: columnAt(offsets, Math.max(left, left + width - 1)) };
}

/** The scroll position that brings a column into view with the least movement. */
export function leftToReveal(
  offsets: ColumnOffsets,
  left: number,
  width: number,
  column: number,
): number {
  const start = offsets[column] ?? 0;
  const end = offsets[column + 1] ?? start;
  if (start < left || end - start > width) return start;
  return end > left + width ? end - width : left;
}

/**
 * Widens columns that together leave room: later rows often hold longer values than the first ones.
 * No column grows by more than 40 %.
 */
export function spreadWidths(widths: readonly number[], available: number): number[] {
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (total === 0 || total >= available) return [...widths];
  const growth = Math.min(1.4, available / total);
  return widths.map((width) => Math.floor(width * growth));
}

/** The greatest width that a column is given without being dragged, by how many columns there are. */
export function fittedLimit(columnCount: number): number {
  return columnCount <= 2 ? maxFittedWidthOfFew : maxFittedWidth;
}

/** Width for the widest of `textWidths`, with `padding`, up to `limit`. */
export function fittedWidth(textWidths: Iterable<number>, padding: number, limit: number): number {
  let widest = 0;
  for (const width of textWidths) widest = Math.max(widest, width);
  return Math.min(Math.max(Math.ceil(widest + padding), minColumnWidth), limit);
}
