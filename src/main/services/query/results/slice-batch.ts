import { endOfCell, movedEnd, type RowBatch } from '@shared/models/row-batch';
import { packBatch } from '../../../db/wire/packed-batch';

/**
 * Rows `from` to `to` (exclusive) of a batch as a batch with memory of its own: a view of a large
 * buffer would carry all of it through a structured clone.
 */
export function sliceBatch(batch: RowBatch, from: number, to: number): RowBatch {
  const { columnCount } = batch;
  const firstCell = from * columnCount;
  const lastCell = to * columnCount;
  const base = endOfCell(batch, firstCell - 1);
  const { ends, bytes } = packBatch(
    { rowCount: to - from, columnCount },
    batch.ends.subarray(firstCell, lastCell),
    batch.bytes.subarray(base, endOfCell(batch, lastCell - 1)),
  );
  if (base > 0) {
    for (let cell = 0; cell < ends.length; cell += 1) {
      ends[cell] = movedEnd(ends[cell] ?? 0, -base);
    }
  }
  const cut = batch.cut
    ?.filter(({ index }) => index >= firstCell && index < lastCell)
    .map(({ index, byteLength }) => ({ index: index - firstCell, byteLength }));
  return {
    rowCount: to - from,
    columnCount,
    ends,
    bytes,
    ...(cut === undefined || cut.length === 0 ? {} : { cut }),
  };
}

/** How many rows from `from` on fit into so many bytes: at least one where there is one. */
export function rowsThatFit(batch: RowBatch, from: number, maxBytes: number): number {
  if (batch.columnCount === 0) return batch.rowCount - from;
  const start = endOfCell(batch, from * batch.columnCount - 1);
  let low = Math.min(from + 1, batch.rowCount);
  let high = batch.rowCount;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (endOfCell(batch, middle * batch.columnCount - 1) - start <= maxBytes) low = middle;
    else high = middle - 1;
  }
  return low - from;
}
