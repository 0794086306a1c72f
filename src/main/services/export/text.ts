import { cellBytes, type RowBatch } from '@shared/models/row-batch';

/** The text of a cell's bytes. A byte order mark at its beginning is part of the value and stays. */
export function decodeText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** The text of a cell; null for NULL. */
export function decodeCell(batch: RowBatch, row: number, column: number): string | null {
  const bytes = cellBytes(batch, row, column);
  return bytes === null ? null : decodeText(bytes);
}
