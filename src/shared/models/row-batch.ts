/**
 * Rows as one buffer of bytes and one of offsets: the exact text that the server sent, without one
 * object per cell. `bytes` holds the rows as DataRow messages carry them, each cell behind the four
 * bytes of its length. Cell i (row-major) ends at byte `ends[i]` and begins four bytes behind the
 * end of its predecessor; the end of a NULL is written `~end`, which keeps it apart from ''.
 */
export interface RowBatch {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly ends: Int32Array;
  readonly bytes: Uint8Array;
  /** Cells of which only the beginning is here, by ascending index. Absent when every cell is whole. */
  readonly cut?: readonly CutCell[];
}

/** A cell that was too long to be sent along with its row: `query:read-cell` gives it whole. */
export interface CutCell {
  /** Row-major number of the cell in its batch. */
  readonly index: number;
  /** Bytes of the whole value. */
  readonly byteLength: number;
}

/** The bytes in front of each cell that say how long it is. */
export const lengthBytes = 4;
/** Rows of one batch: without columns its bytes set no limit. */
const mostRows = 1_000_000;
/** RowDescription counts columns in 16 bits (PostgreSQL manual, "Message Formats"). */
const mostColumns = 32_767;

/**
 * Whether a value of unknown origin is a batch whose offsets lie within its bytes, in order: whoever
 * reads a batch trusts them.
 */
export function isRowBatch(value: unknown): value is RowBatch {
  if (typeof value !== 'object' || value === null) return false;
  if (!('rowCount' in value && 'columnCount' in value)) return false;
  if (!('ends' in value && 'bytes' in value)) return false;
  const { rowCount, columnCount, ends, bytes } = value;
  if (!(ends instanceof Int32Array) || !(bytes instanceof Uint8Array)) return false;
  if (!isCount(rowCount, mostRows) || !isCount(columnCount, mostColumns)) return false;
  if (ends.length !== rowCount * columnCount) return false;
  let previous = 0;
  for (const end of ends) {
    const place = placeOfEnd(end);
    if (place < previous + lengthBytes || place > bytes.length) return false;
    previous = place;
  }
  return true;
}

function isCount(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}

/** The byte that an end in `ends` stands for, also that of a NULL. */
export function placeOfEnd(end: number): number {
  return end < 0 ? ~end : end;
}

/** The end in `ends` of a cell that lies so many bytes further on, also that of a NULL. */
export function movedEnd(end: number, bytes: number): number {
  return end < 0 ? ~(~end + bytes) : end + bytes;
}

/** The byte at which a cell ends, by its row-major number; 0 before the first one. */
export function endOfCell({ ends }: RowBatch, index: number): number {
  return index < 0 ? 0 : placeOfEnd(ends[index] ?? 0);
}

// A byte order mark at the beginning of a value is part of the value.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The bytes of one cell as the server sent them, or null for NULL. Raises RangeError outside the batch. */
export function cellBytes(batch: RowBatch, row: number, column: number): Uint8Array | null {
  const index = row * batch.columnCount + column;
  const end = column < 0 || column >= batch.columnCount ? undefined : batch.ends[index];
  if (end === undefined) throw new RangeError(`No cell at row ${row}, column ${column}.`);
  if (end < 0) return null;
  return batch.bytes.subarray(endOfCell(batch, index - 1) + lengthBytes, end);
}

/** The text of one cell as the server sent it, or null for NULL. Raises RangeError outside the batch. */
export function cellText(batch: RowBatch, row: number, column: number): string | null {
  const bytes = cellBytes(batch, row, column);
  return bytes === null ? null : decoder.decode(bytes);
}

/** Bytes of a whole cell of which only the beginning is in the batch; null for a cell that is whole. */
export function cutLength(batch: RowBatch, row: number, column: number): number | null {
  const index = row * batch.columnCount + column;
  return batch.cut?.find((cell) => cell.index === index)?.byteLength ?? null;
}

/** All cells of one row. */
export function rowTexts(batch: RowBatch, row: number): (string | null)[] {
  return Array.from({ length: batch.columnCount }, (_, column) => cellText(batch, row, column));
}

/** A batch of rows whose cells are bytes, null for NULL. Each row has `columnCount` cells. */
export function batchOf(
  rows: readonly (readonly (Uint8Array | null)[])[],
  columnCount: number,
): RowBatch {
  const cells = rows.flat();
  const size = cells.reduce((sum, cell) => sum + lengthBytes + (cell?.length ?? 0), 0);
  const bytes = new Uint8Array(size);
  const ends = new Int32Array(cells.length);
  let end = 0;
  for (const [index, cell] of cells.entries()) {
    end += lengthBytes;
    if (cell !== null) bytes.set(cell, end);
    end += cell?.length ?? 0;
    ends[index] = cell === null ? ~end : end;
  }
  return { rowCount: rows.length, columnCount, ends, bytes };
}

/** The memory that a batch holds, in bytes. */
export function batchBytes(batch: RowBatch): number {
  return batch.ends.byteLength + batch.bytes.byteLength;
}
