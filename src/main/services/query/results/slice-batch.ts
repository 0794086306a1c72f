import type { RowBatch } from '@shared/models/row-batch';

/**
 * Rows `from` to `to` (exclusive) of a batch as a batch with buffers of its own: a view of a large
 * buffer would carry all of it through a structured clone.
 */
export function sliceBatch(batch: RowBatch, from: number, to: number): RowBatch {
  const { columnCount } = batch;
  const firstCell = from * columnCount;
  const lastCell = to * columnCount;
  const base = endBefore(batch, firstCell);
  const ends = batch.ends.slice(firstCell, lastCell);
  if (base > 0) {
    for (let cell = 0; cell < ends.length; cell += 1) {
      const end = ends[cell] ?? 0;
      // A NULL is written as the complement of its end.
      ends[cell] = end < 0 ? ~(~end - base) : end - base;
    }
  }
  const cut = batch.cut
    ?.filter(({ index }) => index >= firstCell && index < lastCell)
    .map(({ index, byteLength }) => ({ index: index - firstCell, byteLength }));
  return {
    rowCount: to - from,
    columnCount,
    ends,
    bytes: batch.bytes.slice(base, endBefore(batch, lastCell)),
    ...(cut === undefined || cut.length === 0 ? {} : { cut }),
  };
}

/** How many rows from `from` on fit into so many bytes: at least one where there is one. */
export function rowsThatFit(batch: RowBatch, from: number, maxBytes: number): number {
  if (batch.columnCount === 0) return batch.rowCount - from;
  const start = endBefore(batch, from * batch.columnCount);
  let low = Math.min(from + 1, batch.rowCount);
  let high = batch.rowCount;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (endBefore(batch, middle * batch.columnCount) - start <= maxBytes) low = middle;
    else high = middle - 1;
  }
  return low - from;
}

/** Where the cell before `cell` ends. */
function endBefore(batch: RowBatch, cell: number): number {
  const end = cell === 0 ? 0 : (batch.ends[cell - 1] ?? 0);
  return end < 0 ? ~end : end;
}
