import type { StatementOutcome } from '@shared/models/query-result';
import {
  heldLockSchema,
  type HeldLock,
  type TransactionReview,
} from '@shared/models/transaction-review';
import { DatabaseError } from '../../../db/errors/database-error';
import type { Pool } from '../../../db/pool/pool';
import type { Queryable } from '../../../db/statements/queryable';
import { readObjects } from '../../introspection/read-rows';
import { changesAnything } from '../confirmation/confirmation-policy';
import { GuardedLook } from '../impact/guarded-look';
import type { PlannedStatement } from './run-plan';
import type { TabSession } from '../session/tab-session';

/** How long the look at locks may take, in milliseconds. */
const patienceMs = 1_000;

export interface ReviewRequest {
  readonly session: TabSession;
  /** For another session, where the tab's own still reads rows. */
  readonly pool: Pool;
  readonly planned: readonly PlannedStatement[];
  /** Of the planned statements, in their order. */
  readonly outcomes: readonly StatementOutcome[];
}

/** What the statements of an open transaction did, and what it locks, as far as that can be seen. */
export async function reviewTransaction(request: ReviewRequest): Promise<TransactionReview> {
  const { outcomes, planned } = request;
  return {
    statements: outcomes.flatMap((outcome, index) => {
      if (outcome.status !== 'done') return [];
      const { commandTag, rowCount } = outcome.result;
      const analysis = planned[index]?.analysis;
      const changes = analysis !== undefined && changesAnything(analysis);
      return [{ commandTag, rows: rowCount, changes }];
    }),
    locks: await locksOf(request),
  };
}

async function locksOf({ session, pool }: ReviewRequest): Promise<HeldLock[] | null> {
  const { processId } = session;
  // A failed transaction keeps no locks worth telling, and answers no query.
  if (session.transaction !== 'open' || processId === null) return null;
  try {
    const { cancellation } = session;
    const endsAt = performance.now() + patienceMs;
    // A look that fails must not fail the transaction that a person is to decide about.
    const seen = await session.inspect((client) =>
      GuardedLook.within(client, { endsAt, searchPath: null, cancellation }, (look) =>
        readLocks(look, null),
      ),
    );
    if (seen !== null) return seen;
    // A pooler makes up the process id: another session cannot know which backend is meant.
    if (pool.connector.current?.poolMode !== null) return null;
    const signal = AbortSignal.timeout(patienceMs);
    const elsewhere: Queryable = {
      query: (text, values) => pool.query(text, values, { holder: 'locks', signal }),
    };
    return await readLocks(elsewhere, processId);
  } catch (error) {
    // The statements are done: what they lock is worth telling, not worth a failure.
    if (error instanceof DatabaseError) return null;
    throw error;
  }
}

/**
 * The strongest lock that a session, or the one that asks, holds on each relation, catalogs and plain reading apart. In a
 * transaction its mode tells what others have to wait for (manual, 13.3.1).
 */
function readLocks(db: Queryable, processId: number | null): Promise<HeldLock[]> {
  return readObjects(
    db,
    heldLockSchema,
    `WITH held AS (
       SELECT DISTINCT ON (l.relation)
              l.relation, l.mode, pg_catalog.array_position(ARRAY[
                'AccessExclusiveLock', 'ExclusiveLock', 'ShareRowExclusiveLock', 'ShareLock',
                'ShareUpdateExclusiveLock', 'RowExclusiveLock', 'RowShareLock'], l.mode) AS strength
         FROM pg_catalog.pg_locks l
        WHERE l.pid = COALESCE($1::pg_catalog.int4, pg_catalog.pg_backend_pid()) AND l.granted AND l.locktype = 'relation'
          AND l.mode <> 'AccessShareLock'
        ORDER BY l.relation, strength)
     SELECT pg_catalog.json_build_object(
              'relation', pg_catalog.format('%I.%I', n.nspname, c.relname), 'mode', held.mode) AS object
       FROM held
       JOIN pg_catalog.pg_class c ON c.oid = held.relation
       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind NOT IN ('i', 'I', 't') AND n.nspname NOT IN ('pg_catalog', 'pg_toast')
      ORDER BY held.strength, n.nspname, c.relname
      LIMIT 100`,
    [processId],
  );
}
