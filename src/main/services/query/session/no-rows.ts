import type { QueryResult } from '@shared/models/query-result';

/** What the result of a statement that returns no rows holds. */
export const noRows = {
  columns: null,
  rows: { rowCount: 0, columnCount: 0, ends: new Int32Array(0), bytes: new Uint8Array(0) },
  resultId: null,
  readRows: 0,
  hasMore: false,
} as const satisfies Partial<QueryResult>;
