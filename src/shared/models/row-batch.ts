/**
 * Rows as one buffer of bytes and one of offsets: the exact text that the server sent, without one
 * object per cell. Cell i (row-major) ends at byte `ends[i]`; a NULL is written `~end`, so that it
 * stays apart from the empty string. A cell begins where its predecessor ends.
 */
export interface RowBatch {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly ends: Int32Array;
  readonly bytes: Uint8Array;
}

const decoder = new TextDecoder();

const endOf = (encoded: number): number => (encoded < 0 ? ~encoded : encoded);

/** The text of one cell as the server sent it, or null for NULL. Raises RangeError outside the batch. */
export function cellText(batch: RowBatch, row: number, column: number): string | null {
  const index = row * batch.columnCount + column;
  const encoded = batch.ends[index];
  if (encoded === undefined || column < 0 || column >= batch.columnCount) {
    throw new RangeError(`No cell at row ${row}, column ${column}.`);
  }
  if (encoded < 0) return null;
  const previous = index === 0 ? 0 : endOf(batch.ends[index - 1] ?? 0);
  return decoder.decode(batch.bytes.subarray(previous, encoded));
}

/** All cells of one row. */
export function rowTexts(batch: RowBatch, row: number): (string | null)[] {
  return Array.from({ length: batch.columnCount }, (_, column) => cellText(batch, row, column));
}

/** The memory that a batch holds, in bytes. */
export function batchBytes(batch: RowBatch): number {
  return batch.ends.byteLength + batch.bytes.byteLength;
}
