import type { QueryResult, ReadState, RowsPage } from '@shared/models/query-result';
import type { DatabaseError } from '../../../db/errors/database-error';
import type { Portal, ReadStrategy } from '../../../db/statements/portal';
import type { PortalPage } from '../../../db/statements/portal-pages';
import type { SerialQueue } from '../../../serial-queue';
import type { HeldSession } from './held-session';
import { OpenResult } from './open-result';
import { hasLongCells } from '../results/long-cells';
import { resultGone } from '../results/result-gone';
import type { ResultStore } from '../results/result-store';

/** Rows of a page when as many are wanted as there are: pages end at 1 MB before that. */
const bulkPageRows = 100_000;

/** The rows that somebody wants to read: how many from which number on, the first being 0. */
export interface WantedRows {
  readonly from: number;
  readonly count: number;
}

/** The results of one editor tab: the rows that were read, and those that the server still has. */
export class TabResults {
  readonly #session: HeldSession;
  readonly #queue: SerialQueue;
  readonly #store: ResultStore;
  readonly #results = new Map<string, OpenResult>();
  /** The one whose rows are not all read: a session has one portal at a time. */
  #unread: OpenResult | null = null;

  /** `queue` is that of the tab: reading takes its turn with the tab's statements. */
  constructor(session: HeldSession, queue: SerialQueue, store: ResultStore) {
    this.#session = session;
    this.#queue = queue;
    this.#store = store;
  }

  /** The ids of the results that the tab has now. */
  get ids(): readonly string[] {
    return [...this.#results.keys()];
  }

  /** Whether the server still has rows of one of them. */
  get isReading(): boolean {
    return this.#unread !== null;
  }

  /**
   * The id of a result of which a page is being read that comes to its end in any case: a cancel could
   * undo the statement, and would fail an open transaction. Null when there is none.
   */
  get sparedId(): string | null {
    const result = this.#unread;
    return result?.isReading === true && result.strategy !== 'streamed' ? result.resultId : null;
  }

  /** Whether the tab has this result. */
  has(resultId: string): boolean {
    return this.#results.has(resultId);
  }

  /**
   * Rows by number: those that were read, or the next from the server when `from` is behind them.
   * Raises DatabaseError: NotFound once the result is closed.
   */
  async readRows(resultId: string, { from, count }: WantedRows): Promise<RowsPage> {
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

  /** One whole cell of a row that was read, null for NULL. Raises DatabaseError: NotFound. */
  async readCell(resultId: string, row: number, column: number): Promise<Uint8Array | null> {
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

  /** Frees a result and gives up its unread rows; one that is closed already is no error. */
  async closeResult(resultId: string): Promise<void> {
    const result = this.#results.get(resultId);
    this.#results.delete(resultId);
    if (result === undefined) return;
    try {
      await this.#endPage(result);
      if (result === this.#unread) {
        await this.#queue.run(async () => {
          if (result === this.#unread) await this.endReading();
          await this.settle();
        });
      }
    } finally {
      await result.stored.close();
    }
  }

  /** Frees these results, or all. */
  async closeAll(resultIds = this.ids): Promise<void> {
    await Promise.all(resultIds.map((resultId) => this.closeResult(resultId)));
  }

  /** Ends the reading of a page that is under way: what runs next would wait until it is full. */
  async interrupt(): Promise<void> {
    if (this.#unread !== null) await this.#endPage(this.#unread);
  }

  /**
   * Gives up the rows that the server still has; those read stay. That the statement was undone by it is
   * told with the next one. Called in the tab's turn.
   */
  async endReading(): Promise<void> {
    await this.#session.finishLast(await this.giveUp());
  }

  /** As `endReading`; resolves with the error by which the statement was undone, or null. */
  async giveUp(): Promise<DatabaseError | null> {
    const result = this.#unread;
    this.#unread = null;
    const error = (await result?.endReading(() => this.#session.cancel())) ?? null;
    return error === null ? null : this.#session.explain(error);
  }

  /** Lets go of the session, unless rows are still to be read from it. Called in the tab's turn. */
  async settle(): Promise<void> {
    if (this.#unread === null) await this.#session.settle();
  }

  /**
   * Stores the first page, unless it is the whole result and its cells can go along uncut. Raises
   * StorageFailed; the rest of the rows is given up then.
   */
  async keep(
    page: PortalPage,
    portal: Portal,
    strategy: ReadStrategy,
  ): Promise<Pick<QueryResult, 'rows' | 'resultId' | 'readRows' | 'hasMore'>> {
    const { rows, hasMore } = page;
    const readRows = rows.rowCount;
    if (!hasMore && !hasLongCells(rows)) {
      return { rows, resultId: null, readRows, hasMore };
    }
    const result = new OpenResult(this.#store.create(rows.columnCount), portal, strategy);
    this.#results.set(result.resultId, result);
    if (hasMore) this.#unread = result;
    try {
      await result.begin(page);
    } catch (error) {
      // Nobody gets to know of it, and the statement would not come to its end.
      this.#results.delete(result.resultId);
      const undone = await this.giveUp();
      await result.stored.close();
      throw undone ?? error;
    }
    const first = await result.rows(0, readRows);
    return { rows: first.rows, resultId: result.resultId, readRows, hasMore };
  }

  /**
   * Cancels the reading of a page that is under way, where that is harmless: only of what is read as a
   * stream. It could undo any other statement, and would fail an open transaction: that page comes to its end.
   */
  async #endPage(result: OpenResult): Promise<void> {
    if (!result.isReading || result.strategy !== 'streamed') return;
    result.isInterrupted = true;
    await this.#session.cancel();
  }

  async #grow(
    result: OpenResult,
    { maxRows, isSeen }: { maxRows: number; isSeen: boolean },
  ): Promise<void> {
    try {
      await result.grow(maxRows, { isSeen });
    } catch (error) {
      const explained = this.#session.explain(error);
      if (result.isInterrupted && explained.kind === 'Cancelled') {
        result.giveUp();
        return;
      }
      // With no room on the disk the rows wait: nothing is skipped when reading goes on.
      if (explained.kind !== 'StorageFailed') result.fail(explained);
      throw explained;
    } finally {
      if (!result.hasMore && result === this.#unread) this.#unread = null;
      await this.settle();
    }
  }

  #get(resultId: string): OpenResult {
    const result = this.#results.get(resultId);
    if (result === undefined) throw resultGone();
    return result;
  }
}
