import type { Client } from 'pg';
import type {
  Notice,
  QueryResult,
  ReadState,
  RowsPage,
  TextRange,
  TransactionStatus,
} from '@shared/models/query-result';
import { cancelledError, type DatabaseError, toDatabaseError } from '../../db/errors';
import { CopyIn } from '../../db/copy-in';
import type { PooledClient } from '../../db/pooled-client';
import { Portal, type PortalPage, type ReadStrategy } from '../../db/portal';
import { SerialQueue } from '../../serial-queue';
import type { ColumnDescriber } from './column-describer';
import { HeldSession, type HeldSessionOptions } from './held-session';
import { collectNotices } from './notices';
import { noRows } from './no-rows';
import { OpenResult } from './open-result';
import { hasLongCells } from './results/long-cells';
import { resultGone } from './results/result-gone';
import type { ResultStore } from './results/result-store';

/** Rows that the first page of a result holds. */
const firstPageRows = 500;
/** Rows of a page when as many are wanted as there are: pages end at 1 MB before that. */
const bulkPageRows = 100_000;
/** Rows by number, from 0. */
export interface RowRange {
  readonly from: number;
  readonly count: number;
}

/** A statement as the session runs it. */
export interface SessionStatement {
  readonly text: string;
  /** Where it stands in the submitted text, for its result and its error's position. */
  readonly range: TextRange;
  readonly strategy: ReadStrategy;
  readonly values?: readonly (string | null)[];
  /** Where an offset of the text was before its parameters were numbered. */
  readonly originalOffset?: (offset: number) => number;
  /** Whether it leaves something in the session (SET, temporary tables, PREPARE) that later statements need. */
  readonly changesSession: boolean;
  /** Whether a person asked to stop it while it was not yet on its way. */
  readonly isCancelled?: () => boolean;
}

/** COPY … FROM STDIN with its rows. */
export interface CopyStatement extends Omit<SessionStatement, 'strategy' | 'values'> {
  readonly data: string;
  /** The share of the rows that is on its way, from 0 to 1. */
  readonly onSent: (share: number) => void;
}

/** A statement that did not come to its end: the error, and the time and notices until then. */
export class StatementFailed extends Error {
  constructor(
    readonly error: DatabaseError,
    readonly durationMs: number,
    readonly notices: readonly Notice[],
    /** Whether it was on its way to the server: false when there was no session to send it on. */
    readonly wasSent: boolean,
  ) {
    super(error.message, { cause: error });
  }
}

/** What one editor tab does on the server, one statement or one page at a time, and its results. */
export class TabSession {
  readonly #session: HeldSession;
  readonly #describer: ColumnDescriber;
  readonly #store: ResultStore;
  readonly #queue = new SerialQueue();
  readonly #results = new Map<string, OpenResult>();
  /** The one whose rows are not all read: a session has one portal at a time. */
  #unread: OpenResult | null = null;

  constructor(options: HeldSessionOptions & { describer: ColumnDescriber; results: ResultStore }) {
    this.#session = new HeldSession(options);
    this.#describer = options.describer;
    this.#store = options.results;
  }

  get transaction(): TransactionStatus {
    return this.#session.transaction;
  }

  /** Whether later statements need this very session: what they read may be seen nowhere else. */
  get isBound(): boolean {
    return this.#session.isBound;
  }

  /** The results that the tab has now. */
  get resultIds(): readonly string[] {
    return [...this.#results.keys()];
  }

  /** Whether the tab has this result. */
  has(resultId: string): boolean {
    return this.#results.has(resultId);
  }

  /** Runs one statement and resolves with its first rows. Raises StatementFailed. */
  run(statement: SessionStatement): Promise<QueryResult> {
    return this.#queue.run(() => this.#run(statement));
  }

  /** Copies rows into a table. Raises StatementFailed. */
  copyIn(statement: CopyStatement): Promise<QueryResult> {
    const { data, isCancelled, onSent } = statement;
    return this.#queue.run(() =>
      this.#attempt(statement, async (client) => {
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
   * Rows by number: those that were read, or the next from the server when `from` is behind them.
   * Raises DatabaseError: NotFound once the result is closed.
   */
  async readRows(resultId: string, { from, count }: RowRange): Promise<RowsPage> {
    const result = this.#get(resultId);
    if (from >= result.stored.rowCount && result.hasMore) {
      await this.#queue.run(async () => {
        while (from >= result.stored.rowCount && result.hasMore) {
          const missing = from + count - result.stored.rowCount;
          await this.#grow(result, { maxRows: Math.min(missing, bulkPageRows), isSeen: true });
        }
      });
    }
    return result.rows(from, count);
  }

