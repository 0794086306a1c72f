import type { Client } from 'pg';
import type { Notice, QueryResult, TransactionStatus } from '@shared/models/query-result';
import { noRows } from '@shared/models/packed-run';
import { rowCountOf } from '@shared/models/command-tag';
import type { TabOptions } from '@shared/models/tab-options';
import { CopyIn } from '../../../db/statements/copy-in';
import type { SparingCancellation } from '../../../db/statements/cancellation';
import { cancelledError, DatabaseError } from '../../../db/errors/database-error';
import type { PooledClient } from '../../../db/pool/pooled-client';
import { Portal } from '../../../db/statements/portal';
import { SerialQueue } from '../../../serial-queue';
import type { ColumnDescriber } from '../columns/column-describer';
import { endForGood, type StubbornSession } from '../cancelling/escalation';
import { HeldSession, type HeldSessionOptions } from './held-session';
import { collectNotices } from './notices';
import type { ResultStore } from '../results/result-store';
import { undoneMessage } from './session-news';
import { type CopyStatement, type SessionStatement, StatementFailed } from './session-statement';
import { TabResults } from './tab-results';

/** Rows that the first page of a result holds where nothing else is asked for. */
const firstPageRows = 500;

/** What one editor tab does on the server, one statement or one page at a time. */
export class TabSession {
  readonly results: TabResults;
  readonly #session: HeldSession;
  readonly #describer: ColumnDescriber;
  readonly #queue = new SerialQueue();
  readonly #closing = new AbortController();

