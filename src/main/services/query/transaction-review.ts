import type { StatementOutcome } from '@shared/models/query-result';
import {
  heldLockSchema,
  type HeldLock,
  type TransactionReview,
} from '@shared/models/transaction-review';
import { DatabaseError } from '../../db/errors';
import type { Queryable } from '../../db/queryable';
import { readObjects } from '../introspection/read-rows';
import type { TabSession } from './tab-session';

/** What the statements of an open transaction did, and what it locks. Never raises for the look at locks. */
export async function reviewTransaction(
  session: TabSession,
  outcomes: readonly StatementOutcome[],
): Promise<TransactionReview> {
  return {
    statements: outcomes.flatMap((outcome) =>
      outcome.status === 'done'
        ? [{ commandTag: outcome.result.commandTag, rows: outcome.result.rowCount }]
        : [],
    ),
    locks: await locksOf(session),
  };
}

async function locksOf(session: TabSession): Promise<HeldLock[] | null> {
  // A failed transaction keeps no locks worth telling, and answers no query.
  if (session.transaction !== 'open') return null;
  try {
    return await session.inspect(readLocks);
  } catch (error) {
    // The statements are done: what they lock is worth telling, not worth a failure.
    if (error instanceof DatabaseError) return null;
    throw error;
  }
}

/**
 * Locks that the session holds on relations of the database, catalogs and plain reading apart. In a
 * transaction their modes tell what others have to wait for (manual, 13.3.1).
 */
function readLocks(db: Queryable): Promise<HeldLock[]> {
  return readObjects(
    db,
    heldLockSchema,
    `SELECT pg_catalog.json_build_object(
              'relation', pg_catalog.format('%I.%I', n.nspname, c.relname), 'mode', l.mode) AS object
       FROM pg_catalog.pg_locks l
       JOIN pg_catalog.pg_class c ON c.oid = l.relation
       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE l.pid = pg_catalog.pg_backend_pid() AND l.granted AND l.locktype = 'relation'
        AND l.mode <> 'AccessShareLock' AND c.relkind NOT IN ('i', 'I', 't')
        AND n.nspname NOT IN ('pg_catalog', 'pg_toast')
      ORDER BY pg_catalog.array_position(ARRAY[
                 'AccessExclusiveLock', 'ExclusiveLock', 'ShareRowExclusiveLock', 'ShareLock',
                 'ShareUpdateExclusiveLock', 'RowExclusiveLock', 'RowShareLock'], l.mode),
               n.nspname, c.relname
      LIMIT 100`,
  );
}
