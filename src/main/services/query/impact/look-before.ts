import type { StatementAnalysis } from '@shared/models/statement-analysis';
import { Deadline, unlessAborted } from '../../../db/deadline';
import { DatabaseError } from '../../../db/errors/database-error';
import type { Pool } from '../../../db/pool/pool';
import type { PooledClient } from '../../../db/pool/pooled-client';
import type { ConnectionSettings } from '../../../db/session/connection-settings';
import { Cancellation } from '../../../db/statements/cancellation';
import type { TabSession } from '../session/tab-session';
import type { EarlierChanges } from './earlier-statements';
import { GuardedLook } from './guarded-look';
import type { Impact } from './impact';
import { lookAtStatement } from './look-at-statement';

/** How long a question may wait for what there is to see. Milliseconds. */
const patienceMs = 1_500;
/** Beyond its time a look has this long to end by itself before its client is cut. Milliseconds. */
const graceMs = 1_000;
/** More statements than these are not looked at: the dialog has no room for them. */
const maximumStatements = 8;

/** What was seen of one statement. */
export interface StatementImpacts {
  readonly impacts: readonly Impact[];
  /** Why it was not looked at to the end; null when it was. */
  readonly unknown: string | null;
}

/** A statement to look at. */
export interface LookSubject {
  readonly text: string;
  readonly analysis: StatementAnalysis;
  /** What statements of the same run will have changed before it. */
  readonly before: EarlierChanges;
}

/** Where to look from. */
export interface LookPlace {
  /** The tab whose tables and settings the statements see. */
  readonly session: TabSession;
  readonly pool: Pool;
  readonly settings: ConnectionSettings;
  /** Aborted when the run is cancelled, or its tab closed, which cancels what the tab's session runs. */
  readonly signal: AbortSignal;
  /** Whether the run still sets up its transaction, which a query in it would prevent. */
  readonly setsUpTransaction: boolean;
}

export interface LookRequest extends LookPlace {
  readonly statements: readonly LookSubject[];
  /** Milliseconds; 1,500 by default. */
  readonly timeoutMs?: number;
}

/**
 * Looks at what statements would do, for at most the time given: what was seen by then counts. Never
 * raises: a failure is told as something unknown, since a question must not fail for it.
 *
 * A tab that keeps a session is looked at there, where its temporary tables and uncommitted changes
 * are. Not so where that would fix the snapshot of a REPEATABLE READ or SERIALIZABLE transaction, or
 * where rows are still being read: then another session looks along the same search_path.
 */
export async function lookBefore(request: LookRequest): Promise<readonly StatementImpacts[]> {
  const { statements, session, timeoutMs = patienceMs } = request;
  const unlooked = (unknown: string): StatementImpacts[] =>
    statements.map(() => ({ impacts: [], unknown }));
  if (session.transaction === 'failed') {
    return unlooked('the transaction has failed, and the server refuses everything but ROLLBACK');
  }
  const endsAt = performance.now() + timeoutMs;
  const seen: StatementImpacts[] = [];
  let finish = (): void => undefined;
  // A person need not wait for the end of the look's transaction; what is sent next does.
  const finished = new Promise<null>((resolve) => {
    finish = () => resolve(null);
  });
  const lookAtAll = async (look: GuardedLook): Promise<void> => {
    for (const subject of statements.slice(0, maximumStatements)) {
      seen.push(await lookAtSubject(look, subject));
    }
    finish();
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('looking took too long'), timeoutMs);
  });
  const looked = lookSomewhere(request, endsAt, lookAtAll);
  const reason = await Promise.race([finished, looked, late]);
  clearTimeout(timer);
  const rest = unlooked(reason ?? 'there are too many statements').slice(seen.length);
  return [...seen, ...rest];
}

/** What earlier statements of the run will have done cannot be seen yet. */
async function lookAtSubject(
  look: GuardedLook,
  { text, analysis, before }: LookSubject,
): Promise<StatementImpacts> {
  if (before.session) {
    return { impacts: [], unknown: 'an earlier statement of the run changes the session' };
  }
  const impacts = await lookAtStatement(look, text, analysis);
  return before.data
    ? {
        impacts: impacts.map(withoutRefusal),
        unknown: 'earlier statements of the run may change what it meets',
      }
    : { impacts, unknown: null };
}

