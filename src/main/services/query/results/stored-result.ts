import { cellBytes, type CutCell, type RowBatch } from '@shared/models/row-batch';
import { packedBytes, unpackBatch } from '../../../db/wire/packed-batch';
import { appendBatches } from './append-batches';
import { takeLongCells } from './long-cells';
import { StoredBytes, type ResultMemory } from './result-memory';
import { rowsThatFit, sliceBatch } from './slice-batch';
import type { SpillFile } from './spill-file';

/** A stretch of rows as it came from the server, its long cells apart. */
interface Page {
  readonly firstRow: number;
  readonly rowCount: number;
  /** See packedBytes. */
  readonly stored: StoredBytes;
  readonly cut: readonly (CutCell & { readonly stored: StoredBytes })[];
}

export interface AppendOptions {
  /** Rows that nobody looks at yet leave the memory to those that somebody does. */
  readonly isSeen: boolean;
}

/** The rows of one result that were read from the server, in memory or in a file, by their numbers. */
export class StoredResult {
  readonly columnCount: number;
  readonly #memory: ResultMemory;
  readonly #file: SpillFile;
  readonly #unseenBytes: number;
  readonly #pages: Page[] = [];
  #rowCount = 0;
  #byteLength = 0;
  #isClosed = false;

  /** Unseen rows are kept in memory up to `unseenBytes` of the result, and written to the file from there on. */
  constructor(options: {
    readonly columnCount: number;
    readonly memory: ResultMemory;
    readonly file: SpillFile;
    readonly unseenBytes: number;
  }) {
    this.columnCount = options.columnCount;
    this.#memory = options.memory;
    this.#file = options.file;
    this.#unseenBytes = options.unseenBytes;
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /**
   * Adds rows at the end; one call at a time. Raises DatabaseError of kind StorageFailed: none of
   * them is added then.
   */
  async append(batch: RowBatch, { isSeen }: AppendOptions): Promise<void> {
    if (batch.rowCount === 0 || this.#isClosed) return;
    const { rows, longCells } = takeLongCells(batch);
    const cut = longCells.map(({ index, byteLength, bytes }) => ({
      index,
      byteLength,
      stored: new StoredBytes(bytes, this.#file),
    }));
    const stored = new StoredBytes(packedBytes(rows), this.#file);
    const added = [stored, ...cut.map((cell) => cell.stored)];
    const isKept = isSeen || this.#byteLength < this.#unseenBytes;
    try {
      for (const bytes of added) {
        await (isKept ? this.#memory.add(bytes) : this.#memory.addToFile(bytes));
      }
    } catch (error) {
      for (const bytes of added) this.#memory.drop(bytes);
      throw error;
    }
    if (this.#isClosed) {
      for (const bytes of added) this.#memory.drop(bytes);
      return;
    }
    this.#pages.push({ firstRow: this.#rowCount, rowCount: batch.rowCount, stored, cut });
    this.#rowCount += batch.rowCount;
    this.#byteLength += added.reduce((sum, bytes) => sum + bytes.byteLength, 0);
  }

  /**
   * Rows from row `from` on, at most `count`, and no more than `maxBytes` unless the first is longer
   * than that. None beyond the last that was read. Raises DatabaseError of kind StorageFailed.
   */
  async read(from: number, count: number, maxBytes: number): Promise<RowBatch> {
    const parts: RowBatch[] = [];
    let row = from;
    let left = maxBytes;
    const end = Math.min(this.#rowCount, from + count);
    for (let page = this.#pageOf(from); row < end && left > 0; page = this.#pageOf(row)) {
      if (page === undefined) break;
      const batch = await this.#load(page);
      const first = row - page.firstRow;
      const fitting = rowsThatFit(batch, first, left);
      const last = Math.min(first + fitting, end - page.firstRow);
      const part = sliceBatch(batch, first, last);
      // The first row comes whatever its size; of the next page only what still fits.
      if (parts.length > 0 && part.bytes.length > left) break;
      parts.push(part);
      left -= part.bytes.length;
      row += part.rowCount;
      if (last < page.rowCount) break;
    }
    const [only] = parts;
    if (only !== undefined && parts.length === 1) return only;
    return { ...appendBatches(parts), columnCount: this.columnCount };
  }

  /** One whole cell as the server sent it, null for NULL. Raises RangeError for a row that was not read. */
  async readCell(row: number, column: number): Promise<Uint8Array | null> {
    const page = this.#pageOf(row);
    if (page === undefined) throw new RangeError(`Row ${row} has not been read.`);
    const index = (row - page.firstRow) * this.columnCount + column;
    const long = page.cut.find((cell) => cell.index === index);
    if (long !== undefined) return this.#memory.read(long.stored);
    const bytes = cellBytes(await this.#load(page), row - page.firstRow, column);
    return bytes === null ? null : bytes.slice();
  }

  /** Gives the memory back and deletes the file. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { stored, cut } of this.#pages) {
      this.#memory.drop(stored);
      for (const cell of cut) this.#memory.drop(cell.stored);
    }
    this.#pages.length = 0;
    this.#rowCount = 0;
    await this.#file.close();
  }

  async #load(page: Page): Promise<RowBatch> {
    const batch = unpackBatch(await this.#memory.read(page.stored), {
      rowCount: page.rowCount,
      columnCount: this.columnCount,
    });
    return page.cut.length === 0 ? batch : { ...batch, cut: page.cut };
  }

  #pageOf(row: number): Page | undefined {
    let low = 0;
    let high = this.#pages.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#pages[middle]?.firstRow ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    const page = this.#pages[low];
    const isInside = page !== undefined && row >= 0 && row < page.firstRow + page.rowCount;
    return isInside ? page : undefined;
  }
}
