import type { Connection } from '@shared/models/connection-profile';
import { endsWithin } from '../../../db/deadline';
import { DatabaseError } from '../../../db/errors/database-error';

/** How long the server may take to stop what it was told to stop, in milliseconds. */
const defaultPatienceMs = 3_000;

/** What a person is asked about a statement that does not stop. */
export interface EndQuestion {
  readonly connection: Connection;
  /** `end-session` by another session of the server; `drop-link` when that cannot be had. */
  readonly step: 'end-session' | 'drop-link';
  /** Why the step before did not help, as a sentence. */
  readonly reason: string | null;
  /** The backend's process id. */
  readonly processId: number;
  /** What goes with the session, besides the statement. */
  readonly losses: readonly string[];
}

/** Asks; a no waits on. `isOver` is aborted when the statement has ended: nobody needs to answer then. */
export type AskToEnd = (question: EndQuestion, isOver: AbortSignal) => Promise<boolean>;

/** A session that runs what does not stop. */
export interface StubbornSession {
  readonly processId: number | null;
  readonly losses: readonly string[];
  /** Has the server end the session. Raises DatabaseError. */
  end(): Promise<void>;
  /** Cuts the link, whatever the server does. */
  drop(): void;
}

/** How a person is asked. */
export interface Asking {
  readonly ask: AskToEnd;
  /** How long the server may take to stop before that, in milliseconds. */
  readonly patienceMs?: number;
}

interface Escalation extends Asking {
  readonly connection: Connection;
  readonly session: StubbornSession;
  /** Resolves when the statement has ended. */
  readonly over: Promise<void>;
  /** Why the server could not be told to cancel; null when it was. */
  readonly failure: DatabaseError | null;
}

/**
 * Waits for a statement that was cancelled to end. When the server lets it run on, a person is asked
 * whether to end the session, and as the last resort whether to drop the link. Nothing is done
 * without a yes. Resolves when the statement has ended, and after a no.
 */
export async function escalate(escalation: Escalation): Promise<void> {
  const { connection, session, over, ask, failure, patienceMs = defaultPatienceMs } = escalation;
  if (await endsWithin(failure === null ? patienceMs : 0, over)) return;
  const isOver = new AbortController();
  void over.then(() => isOver.abort());
  const agrees = async (step: EndQuestion['step'], reason: string | null): Promise<boolean> => {
    const { processId, losses } = session;
    if (processId === null) return false;
    const yes = await ask({ connection, step, reason, processId, losses }, isOver.signal);
    return yes && !isOver.signal.aborted;
  };
  if (!(await agrees('end-session', failure?.message ?? null))) return;
  let reason = 'The server was told to end the session, and has not done so.';
  try {
    await session.end();
    if (await endsWithin(patienceMs, over)) return;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    reason = error.message;
    if (await endsWithin(0, over)) return;
  }
  if (!(await agrees('drop-link', reason))) return;
  session.drop();
  await over;
}

/** Ends a session that nobody needs any more: by the server, and by cutting the link if that fails. */
export async function endForGood(
  session: StubbornSession,
  over: Promise<void>,
  patienceMs = defaultPatienceMs,
): Promise<void> {
  if (await endsWithin(patienceMs, over)) return;
  const isTold = await session.end().then(
    () => true,
    () => false,
  );
  if (!isTold || !(await endsWithin(patienceMs, over))) session.drop();
  await over;
}
