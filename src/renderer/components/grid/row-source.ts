import type { DatabaseErrorData } from '@shared/models/database-error';
import type { QueryResult, ReadState, ResultColumn, RowsPage } from '@shared/models/query-result';
import { cellText, cutLength, type RowBatch } from '@shared/models/row-batch';
import { errorData } from '../../api/postern';
import { cellPreview } from './cell-content';
import { RowRequests } from './row-requests';
import { type RowRange, RowWindow } from './row-window';

/** How a source reaches the rows that main has or reads from the server. */
export interface RowReader {
  readonly readRows: (resultId: string, from: number, count: number) => Promise<RowsPage>;
  readonly readCell: (resultId: string, row: number, column: number) => Promise<Uint8Array | null>;
  /** Reads to the end in main and tells how many rows were read. */
  readonly readAll: (
    resultId: string,
    onProgress: (readRows: number) => void,
  ) => Promise<ReadState>;
  readonly stopReading: (resultId: string) => void;
  readonly closeResult: (resultId: string) => void;
}

/**
 * `more`: the server may have further rows. `loading`: the next ones are on their way. `reading`: all
 * are being read into main. `closed`: the rest was given up for another run.
 */
export type RowSourceStatus = 'complete' | 'more' | 'loading' | 'reading' | 'failed' | 'closed';

export interface RowSourceState {
  readonly status: RowSourceStatus;
  /** Rows that were read from the server, whether they are in this window's memory or in main. */
  readonly rowCount: number;
  /** Present when `status` is "failed". */
  readonly error: DatabaseErrorData | null;
}

// A byte order mark at the beginning of a value is part of the value.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The rows of one result. A bounded part of them is in this window; what is looked at and missing is
 * asked of main, which has every row that was read and reads on from the server.
 */
export class RowSource {
  readonly columns: readonly ResultColumn[];
  readonly #reader: RowReader;
  readonly #window = new RowWindow();
  readonly #requests: RowRequests;
  readonly #listeners = new Set<() => void>();
  /** The rows of a result that main does not keep, since all of them came at once. */
  readonly #whole: RowBatch | null;
  #resultId: string | null;
  #state: RowSourceState;