  constructor(options: HeldSessionOptions & { describer: ColumnDescriber; results: ResultStore }) {
    this.#session = new HeldSession(options);
    this.#describer = options.describer;
    this.results = new TabResults(this.#session, this.#queue, options.results);
  }

  get transaction(): TransactionStatus {
    return this.#session.transaction;
  }

  /** Aborted when the tab is closed: what is about to run need not be asked about. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Whether later statements need this very session: what they read may be seen nowhere else. */
  get isBound(): boolean {
    return this.#session.isBound;
  }

  /** What every statement runs under from now on. */
  set options(options: TabOptions) {
    this.#session.wanted = options;
  }

  /** Whether nothing may be written, by the connection's settings or by the tab's options. */
  get isReadOnly(): boolean {
    return this.#session.isReadOnly;
  }

  /** The session itself, for when what runs on it does not stop. */
  get stubborn(): StubbornSession {
    return this.#session;
  }

  /** Runs one statement and resolves with its first rows. Raises StatementFailed. */
  run(statement: SessionStatement): Promise<QueryResult> {
    return this.#queue.run(() => this.#run(statement));
  }

  /** Copies rows into a table. Raises StatementFailed. */
  copyIn(statement: CopyStatement): Promise<QueryResult> {
    const { data, isCancelled, onSent } = statement;
    return this.#queue.run(() =>
      this.#attempt(statement, async (client, preamble) => {
        if (preamble.length > 0) await client.query(preamble.join('; '));
        const commandTag = await new CopyIn(statement.text, {
          data,
          isCancelled,
          onSent: (sent) => onSent(sent / data.length),
        }).run(client);
        return { ...noRows, commandTag };
      }),
    );
  }

  /**
   * Lends the tab's session to work of another kind, in turn with the tab's own statements. Unread
   * rows are given up first. Raises what `work` and the pool raise.
   */
  lend<T>(work: (client: PooledClient) => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      try {
        await this.results.endReading();
        return await work(await this.#session.acquire());
      } finally {
        await this.results.settle();
      }
    });
  }

  /** The process id of the backend that the tab keeps; null when it keeps none. */
  get processId(): number | null {
    return this.#session.kept?.processId ?? null;
  }

  /**
   * Runs `inspect` on the session that the tab keeps, once its statement has ended. Null when the tab
   * keeps none, or rows are still being read from it.
   */
  inspect<T>(inspect: (client: PooledClient) => Promise<T>): Promise<T | null> {
    return this.#queue.run(async () => {
      const { kept } = this.#session;
      return kept === null || this.results.isReading ? null : inspect(kept);
    });
  }

  /** Asks the server to stop what the tab runs, which then fails with kind Cancelled. */
  cancel(): Promise<void> {
    return this.#session.cancel();
  }

  /** Such requests, for whoever sends something on the session that none may meet. */
  get cancellation(): SparingCancellation {
    return this.#session.cancellation;
  }

  /**
   * Ends everything the tab holds: what runs is cancelled, an open transaction rolled back. A session
   * that does not answer to the cancel is ended. What a script still had to run fails as Cancelled.
   * Raises DatabaseError where a statement was undone whose rows had been shown: no other will tell.
   */
  async close(): Promise<void> {
    this.#session.retire();
    this.#closing.abort();
    // A cancel that does not arrive must not keep the tab from closing.
    await this.cancel().catch(() => undefined);
    const undone: DatabaseError[] = [];
    const emptied = this.#queue.run(async () => {
      // Giving the session back ends a reading that could not be told to stop.
      const error = await this.results.giveUp().catch(() => null);
      if (error !== null && error.kind !== 'ConnectionLost') undone.push(error);
      // A transaction that the tab was given, not begun by the person, ends as without one.
      await this.#session.finish().catch(() => undefined);
      this.#session.release();
    });
    await endForGood(this.#session, emptied);
    await this.results.closeAll();
    const [error] = undone;
    if (error === undefined) return;
    throw new DatabaseError({ ...error.data, message: undoneMessage(error) }, { cause: error });
  }

  #run(statement: SessionStatement): Promise<QueryResult> {
    return this.#attempt(statement, async (client, preamble, lap) => {
      const portal = new Portal(statement.text, { ...statement, preamble });
      const page = await portal.start(client, statement.firstRows ?? firstPageRows);
      lap();
      if (statement.changesSession) this.#session.keepState();
      const first = await this.results.keep(page, portal, statement.strategy);
      return {
        commandTag: portal.commandTag,
        columns: portal.fields === null ? null : await this.#describer.describe(portal.fields),
        ...first,
      };
    });
  }

  /**
   * Sends a statement in the way that `work` knows, behind its `preamble`; `lap` ends the time that it is
   * said to have taken.
   */
  async #attempt(
    statement: Omit<SessionStatement, 'strategy'>,
    work: (client: Client, preamble: readonly string[], lap: () => void) => Promise<Answer>,
  ): Promise<QueryResult> {
    let takeNotices = (): readonly Notice[] => [];
    let startedAt = performance.now();
    let durationMs: number | null = null;
    let wasSent = false;
    const elapsed = (): number => performance.now() - startedAt;
    const notices = (): Notice[] => [...this.#session.takeNews(), ...takeNotices()];
    try {
      // Before the rest of an earlier result is given up for it.
      if (statement.isCancelled?.() === true) throw cancelledUnsent();
      await this.results.endReading();
      const { client } = await this.#session.acquire(statement);
      if (statement.isCancelled?.() === true) throw cancelledUnsent();
      takeNotices = collectNotices(client);
      const preamble = this.#session.begin(statement.kind);
      startedAt = performance.now();
      wasSent = true;
      const answer = await work(client, preamble, () => {
        durationMs = elapsed();
      });
      durationMs ??= elapsed();
      if (!answer.hasMore) {
        await this.#session.finish(statement.kind);
        await this.#session.verify();
      }
      const { range } = statement;
      const rowCount = rowCountOf(answer.commandTag);
      return { range, ...answer, rowCount, durationMs, notices: notices() };
    } catch (error) {
      throw new StatementFailed(
        this.#session.explain(error, statement),
        elapsed(),
        notices(),
        wasSent,
      );
    } finally {
      takeNotices();
      await this.results.settle();
    }
  }
}

const cancelledUnsent = (): DatabaseError => cancelledError('It was cancelled before it was sent.');

/** What a statement came to, without its time and its notices. */
type Answer = Pick<
  QueryResult,
  'commandTag' | 'columns' | 'rows' | 'resultId' | 'readRows' | 'hasMore'
>;
