import { endOfCell, movedEnd, type RowBatch } from '@shared/models/row-batch';

/** The same rows, the last one first. */
export function reverseRows(batch: RowBatch): RowBatch {
  const { rowCount, columnCount } = batch;
  const ends = new Int32Array(batch.ends.length);
  const bytes = new Uint8Array(batch.bytes.length);
  let length = 0;
  for (let row = rowCount - 1; row >= 0; row -= 1) {
    const start = endOfCell(batch, row * columnCount - 1);
    const end = endOfCell(batch, (row + 1) * columnCount - 1);
    bytes.set(batch.bytes.subarray(start, end), length);
    const target = (rowCount - 1 - row) * columnCount;
    for (let column = 0; column < columnCount; column += 1) {
      const cell = batch.ends[row * columnCount + column] ?? 0;
      ends[target + column] = movedEnd(cell, length - start);
    }
    length += end - start;
  }
  return { rowCount, columnCount, ends, bytes };
}