  /**
   * The next rows in their order, for a reader that goes through a result once. `hasMore` then tells
   * of rows that this reader has not seen. Raises DatabaseError: NotFound once the result is closed.
   */
  async fetchRows(resultId: string, maxRows: number): Promise<RowsPage> {
    const result = this.#get(resultId);
    const page = await this.readRows(resultId, { from: result.delivered, count: maxRows });
    result.delivered += page.rows.rowCount;
    return { ...page, hasMore: page.hasMore || result.delivered < page.readRows };
  }

  /** One whole cell of a row that was read, null for NULL. Raises DatabaseError: NotFound. */
  readCell(resultId: string, row: number, column: number): Promise<Uint8Array | null> {
    return this.#get(resultId).cell(row, column);
  }

  /**
   * Reads a result to its end, or until `stopReading`: the rows stay in main. A statement that the tab
   * runs meanwhile ends it too. Raises DatabaseError; what was read until then stays.
   */
  async readAll(resultId: string, onProgress: (state: ReadState) => void): Promise<ReadState> {
    const result = this.#get(resultId);
    result.isStopRequested = false;
    while (result.hasMore && !result.isStopRequested) {
      await this.#queue.run(() => this.#grow(result, { maxRows: bulkPageRows, isSeen: false }));
      onProgress(result.state);
    }
    return result.state;
  }

  /** Ends `readAll` with the rows that have come so far. The rest can still be read. */
  stopReading(resultId: string): void {
    this.#results.get(resultId)?.stop();
  }

  /**
   * Lends the tab's session to work of another kind, in turn with the tab's own statements. Unread
   * rows are given up first. Raises what `work` and the pool raise.
   */
  lend<T>(work: (client: PooledClient) => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      try {
        await this.#endReading();
        return await work(await this.#session.acquire());
      } finally {
        await this.#settle();
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
      return kept === null || this.#unread !== null ? null : inspect(kept);
    });
  }

  /** Asks the server to stop what the tab runs, which then fails with kind Cancelled. */
  cancel(): Promise<void> {
    return this.#session.cancel();
  }

