import { endOfCell, movedEnd, type RowBatch } from '@shared/models/row-batch';

/** Some columns of a batch, in the order in which they are named. */
export function projectBatch(batch: RowBatch, columns: readonly number[]): RowBatch {
  const { rowCount, columnCount } = batch;
  if (columns.length === columnCount && columns.every((column, index) => column === index)) {
    return batch;
  }
  const ends = new Int32Array(rowCount * columns.length);
  const bytes = new Uint8Array(batch.bytes.length);
  let length = 0;
  let cell = 0;
  for (let row = 0; row < rowCount; row += 1) {
    for (const column of columns) {
      const index = row * columnCount + column;
      const start = endOfCell(batch, index - 1);
      const end = endOfCell(batch, index);
      bytes.set(batch.bytes.subarray(start, end), length);
      length += end - start;
      ends[cell] = (batch.ends[index] ?? 0) < 0 ? ~length : length;
      cell += 1;
    }
  }
  return { rowCount, columnCount: columns.length, ends, bytes: bytes.slice(0, length) };
}

/** The rows from `from` on, at most `count` of them. */
export function sliceBatch(batch: RowBatch, from: number, count: number): RowBatch {
  const { rowCount, columnCount } = batch;
  const to = Math.min(rowCount, from + count);
  if (from === 0 && to === rowCount) return batch;
  const start = endOfCell(batch, from * columnCount - 1);
  const ends = batch.ends
    .subarray(from * columnCount, to * columnCount)
    .map((end) => movedEnd(end, -start));
  const bytes = batch.bytes.subarray(start, endOfCell(batch, to * columnCount - 1));
  return { rowCount: to - from, columnCount, ends, bytes };
}
