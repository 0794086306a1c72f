import { z } from 'zod';
import { databaseErrorSchema } from './database-error';
import { isRowBatch, type RowBatch } from './row-batch';
import { transactionReviewSchema } from './transaction-review';
import { serverMessageShape } from './server-message';

/** A stretch of the submitted text, in UTF-16 units; `to` is exclusive. */
export const textRangeSchema = z.object({
  from: z.number().int().min(0),
  to: z.number().int().min(0),
});
export type TextRange = z.infer<typeof textRangeSchema>;

/** A column of a result as RowDescription announces it. */
export const resultColumnSchema = z.object({
  name: z.string(),
  typeOid: z.number().int(),
  /** As format_type() writes it, with modifiers. */
  type: z.string(),
  /** The relation's oid and column number, 0 for an expression. */
  tableOid: z.number().int(),
  tableColumn: z.number().int(),
});
export type ResultColumn = z.infer<typeof resultColumnSchema>;

/**
 * A NoticeResponse: RAISE NOTICE, warnings, "table does not exist, skipping"; or what NOTIFY sent, with
 * the severity NOTIFY.
 */
export const noticeSchema = z.object({
  severity: z.string(),
  message: z.string(),
  sqlState: z.string().optional(),
  ...serverMessageShape,
});
export type Notice = z.infer<typeof noticeSchema>;

export const rowBatchSchema = z.custom<RowBatch>(isRowBatch);

/** What one statement came to. */
export const queryResultSchema = z.object({
  /** Where the statement stands in the submitted text. */
  range: textRangeSchema,
  /** The server's command tag, for example "SELECT 3" or "CREATE TABLE"; null while rows remain. */
  commandTag: z.string().nullable(),
  /** null when the statement returns no rows at all (DDL); empty for `select` without columns. */
  columns: z.array(resultColumnSchema).nullable(),
  /** The first rows; the rest come by `query:read-rows` while `resultId` is not null. */
  rows: rowBatchSchema,
  /** Names the result in main, which keeps it for its tab; null when `rows` is all of it, uncut. */
  resultId: z.uuid().nullable(),
  /** How many rows were read from the server so far. */
  readRows: z.number().int(),
  /** Whether the server may have further rows. */
  hasMore: z.boolean(),
  /** Rows that the statement returned or changed, as the server counts; null while rows remain. */
  rowCount: z.number().int().nullable(),
  /** Milliseconds from sending the statement to its first rows, or to its end where it has none. */
  durationMs: z.number(),
  notices: z.array(noticeSchema),
});
export type QueryResult = z.infer<typeof queryResultSchema>;

/** What became of one statement of a run. */
export const statementOutcomeSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('done'), result: queryResultSchema }),
  z.object({
    status: z.literal('failed'),
    range: textRangeSchema,
    error: databaseErrorSchema,
    durationMs: z.number(),
    notices: z.array(noticeSchema),
  }),
  /** The user answered Cancel in the confirmation: nothing was sent. It stands for all of the run. */
  z.object({ status: z.literal('declined'), range: textRangeSchema }),
]);
export type StatementOutcome = z.infer<typeof statementOutcomeSchema>;

/** ReadyForQuery's transaction status: idle, in a transaction, in a failed transaction. */
export const transactionStatusSchema = z.enum(['idle', 'open', 'failed']);
export type TransactionStatus = z.infer<typeof transactionStatusSchema>;

/** What a run came to: statements in order, up to the first that failed or was declined. */
export const queryRunSchema = z.object({
  outcomes: z.array(statementOutcomeSchema),
  transaction: transactionStatusSchema,
  /** Present when the person chose to run in a transaction and review, and it is still open. */
  review: transactionReviewSchema.optional(),
  /**
   * Present when no statement was sent: declined, refused by the app, or without a session to send
   * it on. The results of the run before stay then.
   */
  nothingSent: z.literal(true).optional(),
  /** How many statements of the script were not sent, because one failed or a person stopped it. */
  notRun: z.number().int().positive().optional(),
});
export type QueryRun = z.infer<typeof queryRunSchema>;

/** Which part of the text runs. */
export const runTargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('statement-at'), offset: z.number().int().min(0) }),
  z.object({ kind: z.literal('selection'), range: textRangeSchema }),
  z.object({ kind: z.literal('all') }),
]);
export type RunTarget = z.infer<typeof runTargetSchema>;

/** Rows of a result by their numbers, read from the server where they were not yet. */
export const rowsPageSchema = z.object({
  /** Rows from the one asked for, as many as fit into one answer: at least one where there is one. */
  rows: rowBatchSchema,
  /** How many rows were read from the server so far. */
  readRows: z.number().int(),
  /** Whether the server may have further rows. */
  hasMore: z.boolean(),
  /** Null until all rows were read, and for good when the rest was given up. */
  commandTag: z.string().nullable(),
});
export type RowsPage = z.infer<typeof rowsPageSchema>;

/** How far a result was read. */
export const readStateSchema = rowsPageSchema.omit({ rows: true });
export type ReadState = z.infer<typeof readStateSchema>;

/** Which page of a result is asked for. */
export const paginationParamsSchema = z.strictObject({
  /** From 1. */
  page: z.number().int().min(1),
  /** Rows of a page. */
  pageSize: z.number().int().min(1).max(10_000),
});
export type PaginationParams = z.infer<typeof paginationParamsSchema>;

/** How many rows a result has: exact once the last was read or all were counted, before that what the planner expects. */
export const totalRowsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exact'), rows: z.number().int() }),
  z.object({ kind: z.literal('estimated'), rows: z.number() }),
  z.object({ kind: z.literal('unknown') }),
]);
export type TotalRows = z.infer<typeof totalRowsSchema>;

/** One page of a result. */
export interface PaginatedResult extends PaginationParams {
  readonly rows: RowBatch;
  /** Whether there is a row after this page; while the server has not sent it, whether there may be. */
  readonly hasMore: boolean;
  readonly total: TotalRows;
}
