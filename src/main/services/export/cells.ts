import { lengthBytes, placeOfEnd, type RowBatch } from '@shared/models/row-batch';

/** Takes one cell: the bytes from `start` to `end` of `bytes`; a NULL has a negative end. */
export type TakeCell = (bytes: Uint8Array, start: number, end: number, column: number) => void;

/**
 * Hands over each cell of a batch as a stretch of its bytes, and says where a row ends. An object for
 * each cell would cost more than writing it.
 */
export function eachCell(batch: RowBatch, takeCell: TakeCell, endRow: () => void): void {
  const { bytes, ends, rowCount, columnCount } = batch;
  let index = 0;
  let previous = 0;
  for (let row = 0; row < rowCount; row += 1) {
    for (let column = 0; column < columnCount; column += 1) {
      const end = ends[index] ?? 0;
      index += 1;
      takeCell(bytes, previous + lengthBytes, end, column);
      previous = placeOfEnd(end);
    }
    endRow();
  }
}
