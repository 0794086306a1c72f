import type { Session } from '../session/session';
import { DatabaseError } from '../errors/database-error';

/**
 * How long a pooler keeps one backend for one client: until the client leaves, or only until the
 * transaction ends.
 */
export type PoolMode = 'session' | 'transaction';

/** How often both sessions are asked for their backends. */
const rounds = 3;
/** How long the second session may wait for a backend of its own. Milliseconds. */
const patienceMs = 1_000;

/**
 * Whether something stands between a session and its backend: PgBouncer and its kin make up the
 * process id that they give for cancelling, so it is not the one that the backend itself tells.
 */
export function isPooled(session: Session, backendPid: number | null): boolean {
  return backendPid !== null && session.processID !== backendPid;
}

/**
 * The mode of the pooler that a session goes through. Two sessions are asked for their backends in
 * turn: in session mode each keeps its own for good, whatever the load. In transaction mode a backend
 * changes hands: an idle pooler gives both the one that was used last, a busy one gives a session
 * another than before. Nothing is set or left behind. Raises what connecting and pg raise.
 */
export async function findPoolMode(
  session: Session,
  openSecond: () => Promise<Session>,
): Promise<PoolMode> {
  const own = new Set([await backendOf(session)]);
  let second: Session;
  try {
    second = await openSecond();
  } catch (error) {
    // No room for a second session. Taking the stricter mode for granted costs comfort, not safety.
    if (error instanceof DatabaseError && error.kind !== 'Cancelled') return 'transaction';
    throw error;
  }
  try {
    const others = new Set<string>();
    for (let round = 0; round < rounds; round += 1) {
      const other = await answersInTime(backendOf(second), session);
      if (other === null) return 'session';
      others.add(other);
      own.add(await backendOf(session));
      const isShared = [...others].some((backend) => own.has(backend));
      if (isShared || own.size > 1 || others.size > 1) return 'transaction';
    }
    return 'session';
  } finally {
    second.destroy();
  }
}

/**
 * The backend of the second session; null when that still waits for one although the first was
 * answered after it: who waits is served in turn, so the first must have one of its own.
 */
async function answersInTime(answer: Promise<string>, session: Session): Promise<string | null> {
  const waits = new Promise<null>((resolve) => setTimeout(resolve, patienceMs, null));
  const inTime = await Promise.race([answer, waits]);
  if (inTime !== null) return inTime;
  return Promise.race([answer, backendOf(session).then(() => null)]);
}

async function backendOf(session: Session): Promise<string> {
  const { rows } = await session.query<{ pid: string }>(
    'SELECT pg_catalog.pg_backend_pid()::pg_catalog.text AS pid',
  );
  return rows[0]?.pid ?? '';
}
