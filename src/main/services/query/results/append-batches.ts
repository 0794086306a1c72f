import { movedEnd, type CutCell, type RowBatch } from '@shared/models/row-batch';

/** Joins batches of the same columns into one. */
export function appendBatches(batches: readonly RowBatch[]): RowBatch {
  const ends = new Int32Array(sum(batches, (batch) => batch.ends.length));
  const bytes = new Uint8Array(sum(batches, (batch) => batch.bytes.length));
  const cut: CutCell[] = [];
  let cells = 0;
  let length = 0;
  for (const batch of batches) {
    for (const cell of batch.cut ?? []) cut.push({ ...cell, index: cells + cell.index });
    bytes.set(batch.bytes, length);
    for (const end of batch.ends) {
      ends[cells] = movedEnd(end, length);
      cells += 1;
    }
    length += batch.bytes.length;
  }
  return {
    rowCount: sum(batches, (batch) => batch.rowCount),
    columnCount: batches[0]?.columnCount ?? 0,
    ends,
    bytes,
    ...(cut.length === 0 ? {} : { cut }),
  };
}

function sum<T>(items: readonly T[], numberOf: (item: T) => number): number {
  return items.reduce((total, item) => total + numberOf(item), 0);
}
