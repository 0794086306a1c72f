import type { RowBatch } from '@shared/models/row-batch';
import { packBatch } from './packed-batch';

/** The number of cells in front of a DataRow's cells. */
const countBytes = 2;
/** Room for the few rows of most statements; it doubles for more. */
const initialBytes = 2 * 1024;
const initialCells = 128;
/** Buffers larger than this are handed over rather than copied and kept. Bytes. */
const keptBytes = 4 * 1024 * 1024;

/** What statements without rows have in common: thousands of them travel in one answer. */
const noRows: RowBatch = {
  rowCount: 0,
  columnCount: 0,
  ends: new Int32Array(0),
  bytes: new Uint8Array(0),
};

/**
 * Gathers DataRow messages into a RowBatch. A row's cells are copied in one piece, length words and
 * all: with one copy per cell, the copying would cost more than the rest of reading a result.
 */
export class RowBatchBuilder {
  #bytes = new Uint8Array(0);
  #byteLength = 0;
  #ends = new Int32Array(0);
  #cells = 0;
  #rowCount = 0;
  readonly columnCount: number;

  constructor(columnCount: number) {
    this.columnCount = columnCount;
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /** Bytes gathered so far. */
  get byteLength(): number {
    return this.#byteLength;
  }

  /**
   * Adds the body of a DataRow message, which lies in `buffer`: an int16 with the number of cells,
   * then for each an int32 length (-1 for NULL) and that many bytes (PostgreSQL manual, "Message
   * Formats"). Raises RangeError where its cells do not end with it.
   */
  append(buffer: Buffer, start = 0, end = buffer.length): void {
    const first = start + countBytes;
    const cellBytes = end - first;
    this.#reserve(cellBytes, this.columnCount);
    buffer.copy(this.#bytes, this.#byteLength, first, end);
    // From a place in the message to the same place in the batch.
    const shift = this.#byteLength - first;
    let offset = first;
    for (let column = 0; column < this.columnCount; column += 1) {
      const length = int32At(buffer, offset);
      offset += 4;
      if (length === -1) {
        this.#ends[this.#cells] = ~(offset + shift);
      } else {
        offset += length;
        this.#ends[this.#cells] = offset + shift;
      }
      this.#cells += 1;
    }
    if (offset !== end) throw new RangeError('The cells of a row do not end with it.');
    this.#byteLength += cellBytes;
    this.#rowCount += 1;
  }

  /**
   * The batch so far; the builder is empty afterwards. The copies are exactly as long as needed;
   * after a very long row the buffer itself is given away.
   */
  take(): RowBatch {
    if (this.#rowCount === 0 && this.columnCount === 0) return noRows;
    const { columnCount } = this;
    const rowCount = this.#rowCount;
    const ends = this.#ends.subarray(0, this.#cells);
    const bytes = this.#bytes.subarray(0, this.#byteLength);
    const isLarge = this.#bytes.length > keptBytes;
    const batch: RowBatch = isLarge
      ? { rowCount, columnCount, ends: ends.slice(), bytes }
      : packBatch({ rowCount, columnCount }, ends, bytes);
    if (isLarge) this.#bytes = new Uint8Array(0);
    this.#byteLength = 0;
    this.#cells = 0;
    this.#rowCount = 0;
    return batch;
  }

  #reserve(bytes: number, cells: number): void {
    if (this.#byteLength + bytes > this.#bytes.length) {
      const grown = new Uint8Array(
        Math.max(initialBytes, this.#bytes.length * 2, this.#byteLength + bytes),
      );
      grown.set(this.#bytes.subarray(0, this.#byteLength));
      this.#bytes = grown;
    }
    if (this.#cells + cells > this.#ends.length) {
      const grown = new Int32Array(
        Math.max(initialCells, this.#ends.length * 2, this.#cells + cells),
      );
      grown.set(this.#ends.subarray(0, this.#cells));
      this.#ends = grown;
    }
  }
}

/** As readInt32BE, which looks at its arguments first and takes twice as long. */
function int32At(buffer: Buffer, offset: number): number {
  return (
    ((buffer[offset] ?? 0) << 24) |
    ((buffer[offset + 1] ?? 0) << 16) |
    ((buffer[offset + 2] ?? 0) << 8) |
    (buffer[offset + 3] ?? 0)
  );
}
