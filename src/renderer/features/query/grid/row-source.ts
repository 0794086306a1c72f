import type { DatabaseErrorData } from '@shared/models/database-error';
import type { QueryResult, ResultColumn, RowsPage } from '@shared/models/query-result';
import { batchBytes, cellText, type RowBatch } from '@shared/models/row-batch';
import { errorData } from '../../../api/postern';
import { cellPreview } from './cell-content';

/** Rows that one request asks for. */
export const rowsPerFetch = 1000;

/** Rows that are kept in memory before reading on needs to be asked for, in bytes. */
const softMemoryLimit = 512 * 1024 * 1024;

/** How a source reaches the rows that are still on the server. */
export interface RowReader {
  readonly fetchRows: (resultId: string, maxRows: number) => Promise<RowsPage>;
  readonly closeResult: (resultId: string) => void;
}

/** `paused`: the soft memory limit was reached. `closed`: the rest was given up for another run. */
export type RowSourceStatus = 'complete' | 'more' | 'loading' | 'failed' | 'paused' | 'closed';

export interface RowSourceState {
  readonly status: RowSourceStatus;
  readonly rowCount: number;
  /** Bytes of the rows that are here. */
  readonly bytes: number;
  /** Present when `status` is "failed". */
  readonly error: DatabaseErrorData | null;
}

/** The rows of one result: those that are here, and the way to the rest, one request at a time. */
export class RowSource {
  readonly columns: readonly ResultColumn[];
  readonly #reader: RowReader;
  readonly #batches: RowBatch[] = [];
  /** `#starts[i]` is the number of the first row of batch i. */
  readonly #starts: number[] = [];
  readonly #listeners = new Set<() => void>();
  #resultId: string | null;
  #memoryLimit = softMemoryLimit;
  #state: RowSourceState;

  constructor(result: QueryResult, reader: RowReader) {
    this.columns = result.columns ?? [];
    this.#reader = reader;
    this.#resultId = result.resultId;
    this.#state = {
      status: result.resultId === null ? 'complete' : 'more',
      rowCount: 0,
      bytes: 0,
      error: null,
    };
    this.#append(result.rows);
  }

  get state(): RowSourceState {
    return this.#state;
  }

  get rowCount(): number {
    return this.#state.rowCount;
  }

  /** Calls `listener` after each change of state; the returned function ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): RowSourceState => this.#state;

  /** The whole text of a cell; null for NULL. Raises RangeError outside the rows that are here. */
  text(row: number, column: number): string | null {
    const { batch, rowInBatch } = this.#locate(row);
    return cellText(batch, rowInBatch, column);
  }

  /** The beginning of a cell's text, for showing. Raises RangeError outside the rows that are here. */
  preview(row: number, column: number): string | null {
    const { batch, rowInBatch } = this.#locate(row);
    return cellPreview(batch, rowInBatch, column);
  }

  /** Reads the next rows, unless a request is on its way or none are left. It never rejects: see `state`. */
  async fetchMore(): Promise<void> {
    const { status } = this.#state;
    if (this.#resultId === null || (status !== 'more' && status !== 'failed')) return;
    this.#set({ status: 'loading', error: null });
    try {
      const page = await this.#reader.fetchRows(this.#resultId, rowsPerFetch);
      if (this.#isClosed()) return;
      if (!page.hasMore) this.#resultId = null;
      this.#append(page.rows);
      this.#set({ status: this.#statusAfterPage() });
    } catch (error) {
      if (!this.#isClosed()) this.#set({ status: 'failed', error: errorData(error) });
    }
  }

  /** Reads on after the memory limit was reached, up to as much again. */
  continueReading(): void {
    if (this.#state.status !== 'paused') return;
    this.#memoryLimit += softMemoryLimit;
    this.#set({ status: 'more' });
    void this.fetchMore();
  }

  /** Gives up the rows that are still on the server. Those that are here stay. */
  close(): void {
    if (this.#resultId === null) return;
    this.#reader.closeResult(this.#resultId);
    this.#resultId = null;
    this.#set({ status: 'closed', error: null });
  }

  #isClosed(): boolean {
    return this.#state.status === 'closed';
  }

  #statusAfterPage(): RowSourceStatus {
    if (this.#resultId === null) return 'complete';
    return this.#state.bytes >= this.#memoryLimit ? 'paused' : 'more';
  }

  #append(batch: RowBatch): void {
    if (batch.rowCount === 0) return;
    this.#starts.push(this.#state.rowCount);
    this.#batches.push(batch);
    this.#state = {
      ...this.#state,
      rowCount: this.#state.rowCount + batch.rowCount,
      bytes: this.#state.bytes + batchBytes(batch),
    };
  }

  #set(change: Partial<RowSourceState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  #locate(row: number): { batch: RowBatch; rowInBatch: number } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    const batch = this.#batches[low];
    const rowInBatch = row - (this.#starts[low] ?? 0);
    if (batch === undefined || row < 0 || rowInBatch >= batch.rowCount) {
      throw new RangeError(`Row ${row} has not been read.`);
    }
    return { batch, rowInBatch };
  }
}
