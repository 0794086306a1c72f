import { randomUUID } from 'node:crypto';
import type {
  Notice,
  QueryResult,
  RowsPage,
  TextRange,
  TransactionStatus,
} from '@shared/models/query-result';
import type { RowBatch } from '@shared/models/row-batch';
import { DatabaseError, toDatabaseError } from '../../db/errors';
import type { PooledClient } from '../../db/pooled-client';
import { Portal, type ReadStrategy } from '../../db/portal';
import { SerialQueue } from '../../serial-queue';
import type { ColumnDescriber } from './column-describer';
import { HeldSession, type HeldSessionOptions } from './held-session';
import { collectNotices } from './notices';

/** Rows that the first page of a result holds. */
const firstPageRows = 500;
/** Rows that are read at a time when nobody looks at them. */
const bulkPageRows = 5_000;

/** A statement as the session runs it. */
export interface SessionStatement {
  readonly text: string;
  /** Where it stands in the submitted text, for its result and its error's position. */
  readonly range: TextRange;
  readonly strategy: ReadStrategy;
  readonly values?: readonly (string | null)[];
  /** Whether it leaves something in the session (SET, temporary tables, PREPARE) that later statements need. */
  readonly changesSession: boolean;
}

/** A statement that did not come to its end: the error, and the time and notices until then. */
export class StatementFailed extends Error {
  constructor(
    readonly error: DatabaseError,
    readonly durationMs: number,
    readonly notices: readonly Notice[],
  ) {
    super(error.message, { cause: error });
  }
}

interface OpenResult {
  readonly resultId: string;
  readonly portal: Portal;
  readonly strategy: ReadStrategy;
}

/** What one editor tab does on the server: one statement or one page at a time. */
export class TabSession {
  readonly #session: HeldSession;
  readonly #describer: ColumnDescriber;
  readonly #queue = new SerialQueue();
  #openResult: OpenResult | null = null;
  #isReading = false;

  constructor(options: HeldSessionOptions & { describer: ColumnDescriber }) {
    this.#session = new HeldSession(options);
    this.#describer = options.describer;
  }

  get transaction(): TransactionStatus {
    return this.#session.transaction;
  }

  /** The result whose rows are not all read, if any. */
  get openResultId(): string | null {
    return this.#openResult?.resultId ?? null;
  }

  /** Runs one statement and resolves with its first rows. Raises StatementFailed. */
  run(statement: SessionStatement): Promise<QueryResult> {
    return this.#queue.run(() => this.#run(statement));
  }

  /** The next rows of the open result. Raises DatabaseError: NotFound once it is closed. */
  fetchRows(resultId: string, maxRows: number): Promise<RowsPage> {
    return this.#queue.run(() => this.#fetchRows(resultId, maxRows));
  }

  /** Reads the open result to its end or to `maxBytes`, so that the next statement can use the session. */
  async readRest(
    resultId: string,
    maxBytes: number,
  ): Promise<{ batches: RowBatch[]; isComplete: boolean; commandTag: string | null }> {
    const batches: RowBatch[] = [];
    let bytes = 0;
    while (bytes < maxBytes) {
      const page = await this.fetchRows(resultId, bulkPageRows);
      batches.push(page.rows);
      bytes += page.rows.bytes.length;
      if (!page.hasMore) return { batches, isComplete: true, commandTag: page.commandTag };
    }
    return { batches, isComplete: false, commandTag: null };
  }

