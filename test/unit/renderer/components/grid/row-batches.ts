import type { RowBatch } from '@shared/models/row-batch';
import type { QueryResult, ResultColumn } from '@shared/models/query-result';

/** A batch as main sends it: each cell behind the four bytes of its length, NULL as a complement. */
export function batchOf(rows: readonly (readonly (string | null)[])[], columns?: number): RowBatch {
  const encoder = new TextEncoder();
  const cells = rows.flat().map((text) => (text === null ? null : encoder.encode(text)));
  const ends = new Int32Array(cells.length);
  const bytes = new Uint8Array(cells.reduce((sum, cell) => sum + 4 + (cell?.length ?? 0), 0));
  let end = 0;
  cells.forEach((cell, index) => {
    bytes.set(cell ?? [], end + 4);
    end += 4 + (cell?.length ?? 0);
    ends[index] = cell === null ? ~end : end;
  });
  return { rowCount: rows.length, columnCount: columns ?? rows[0]?.length ?? 0, ends, bytes };
}

export function column(name: string, typeOid = 25, type = 'text'): ResultColumn {
  return { name, typeOid, type, tableOid: 0, tableColumn: 0 };
}

export function resultOf(
  columns: ResultColumn[],
  rows: readonly (readonly (string | null)[])[],
  resultId: string | null = null,
): QueryResult {
  const result = {
    range: { from: 0, to: 0 },
    commandTag: resultId === null ? `SELECT ${rows.length}` : null,
    columns,
    rows: batchOf(rows, columns.length),
    resultId,
    readRows: rows.length,
    hasMore: resultId !== null,
    rowCount: resultId === null ? rows.length : null,
    durationMs: 1,
    notices: [],
  };
  return result;
}