  constructor(result: QueryResult, reader: RowReader) {
    this.columns = result.columns ?? [];
    this.#reader = reader;
    this.#resultId = result.resultId;
    this.#whole = result.resultId === null ? result.rows : null;
    this.#state = {
      status: result.hasMore ? 'more' : 'complete',
      rowCount: result.readRows,
      error: null,
    };
    this.#window.insert(0, result.rows, { isPinned: result.resultId === null });
    this.#requests = new RowRequests(this.#window, {
      read: (range) => this.#read(range),
      rowCount: () => this.#state.rowCount,
      canGrow: () => this.#state.status === 'more',
    });
    this.#requests.learn(result.rows);
  }

  get state(): RowSourceState {
    return this.#state;
  }

  get rowCount(): number {
    return this.#state.rowCount;
  }

  /** What names all rows that were read; null once main has freed them. */
  get kept(): { readonly rows: RowBatch } | { readonly resultId: string } | null {
    if (this.#whole !== null) return { rows: this.#whole };
    return this.#resultId === null ? null : { resultId: this.#resultId };
  }

  /** Bytes of rows in this window's memory. */
  get bytes(): number {
    return this.#window.bytes;
  }

  /** Calls `listener` after each change; the returned function ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): RowSourceState => this.#state;

  /** The whole text of a cell, null for NULL. Raises RangeError unless all of it is here. */
  text(row: number, column: number): string | null {
    const found = this.#window.find(row);
    if (found === null || cutLength(found.batch, found.rowInBatch, column) !== null) {
      throw new RangeError(`Row ${row}, column ${column} is not here.`);
    }
    return cellText(found.batch, found.rowInBatch, column);
  }

  /** What stands in front of a row: its number, without marks between the digits. */
  rowLabel(row: number): string {
    return String(row + 1);
  }

  /** Whether `text` can give a cell. */
  hasText(row: number, column: number): boolean {
    const found = this.#window.find(row);
    return found !== null && cutLength(found.batch, found.rowInBatch, column) === null;
  }

  /** The beginning of a cell's text, for showing; undefined while the row is not here. */
  preview(row: number, column: number): string | null | undefined {
    const found = this.#window.find(row);
    return found === null ? undefined : cellPreview(found.batch, found.rowInBatch, column);
  }

  /** The whole text of a cell from wherever it is. Raises what main answers. */
  async wholeText(row: number, column: number): Promise<string | null> {
    if (this.hasText(row, column)) return this.text(row, column);
    if (this.#resultId === null) throw new RangeError(`Row ${row} is not here.`);
    const bytes = await this.#reader.readCell(this.#resultId, row, column);
    return bytes === null ? null : decoder.decode(bytes);
  }

  /** Rows for copying, at least one; they do not enter the window. Raises what main answers. */
  async readRange(from: number, count: number): Promise<RowsPage> {
    if (this.#resultId === null) throw new RangeError(`Row ${from} is not here.`);
    return this.#reader.readRows(this.#resultId, from, count);
  }

  /** What is looked at, inclusive: what of it is missing is fetched, then some rows around it. */
  look(firstRow: number, lastRow: number): void {
    if (this.#resultId === null) return;
    this.#requests.look(firstRow, lastRow);
  }

  /** Reads the next rows, unless they are on their way or none are left. It never rejects: see `state`. */
  async fetchMore(): Promise<void> {
    const { status, rowCount } = this.#state;
    if (this.#resultId === null) return;
    if (status === 'failed') this.#set({ status: 'more', error: null });
    else if (status !== 'more') return;
    await this.#requests.fetch(rowCount);
  }

  /** Reads to the end in main. It never rejects: see `state`. */
  async readToEnd(): Promise<void> {
    const { status } = this.#state;
    const resultId = this.#resultId;
    if (resultId === null || (status !== 'more' && status !== 'loading')) return;
    this.#set({ status: 'reading' });
    try {
      const state = await this.#reader.readAll(resultId, (readRows) => {
        if (this.#state.status === 'reading') this.#set({ rowCount: readRows });
      });
      this.#takeState(state, 'reading');
    } catch (error) {
      this.#fail(error);
    }
  }

  /**
   * Reads on until a row is there, or all are. Resolves with whether it is: it is not where the result
   * ends before it, `stopReading` was called, or reading failed. It never rejects.
   */
  readUpTo(row: number): Promise<boolean> {
    const isOwn = row >= this.#state.rowCount && this.#state.status !== 'reading';
    if (isOwn) void this.readToEnd();
    return new Promise((resolve) => {
      const look = (): void => {
        const { rowCount, status } = this.#state;
        if (row >= rowCount && status === 'reading') return;
        stopListening();
        // A person who asked for all rows still gets them.
        if (isOwn) this.stopReading();
        resolve(row < rowCount);
      };
      const stopListening = this.subscribe(look);
      look();
    });
  }

  /** Ends `readToEnd` with the rows that have come so far. */
  stopReading(): void {
    if (this.#resultId !== null && this.#state.status === 'reading') {
      this.#reader.stopReading(this.#resultId);
    }
  }

  /** Takes over that the rest is no longer on the server. The rows that were read stay. */
  endReading(): void {
    if (this.#state.status !== 'complete') this.#set({ status: 'closed', error: null });
  }

  /** Takes over that what is being read now is broken off. Without such a reading nothing changes. */
  interruptReading(): void {
    const { status } = this.#state;
    if (status === 'loading' || status === 'reading') this.endReading();
  }

  /** Gives the rows back to main, but for those that are in this window. */
  close(): void {
    if (this.#resultId === null) return;
    this.#reader.closeResult(this.#resultId);
    this.#resultId = null;
    this.endReading();
  }

  async #read({ from, to }: RowRange): Promise<boolean> {
    const resultId = this.#resultId;
    if (resultId === null) return false;
    const isGrowth = from >= this.#state.rowCount;
    if (isGrowth) this.#set({ status: 'loading' });
    try {
      const page = await this.#reader.readRows(resultId, from, to - from);
      if (this.#resultId === null) return false;
      this.#window.insert(from, page.rows);
      this.#requests.learn(page.rows);
      this.#takeState(page, isGrowth ? 'loading' : null);
      return page.rows.rowCount > 0;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  /** `ended` is the status that an answer of main ends. */
  #takeState({ readRows, hasMore, commandTag }: ReadState, ended: RowSourceStatus | null): void {
    const { status } = this.#state;
    const rowCount = Math.max(readRows, this.#state.rowCount);
    if (hasMore) this.#set({ status: status === ended ? 'more' : status, rowCount });
    // A failure stays to be seen; what a run in between gave up is not complete.
    else if (status === 'failed' || status === 'closed') this.#set({ rowCount });
    else this.#set({ status: commandTag === null ? 'closed' : 'complete', rowCount });
  }

  #fail(error: unknown): void {
    if (this.#resultId === null || this.#state.status === 'closed') return;
    this.#set({ status: 'failed', error: errorData(error) });
  }

  #set(change: Partial<RowSourceState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