  /**
   * Runs `inspect` on the session that the tab keeps, once its statement has ended. Null when the tab
   * keeps none, or rows are still being read from it.
   */
  inspect<T>(inspect: (client: PooledClient) => Promise<T>): Promise<T | null> {
    return this.#queue.run(async () => {
      const { kept } = this.#session;
      return kept === null || this.#openResult !== null ? null : inspect(kept);
    });
  }

  /** Asks the server to stop what the tab runs, which then fails with kind Cancelled. */
  cancel(): Promise<void> {
    return this.#session.cancel();
  }

  /** Gives up the unread rows of a result; one that is closed already is no error. */
  async closeResult(resultId: string): Promise<void> {
    if (this.openResultId !== resultId) return;
    if (this.#isReading) await this.cancel();
    await this.#queue.run(async () => {
      await this.#endReading();
      await this.#settle();
    });
  }

  /** Ends everything the tab holds: what runs is cancelled, an open transaction rolled back. */
  async close(): Promise<void> {
    // A cancel that does not arrive must not keep the tab from closing.
    await this.cancel().catch(() => undefined);
    await this.#queue.run(async () => {
      await this.#endReading();
      this.#session.release();
    });
  }

  async #run(statement: SessionStatement): Promise<QueryResult> {
    let takeNotices = (): readonly Notice[] => [];
    let startedAt = performance.now();
    const elapsed = (): number => performance.now() - startedAt;
    const notices = (): Notice[] => [...this.#session.takeLossNotice(), ...takeNotices()];
    try {
      await this.#endReading();
      const { client } = await this.#session.acquire();
      takeNotices = collectNotices(client);
      const portal = new Portal(statement.text, statement);
      startedAt = performance.now();
      const page = await portal.start(client, firstPageRows);
      const durationMs = elapsed();
      if (statement.changesSession) this.#session.keepState();
      const resultId = page.hasMore ? randomUUID() : null;
      if (resultId !== null) this.#openResult = { resultId, portal, strategy: statement.strategy };
      if (resultId === null) await this.#session.verifyReadOnly();
      return {
        range: statement.range,
        commandTag: portal.commandTag,
        columns: portal.fields === null ? null : await this.#describer.describe(portal.fields),
        rows: page.rows,
        resultId,
        rowCount: rowCountOf(portal.commandTag),
        durationMs,
        notices: notices(),
      };
    } catch (error) {
      throw new StatementFailed(this.#explain(error, statement), elapsed(), notices());
    } finally {
      takeNotices();
      await this.#settle();
    }
  }

  async #fetchRows(resultId: string, maxRows: number): Promise<RowsPage> {
    const result = this.#openResult;
    if (result?.resultId !== resultId) throw resultGone();
    this.#isReading = true;
    try {
      const page = await result.portal.read(maxRows);
      if (!page.hasMore) this.#openResult = null;
      return { rows: page.rows, hasMore: page.hasMore, commandTag: result.portal.commandTag };
    } catch (error) {
      this.#openResult = null;
      throw this.#explain(error, null);
    } finally {
      this.#isReading = false;
      await this.#settle();
    }
  }

  async #endReading(): Promise<void> {
    const result = this.#openResult;
    this.#openResult = null;
    if (result === null || result.portal.hasEnded) return;
    const closed = result.portal.close();
    // The rows of a streamed portal are on their way: without a cancel all would be read and dropped.
    if (result.strategy === 'streamed') await this.#session.cancel();
    await closed;
  }

  async #settle(): Promise<void> {
    if (this.#openResult === null) await this.#session.settle();
  }

  #explain(error: unknown, statement: SessionStatement | null): DatabaseError {
    return toDatabaseError(error, {
      phase: 'query',
      statement: statement?.text,
      statementOffset: statement?.range.from,
      cancelRequested: this.#session.isCancelRequested,
    });
  }
}

/** What reading on raises once a result is closed. */
export function resultGone(): DatabaseError {
  return new DatabaseError({
    kind: 'NotFound',
    message: 'The rest of this result is no longer on the server.',
    advice: 'Run the statement again to read further rows.',
  });
}

/** The number at the end of tags such as "INSERT 0 5" and "SELECT 3"; null for "CREATE TABLE". */
function rowCountOf(commandTag: string | null): number | null {
  const digits = / (\d+)$/.exec(commandTag ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}
