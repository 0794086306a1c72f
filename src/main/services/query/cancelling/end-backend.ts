import type { Session } from '../../../db/session/session';
import { DatabaseError } from '../../../db/errors/database-error';
import type { Pool } from '../../../db/pool/pool';
import type { PooledClient } from '../../../db/pool/pooled-client';
import { queryRows } from '../../../db/statements/query-rows';
import { endForGood } from './escalation';

/** How long a client of the pool is waited for, then how long another session may take to open and to end. Milliseconds. */
const poolTimeoutMs = 1_000;
const connectTimeoutMs = 5_000;
const goodbyeTimeoutMs = 1_000;

/**
 * Ends the backend of a session that does not answer to a cancel, over another session: one of the
 * pool, or a new one when all are in use. Resolves when the server has passed it on (manual,
 * pg_terminate_backend). Raises DatabaseError: PermissionDenied, NotFound when the backend cannot be
 * told from others or is gone, and what connecting raises.
 */
export async function endBackend(pool: Pool, target: Session): Promise<void> {
  const signal = AbortSignal.timeout(poolTimeoutMs);
  const pooled = await pool.acquire({ holder: 'end a session', signal }).catch(() => null);
  if (pooled !== null) {
    try {
      await terminate(pooled.client, target);
    } finally {
      pooled.release();
    }
    return;
  }
  const session = await pool.connector.connect({ timeoutMs: connectTimeoutMs, isPlain: true });
  try {
    await terminate(session, target);
  } finally {
    await session.endWithin(goodbyeTimeoutMs);
  }
}

/**
 * Sees to it that a client that only reads, and was told to cancel, is done with it: when `over` has
 * not resolved in time, its session is ended, at last by cutting the link. Nothing is lost with it, so
 * nobody is asked. Never raises; `patienceMs` is for the server, 0 where it could not be told.
 */
export function endReader(
  pool: Pool,
  client: PooledClient,
  over: Promise<void>,
  patienceMs?: number,
): Promise<void> {
  const session = {
    processId: client.processId,
    losses: [],
    end: () => endBackend(pool, client.client),
    drop: () => client.destroy(),
  };
  return endForGood(session, over, patienceMs);
}

async function terminate(session: Session, target: Session): Promise<void> {
  const { host, port, processID } = session;
  const [own] = await queryRows(session, 'SELECT pg_catalog.pg_backend_pid() AS id');
  // A pooler makes up process ids: the one that is known would be some other session's.
  if (own?.['id'] !== String(processID)) throw behindPooler();
  const [ended] =
    host === target.host && port === target.port
      ? await queryRows(
          session,
          `SELECT pg_catalog.pg_terminate_backend(pid) AS told
             FROM pg_catalog.pg_stat_activity
            WHERE pid = $1 AND usename = SESSION_USER AND datname = pg_catalog.current_database()`,
          [target.processID],
        )
      : [];
  if (ended?.['told'] !== 't') throw notThere(target);
}

function behindPooler(): DatabaseError {
  return new DatabaseError({
    kind: 'NotFound',
    message:
      'A connection pooler stands before the server: which of its sessions runs the statement is not known here.',
  });
}

function notThere({ processID }: Session): DatabaseError {
  return new DatabaseError({
    kind: 'NotFound',
    message: `The server has no session ${processID} of this user any more.`,
  });
}

/** What a read that was cancelled fails with when it took its session along. */
export function readerEndedError({ processId }: PooledClient): DatabaseError {
  return new DatabaseError({
    kind: 'Cancelled',
    message: 'It was cancelled, and its session has ended with it.',
    advice: `Nothing is lost with it. If the server works on, pg_stat_activity shows it as process ${processId}.`,
  });
}
