import { batchBytes, cellText, rowTexts, type RowBatch } from '@shared/models/row-batch';
import type { DataPage, PageRequest, RowCursor } from '@shared/models/table-data';
import { CallError } from '../../api/postern';
import { sliceBatch } from './batch-rows';

/** How pages of one selection are read. */
export interface PageReader {
  readonly readPage: (page: PageRequest) => Promise<DataPage>;
  readonly readOn: (
    streamId: string,
    maxRows: number,
  ) => Promise<{ rows: RowBatch; hasMore: boolean }>;
}

/** Where a page begins. */
interface PageMark {
  firstRow: number;
  rowCount: number;
  /** The row in front of it; null where nothing is known of it, or nothing is in front. */
  before: RowCursor | null;
  /** Its last row. */
  readonly last: RowCursor;
  /** Its rows, as long as they are kept. */
  batch: RowBatch | null;
  lastUse: number;
  /** Its rows cannot be read again by themselves. */
  isPinned: boolean;
}

/** Rows that one answer of the server holds at most. */
const maxPageRows = 10_000;
/** Bytes of rows that are kept here; the grid keeps its own. */
const keptBytes = 8 * 1024 * 1024;

/**
 * The rows of a selection by number, read by cursor: it remembers where each page began, so that rows
 * that were let go can be read again at their place without passing over those before them. The first
 * row known has number 0; earlier ones can be put in front.
 */
export class TablePages {
  readonly #reader: PageReader;
  readonly #cursorColumns: readonly number[];
  /** What each page has to have: its values are told apart by their place alone. */
  readonly #form: string;
  #pages: PageMark[];
  #hasMore: boolean;
  #hasEarlier: boolean;
  #streamId: string | null;
  #uses = 0;
  #tail: Promise<unknown> = Promise.resolve();

  /** `first` is a page from the start, or from the end when it was read backward. */
  constructor(reader: PageReader, first: DataPage, direction: PageRequest['direction']) {
    this.#reader = reader;
    this.#cursorColumns = first.cursorColumns;
    this.#form = formOf(first);
    this.#streamId = first.streamId;
    this.#hasMore = direction === 'forward' && first.hasMore;
    this.#hasEarlier = direction === 'backward' && first.hasMore;
    this.#pages = [this.#mark(0, first.rows, null, this.#hasEarlier)];
  }

  /** Rows that are known so far, whether they are kept or can be read again. */
  get rowCount(): number {
    const last = this.#pages.at(-1);
    return last === undefined ? 0 : last.firstRow + last.rowCount;
  }

  /** Whether there may be rows after the last known one. */
  get hasMore(): boolean {
    return this.#hasMore;
  }

  /** Whether there may be rows before the first known one. */
  get hasEarlier(): boolean {
    return this.#hasEarlier;
  }

  /** Rows from `from` on: as many of them as one page has, at most `count`. Raises what main answers. */
  read(from: number, count: number): Promise<RowBatch> {
    return this.#inTurn(async () => {
      if (from >= this.rowCount) await this.#append(count);
      const page = this.#pages.findLast(({ firstRow }) => firstRow <= from);
      if (page === undefined) throw new RangeError(`Row ${from} is not known.`);
      const batch = await this.#batchOf(page);
      return sliceBatch(batch, Math.min(from - page.firstRow, batch.rowCount), count);
    });
  }

  /** All values of one row. Raises what main answers. */
  async row(row: number): Promise<(string | null)[]> {
    return rowTexts(await this.read(row, 1), 0);
  }

  /** Reads the page in front of the first known row; resolves with the number of its rows. */
  prepend(maxRows: number): Promise<number> {
    return this.#inTurn(async () => {
      const [first] = this.#pages;
      if (!this.#hasEarlier || first === undefined) return 0;
      const batch = await this.#batchOf(first);
      const from = this.#cursorOf(batch, 0);
      const page = await this.#readPage({ direction: 'backward', from, maxRows });
      this.#hasEarlier = page.hasMore;
      const { rowCount } = page.rows;
      if (rowCount === 0) return 0;
      first.before = this.#cursorOf(page.rows, rowCount - 1);
      first.isPinned = false;
      for (const later of this.#pages) later.firstRow += rowCount;
      this.#pages.unshift(this.#mark(0, page.rows, null, this.#hasEarlier));
      return rowCount;
    });
  }

  async #append(count: number): Promise<void> {
    const last = this.#pages.at(-1);
    if (!this.#hasMore || last === undefined) return;
    const { rowCount } = this;
    const maxRows = Math.min(count, maxPageRows);
    if (this.#streamId !== null) {
      const page = await this.#reader.readOn(this.#streamId, maxRows);
      this.#hasMore = page.hasMore;
      if (page.rows.rowCount > 0) this.#pages.push(this.#mark(rowCount, page.rows, null, true));
      return;
    }
    const before = last.last;
    const page = await this.#readPage({ direction: 'forward', from: before, maxRows });
    this.#hasMore = page.hasMore;
    if (page.rows.rowCount > 0) this.#pages.push(this.#mark(rowCount, page.rows, before, false));
    this.#letGo();
  }

  async #batchOf(page: PageMark): Promise<RowBatch> {
    this.#uses += 1;
    page.lastUse = this.#uses;
    if (page.batch !== null) return page.batch;
    const { before, rowCount } = page;
    const read = await this.#readPage({
      direction: 'forward',
      from: before,
      maxRows: rowCount,
    });
    // With the same last row it is the same stretch; otherwise rows would be shown twice, or never.
    if (!isSameRow(this.#cursorOf(read.rows, rowCount - 1), page.last)) {
      throw changed('Rows were added, changed or deleted');
    }
    page.batch = read.rows;
    this.#letGo();
    return read.rows;
  }

  async #readPage(page: PageRequest): Promise<DataPage> {
    const read = await this.#reader.readPage(page);
    if (formOf(read) !== this.#form) throw changed('The columns of the table were changed');
    return read;
  }

  #mark(firstRow: number, batch: RowBatch, before: RowCursor | null, isPinned: boolean): PageMark {
    this.#uses += 1;
    const pinned = isPinned || this.#streamId !== null;
    const { rowCount } = batch;
    const last = this.#cursorOf(batch, rowCount - 1);
    return { firstRow, rowCount, before, last, batch, lastUse: this.#uses, isPinned: pinned };
  }

  /** Lets the rows go that were not used for the longest time. */
  #letGo(): void {
    const kept = this.#pages.filter(({ batch, isPinned }) => batch !== null && !isPinned);
    kept.sort((one, other) => other.lastUse - one.lastUse);
    let bytes = 0;
    for (const [index, page] of kept.entries()) {
      bytes += page.batch === null ? 0 : batchBytes(page.batch);
      if (index > 0 && bytes > keptBytes) page.batch = null;
    }
  }

  /** The place of a row; all NULL for one that is not there. */
  #cursorOf(batch: RowBatch, row: number): RowCursor {
    if (row < 0 || row >= batch.rowCount) return this.#cursorColumns.map(() => null);
    return this.#cursorColumns.map((column) => cellText(batch, row, column));
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(task);
    this.#tail = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }
}

const isSameRow = (one: RowCursor, other: RowCursor): boolean =>
  one.every((value, index) => value === other[index]);

const formOf = ({ columns, cursorColumns }: DataPage): string =>
  JSON.stringify([columns.map(({ name, typeOid }) => [name, typeOid]), cursorColumns]);

/** What was read no longer goes together with what the server has. */
const changed = (what: string): CallError =>
  new CallError({ kind: 'NotFound', message: `${what} in the meantime: reload the table.` });