  /** Frees a result and gives up its unread rows; one that is closed already is no error. */
  async closeResult(resultId: string): Promise<void> {
    const result = this.#results.get(resultId);
    this.#results.delete(resultId);
    if (result?.isReading === true) await this.cancel();
    if (result !== undefined && result === this.#unread) {
      await this.#queue.run(async () => {
        if (result === this.#unread) await this.#endReading();
        await this.#settle();
      });
    }
    await result?.stored.close();
  }

  /** Cancels the reading of a page that is under way: what runs next would wait until it is full. */
  async interruptReading(): Promise<void> {
    if (this.#unread?.isReading === true) await this.cancel();
  }

  /** Frees these results, or all. */
  async closeResults(resultIds = this.resultIds): Promise<void> {
    await Promise.all(resultIds.map((resultId) => this.closeResult(resultId)));
  }

  /** Ends everything the tab holds: what runs is cancelled, an open transaction rolled back. */
  async close(): Promise<void> {
    // A cancel that does not arrive must not keep the tab from closing.
    await this.cancel().catch(() => undefined);
    await this.#queue.run(async () => {
      await this.#endReading();
      this.#session.release();
    });
    await this.closeResults();
  }

  #run(statement: SessionStatement): Promise<QueryResult> {
    return this.#attempt(statement, async (client, lap) => {
      const portal = new Portal(statement.text, statement);
      const page = await portal.start(client, firstPageRows);
      lap();
      if (statement.changesSession) this.#session.keepState();
      const first = await this.#keep(page, portal, statement);
      return {
        commandTag: portal.commandTag,
        columns: portal.fields === null ? null : await this.#describer.describe(portal.fields),
        ...first,
      };
    });
  }

  /** Sends a statement in the way that `work` knows; `lap` ends the time that it is said to have taken. */
  async #attempt(
    statement: Omit<SessionStatement, 'strategy'>,
    work: (client: Client, lap: () => void) => Promise<Answer>,
  ): Promise<QueryResult> {
    let takeNotices = (): readonly Notice[] => [];
    let startedAt = performance.now();
    let durationMs: number | null = null;
    let wasSent = false;
    const elapsed = (): number => performance.now() - startedAt;
    const notices = (): Notice[] => [...this.#session.takeLossNotice(), ...takeNotices()];
    try {
      await this.#endReading();
      const { client } = await this.#session.acquire();
      if (statement.isCancelled?.() === true)
        throw cancelledError('It was cancelled before it was sent.');
      takeNotices = collectNotices(client);
      startedAt = performance.now();
      wasSent = true;
      const answer = await work(client, () => {
        durationMs = elapsed();
      });
      durationMs ??= elapsed();
      if (!answer.hasMore) await this.#session.verifyReadOnly();
      const { range } = statement;
      const rowCount = rowCountOf(answer.commandTag);
      return { range, ...answer, rowCount, durationMs, notices: notices() };
    } catch (error) {
      throw new StatementFailed(this.#explain(error, statement), elapsed(), notices(), wasSent);
    } finally {
      takeNotices();
      await this.#settle();
    }
  }

  /** Stores the first page, unless it is the whole result and its cells can go along uncut. */
  async #keep(
    page: PortalPage,
    portal: Portal,
    { strategy }: SessionStatement,
  ): Promise<Pick<QueryResult, 'rows' | 'resultId' | 'readRows' | 'hasMore'>> {
    const { rows, hasMore } = page;
    const readRows = rows.rowCount;
    if (!hasMore && !hasLongCells(rows)) {
      return { rows, resultId: null, readRows, hasMore };
    }
    const result = new OpenResult(this.#store.create(rows.columnCount), portal, strategy);
    this.#results.set(result.resultId, result);
    if (hasMore) this.#unread = result;
    await result.begin(page);
    const first = await result.rows(0, readRows);
    result.delivered = first.rows.rowCount;
    return { rows: first.rows, resultId: result.resultId, readRows, hasMore };
  }

  async #grow(
    result: OpenResult,
    { maxRows, isSeen }: { maxRows: number; isSeen: boolean },
  ): Promise<void> {
    try {
      await result.grow(maxRows, { isSeen });
    } catch (error) {
      const explained = this.#explain(error, null);
      // With no room on the disk the rows wait: nothing is skipped when reading goes on.
      if (explained.kind !== 'StorageFailed') result.fail(explained);
      throw explained;
    } finally {
      if (!result.hasMore && result === this.#unread) this.#unread = null;
      await this.#settle();
    }
  }

  #get(resultId: string): OpenResult {
    const result = this.#results.get(resultId);
    if (result === undefined) throw resultGone();
    return result;
  }

  async #endReading(): Promise<void> {
    const result = this.#unread;
    this.#unread = null;
    await result?.endReading(() => this.cancel());
  }

  async #settle(): Promise<void> {
    if (this.#unread === null) await this.#session.settle();
  }

  #explain(error: unknown, statement: Omit<SessionStatement, 'strategy'> | null): DatabaseError {
    return toDatabaseError(error, {
      phase: 'query',
      statement: statement?.text,
      statementOffset: statement?.range.from,
      originalOffset: statement?.originalOffset,
      cancelRequested: this.#session.isCancelRequested,
    });
  }
}

/** What a statement came to, without its time and its notices. */
type Answer = Pick<
  QueryResult,
  'commandTag' | 'columns' | 'rows' | 'resultId' | 'readRows' | 'hasMore'
>;

/** The number at the end of tags such as "INSERT 0 5" and "SELECT 3"; null for "CREATE TABLE". */
function rowCountOf(commandTag: string | null): number | null {
  const digits = / (\d+)$/.exec(commandTag ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}
