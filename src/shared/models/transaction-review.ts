import { z } from 'zod';

/** A lock that keeps others from something until the transaction ends. */
export const heldLockSchema = z.object({
  /** The relation with its schema, quoted where SQL needs it. */
  relation: z.string(),
  /** As pg_locks names it, for example "RowExclusiveLock". */
  mode: z.string(),
});
export type HeldLock = z.infer<typeof heldLockSchema>;

/** What a transaction has done that was left open for a person to commit or roll back. */
export const transactionReviewSchema = z.object({
  statements: z.array(
    z.object({
      /** The server's command tag, for example "DELETE 3"; null while its rows are being read. */
      commandTag: z.string().nullable(),
      /** Rows that it returned or changed; null where the tag counts none. */
      rows: z.number().int().nullable(),
      /** Whether it changes rows, structure or rights, as far as its text tells. */
      changes: z.boolean(),
    }),
  ),
  /** Locks on relations, the strongest first; null when they could not be looked up. */
  locks: z.array(heldLockSchema).nullable(),
});
export type TransactionReview = z.infer<typeof transactionReviewSchema>;
