import type { Queryable } from './queryable';
import { isTransientForReading, withRetry } from '../retry';

/** A lost link costs a read a moment, not an error: three tries take less than half a second. */
const attempts = 3;

/**
 * The same database for statements of our own that only read: one that fails because the link was
 * lost, the server restarts or a transaction had to give way is sent again. Never for anything that
 * writes.
 */
export function retryingReads(db: Queryable): Queryable {
  return {
    query: (text, values, options) =>
      withRetry(() => db.query(text, values, options), {
        attempts,
        isTransient: isTransientForReading,
      }),
  };
}
