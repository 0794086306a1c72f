import type { ColumnGeometry } from './column-viewport';

/** From a place on the canvas to another one, pixels of the screen. */
export interface Span {
  readonly start: number;
  readonly size: number;
}

/** Where rows lie. CSS pixels; the last row is included. */
export interface RowsGeometry {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly rowHeight: number;
  /** How far the rows are scrolled, in whole pixels of the screen. */
  readonly offset: number;
}

/** Where each row from the first to the last stands; `ratio` is the pixels of the screen for a CSS pixel. */
export function rowSpans(
  { firstRow, lastRow, rowHeight, offset }: RowsGeometry,
  ratio: number,
): Span[] {
  const spans: Span[] = [];
  for (let row = firstRow; row <= lastRow; row += 1) {
    spans.push(span(row * rowHeight - offset, rowHeight, ratio));
  }
  return spans;
}

/** Where each column from the first to the last stands that is scrolled by `scrollLeft` CSS pixels. */
export function columnSpans(
  { offsets, gutterWidth }: Pick<ColumnGeometry, 'offsets' | 'gutterWidth'>,
  first: number,
  last: number,
  scrollLeft: number,
  ratio: number,
): Span[] {
  const spans: Span[] = [];
  for (let column = first; column <= last; column += 1) {
    const left = offsets[column] ?? 0;
    const width = (offsets[column + 1] ?? left) - left;
    spans.push(span(gutterWidth + left - scrollLeft, width, ratio));
  }
  return spans;
}

/** The stretch of those lines of `spans`, the first of which is line `first`, that lie from `from` to `to`; null if none does. */
export function stretch(
  spans: readonly Span[],
  first: number,
  from: number,
  to: number,
): Span | null {
  const start = spans[Math.max(0, from - first)];
  const end = spans[Math.min(spans.length - 1, to - first)];
  if (start === undefined || end === undefined) return null;
  return { start: start.start, size: end.start + end.size - start.start };
}

/** Both ends on whole pixels, as those of its neighbours. */
function span(start: number, size: number, ratio: number): Span {
  const from = Math.round(start * ratio);
  return { start: from, size: Math.round((start + size) * ratio) - from };
}
