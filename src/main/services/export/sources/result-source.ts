import type { RowsPage } from '@shared/models/query-result';
import { batchOf, cellBytes, type RowBatch } from '@shared/models/row-batch';
import type { ExportColumn, RowSource } from '../row-source';

/** Rows that are asked for at once; an answer ends at its own limit of bytes before that. */
const rowsPerRead = 1_000;

/** Reads the results that main keeps. */
export interface ResultReader {
  /** Raises DatabaseError: NotFound once the result is closed. */
  readRows(resultId: string, range: { from: number; count: number }): Promise<RowsPage>;
  /** One whole cell, null for NULL. */
  readCell(resultId: string, cell: { row: number; column: number }): Promise<Uint8Array | null>;
}

/** The rows of a result as they were read, and those still on the server up to `maxRows`; null is all. */
export function resultSource(
  reader: ResultReader,
  resultId: string,
  columns: readonly ExportColumn[],
  maxRows: number | null,
): RowSource {
  return {
    columns,
    async *batches() {
      const end = maxRows ?? Number.POSITIVE_INFINITY;
      for (let from = 0; from < end;) {
        const count = Math.min(rowsPerRead, end - from);
        const { rows } = await reader.readRows(resultId, { from, count });
        if (rows.rowCount === 0) return;
        if (rows.cut === undefined) yield rows;
        else yield* wholeRows(reader, resultId, from, rows);
        from += rows.rowCount;
      }
    },
  };
}

/** The rows one by one with their long cells, which may be as large as memory allows. */
async function* wholeRows(
  reader: ResultReader,
  resultId: string,
  firstRow: number,
  batch: RowBatch,
): AsyncGenerator<RowBatch, void, undefined> {
  const cut = new Set(batch.cut?.map(({ index }) => index));
  for (let row = 0; row < batch.rowCount; row += 1) {
    const cells: (Uint8Array | null)[] = [];
    for (let column = 0; column < batch.columnCount; column += 1) {
      const isCut = cut.has(row * batch.columnCount + column);
      cells.push(
        isCut
          ? await reader.readCell(resultId, { row: firstRow + row, column })
          : cellBytes(batch, row, column),
      );
    }
    yield batchOf([cells], batch.columnCount);
  }
}
