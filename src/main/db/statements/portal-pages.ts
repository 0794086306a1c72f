import type { RowBatch } from '@shared/models/row-batch';
import { RowBatchBuilder } from '../wire/row-batch-builder';

/**
 * A page ends once it has so many bytes, even with fewer rows than were asked for: a row may be 1 GB,
 * and a page of such rows must not be gathered in memory.
 */
const pageBytes = 1024 * 1024;
/** Behind a page with longer rows than this nothing is gathered before it is asked for. Bytes. */
const longPageBytes = 4 * pageBytes;

export interface PortalPage {
  readonly rows: RowBatch;
  /** Whether the server may have further rows. */
  readonly hasMore: boolean;
}

/** How a portal has ended: null is without an error. */
export interface PortalEnd {
  readonly error: unknown;
}

export interface PortalPagesOptions {
  /** Whether a page ends with the rows that were asked for: where the server does not count them. */
  readonly countsRows: boolean;
  /** Has the server wait until a page is asked for. */
  readonly pause: () => void;
}

interface Reader {
  readonly maxRows: number;
  readonly resolve: (page: PortalPage) => void;
  readonly reject: (error: unknown) => void;
}

/** Gathers the rows of a portal into pages, for one reader who waits for a page at a time. */
export class PortalPages {
  readonly #options: PortalPagesOptions;
  #builder = new RowBatchBuilder(0);
  #reader: Reader | null = null;
  #hasAnswered = false;
  #rowsReceived = 0;

  constructor(options: PortalPagesOptions) {
    this.#options = options;
  }

  /** Whether a page is waited for. */
  get areAwaited(): boolean {
    return this.#reader !== null;
  }

  /** How many rows are waited for. */
  get wantedRows(): number {
    return this.#reader?.maxRows ?? 0;
  }

  /** Whether no row has come since the last page. */
  get areEmpty(): boolean {
    return this.#builder.rowCount === 0;
  }

  /** All rows that have come. */
  get rowsReceived(): number {
    return this.#rowsReceived;
  }

  /** Waits for the next page; `begin` is called once that is known. */
  wait(maxRows: number, begin: () => void): Promise<PortalPage> {
    if (this.#reader !== null) throw new Error('A portal is read by one reader at a time.');
    return new Promise((resolve, reject) => {
      this.#reader = { maxRows, resolve, reject };
      begin();
    });
  }

  /** The rows to come have so many columns. */
  begin(columnCount: number): void {
    this.#builder = new RowBatchBuilder(columnCount);
  }

  /** Adds a row by its place in `buffer`: see RowBatchBuilder. */
  append(buffer: Buffer, start: number, end: number): void {
    this.#rowsReceived += 1;
    this.#builder.append(buffer, start, end);
    // While nobody reads, a page is gathered ahead: the server works on during that time.
    if (this.#reader !== null) this.answerIfFull();
    else if (this.#builder.byteLength >= pageBytes) this.#options.pause();
  }

  /** Gives up what has come since the last page. */
  drop(): void {
    this.#builder.take();
  }

  /** Answers the reader when there is a whole page. */
  answerIfFull(): void {
    if (this.#reader === null) return;
    const { rowCount, byteLength } = this.#builder;
    const hasAllRows = this.#options.countsRows && rowCount >= this.#reader.maxRows;
    if (hasAllRows || byteLength >= pageBytes) this.answer(null);
  }

  /** Answers the reader with the rows that have come; `end` is null while more may follow. */
  answer(end: PortalEnd | null): void {
    const reader = this.#reader;
    if (reader === null) return;
    this.#reader = null;
    const hasFailed = end !== null && end.error !== null;
    // Rows that came after others were shown are given before the error that ended them.
    if (hasFailed && (!this.#hasAnswered || this.areEmpty)) {
      reader.reject(end.error);
      return;
    }
    this.#hasAnswered = true;
    const rows = this.#builder.take();
    if (rows.bytes.length > longPageBytes) this.#options.pause();
    reader.resolve({ rows, hasMore: hasFailed || end === null });
  }
}
