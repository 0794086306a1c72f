import type { PaginatedResult, PaginationParams, RowsPage } from '@shared/models/query-result';
import type { RowBatch } from '@shared/models/row-batch';
import { appendBatches } from './append-batches';

type ReadRows = (range: { from: number; count: number }) => Promise<RowsPage>;

/** One whole page of a result, of as many answers as it takes. Raises what `read` raises. */
export async function readPage(
  read: ReadRows,
  { page, pageSize }: PaginationParams,
): Promise<PaginatedResult> {
  const from = (page - 1) * pageSize;
  const parts: RowBatch[] = [];
  let count = 0;
  for (;;) {
    const answer = await read({ from: from + count, count: pageSize - count });
    parts.push(answer.rows);
    count += answer.rows.rowCount;
    if (count < pageSize && answer.rows.rowCount > 0) continue;
    const { readRows, hasMore } = answer;
    return {
      rows: appendBatches(parts),
      page,
      pageSize,
      hasMore: hasMore || readRows > from + pageSize,
      total: hasMore ? { kind: 'unknown' } : { kind: 'exact', rows: readRows },
    };
  }
}