/** What the server refuses now it may take once the earlier statements have run. */
const withoutRefusal = (impact: Impact): Impact => ({ ...impact, refusal: null });

/**
 * Looks at the database as the statements of a tab see it: see lookBefore. Null when the look came to
 * its end, else why it did not: at once when it is stopped, whatever the server does. Never raises.
 */
export async function lookSomewhere(
  place: LookPlace,
  endsAt: number,
  lookAtAll: (look: GuardedLook) => Promise<void>,
): Promise<string | null> {
  const { signal } = place;
  if (signal.aborted) return stopped;
  try {
    await unlessAborted(lookToTheEnd(place, endsAt, lookAtAll), signal);
    return null;
  } catch (error) {
    if (signal.aborted) return stopped;
    if (error instanceof DatabaseError && timeKinds.has(error.kind)) return 'looking took too long';
    return error instanceof Error ? error.message : String(error);
  }
}

const stopped = 'it was cancelled';

const timeKinds: ReadonlySet<string> = new Set(['Timeout', 'Cancelled', 'PoolExhausted']);

async function lookToTheEnd(
  place: LookPlace,
  endsAt: number,
  lookAtAll: (look: GuardedLook) => Promise<void>,
): Promise<void> {
  const inTab = await place.session.inspect((client) =>
    lookInTab(client, place, endsAt, lookAtAll),
  );
  if (inTab === null || inTab.elsewhere !== undefined) {
    await lookElsewhere(place, endsAt, inTab?.elsewhere ?? null, lookAtAll);
  }
}

async function lookInTab(
  client: PooledClient,
  { session, setsUpTransaction, signal }: LookPlace,
  endsAt: number,
  lookAtAll: (look: GuardedLook) => Promise<void>,
): Promise<{ elsewhere?: string }> {
  // A statement that ran until now has used up the time: the question was asked without a look.
  if (performance.now() > endsAt) return {};
  const { cancellation } = session;
  if (client.client.getTransactionStatus() === 'T') {
    const elsewhere = await cancellation.spare(() => pathElsewhere(client, setsUpTransaction));
    if (elsewhere !== null) return { elsewhere };
  }
  const terms = { endsAt, searchPath: null, signal, cancellation };
  await GuardedLook.within(client, terms, lookAtAll);
  return {};
}

/**
 * The search_path along which another session is to look, since a query in this transaction would fix
 * its snapshot; null where that is no matter. SHOW takes none.
 */
async function pathElsewhere(
  client: PooledClient,
  setsUpTransaction: boolean,
): Promise<string | null> {
  const [isolation] = await client.query('SHOW transaction_isolation');
  if (!setsUpTransaction && isolation?.['transaction_isolation'] === 'read committed') return null;
  const [path] = await client.query('SHOW search_path');
  return path?.['search_path'] ?? '';
}

async function lookElsewhere(
  { pool, settings, signal }: LookPlace,
  endsAt: number,
  searchPath: string | null,
  lookAtAll: (look: GuardedLook) => Promise<void>,
): Promise<void> {
  const remainingMs = Math.max(1, Math.ceil(endsAt - performance.now()));
  const client = await acquireWithin(pool, remainingMs, signal);
  const cut = setTimeout(() => client.destroy(), remainingMs + graceMs);
  const cancellation = new Cancellation(settings);
  // One that does not arrive leaves the look to its timeout.
  const cancel = (): void => void cancellation.request(client.client).catch(() => undefined);
  signal.addEventListener('abort', cancel);
  try {
    await GuardedLook.within(client, { endsAt, searchPath, signal, cancellation }, lookAtAll);
  } finally {
    clearTimeout(cut);
    signal.removeEventListener('abort', cancel);
    await cancellation.arrived();
    client.release();
  }
}

/** A client of the pool, unless the time is over or the look is stopped before. */
async function acquireWithin(
  pool: Pool,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<PooledClient> {
  const waiting = new AbortController();
  const deadline = new Deadline(timeoutMs, signal);
  deadline.onPassed(() => waiting.abort());
  try {
    return await pool.acquire({ holder: 'look before a question', signal: waiting.signal });
  } finally {
    deadline.clear();
  }
}
