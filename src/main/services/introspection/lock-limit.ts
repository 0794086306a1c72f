import { DatabaseError } from '../../db/errors/database-error';

/** How long one statement waits for a relation that another session has locked exclusively. */
export const defaultLockTimeoutMs = 1_000;

/**
 * The WITH clause for a statement that reads `FROM lock_limit`, which limits how long it waits for
 * a lock; `milliseconds` is an SQL expression of type text.
 *
 * The functions that print an index, a check, a view's query or a rule, or read a size, wait for a
 * relation that another session has locked exclusively, as ALTER TABLE or VACUUM FULL may for hours. The setting is for
 * the statement's own transaction and takes effect at once: whatever is computed from a joined row is
 * computed after the row of `lock_limit` was read.
 */
export function withLockLimit(milliseconds: string): string {
  return `WITH lock_limit AS MATERIALIZED (
    SELECT pg_catalog.set_config('lock_timeout', ${milliseconds}, true)
  )`;
}

/** Says in place of "canceling statement due to lock timeout" what it means for a catalog query. */
export function explainLock(error: unknown): unknown {
  if (!(error instanceof DatabaseError) || error.kind !== 'LockNotAvailable') return error;
  return new DatabaseError(
    {
      ...error.data,
      message: 'Another session has an exclusive lock on this relation or on one that it uses.',
      advice: 'Try again when that session has ended its transaction; pg_locks shows which it is.',
    },
    { cause: error },
  );
}
