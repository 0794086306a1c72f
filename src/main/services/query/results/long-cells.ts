import {
  endOfCell,
  lengthBytes,
  movedEnd,
  placeOfEnd,
  type CutCell,
  type RowBatch,
} from '@shared/models/row-batch';

/** Bytes of a cell that travel with its row; longer ones are sent on demand. */
const longestCell = 64 * 1024;
/** What a grid cell shows is never cut: 500 characters of four bytes. */
const shortestCut = 4 * 1024;
/** Bytes of one row that travel at once. */
const longestRow = 1024 * 1024;

/** A whole value that was taken out of its batch. */
export interface LongCell extends CutCell {
  readonly bytes: Uint8Array;
}

/** Whether cells of a batch would be cut. */
export function hasLongCells(batch: RowBatch): boolean {
  return findLongCells(batch, cutLimit(batch.columnCount)).length > 0;
}

/** At how many bytes cells are cut: with many columns earlier, so that a row stays within a megabyte. */
function cutLimit(columnCount: number): number {
  const share = Math.floor(longestRow / Math.max(1, columnCount));
  return Math.min(longestCell, Math.max(shortestCut, share));
}

/** Leaves the beginning of each long cell in the batch and gives the whole values apart. */
export function takeLongCells(
  batch: RowBatch,
  limit = cutLimit(batch.columnCount),
): { rows: RowBatch; longCells: LongCell[] } {
  const longCells = findLongCells(batch, limit);
  if (longCells.length === 0) return { rows: batch, longCells };
  const removed = longCells.reduce((sum, cell) => sum + cell.byteLength - cell.kept, 0);
  const bytes = new Uint8Array(batch.bytes.length - removed);
  const ends = batch.ends.slice();
  let read = 0;
  let written = 0;
  let cell = 0;
  const copyUpTo = (index: number, to: number): void => {
    bytes.set(batch.bytes.subarray(read, to), written);
    const shift = read - written;
    for (; cell < index; cell += 1) {
      ends[cell] = movedEnd(ends[cell] ?? 0, -shift);
    }
    written += to - read;
    read = to;
  };
  for (const { index, start, byteLength, kept } of longCells) {
    copyUpTo(index, start + kept);
    new DataView(bytes.buffer).setInt32(written - kept - lengthBytes, kept);
    ends[index] = written;
    cell = index + 1;
    read = start + byteLength;
  }
  copyUpTo(ends.length, batch.bytes.length);
  const cut = longCells.map(({ index, byteLength }) => ({ index, byteLength }));
  return { rows: { ...batch, ends, bytes, cut }, longCells };
}

function findLongCells(
  batch: RowBatch,
  limit: number,
): (LongCell & { start: number; kept: number })[] {
  const found = [];
  const { columnCount, ends } = batch;
  let rowStart = 0;
  for (let first = 0; first < ends.length; first += columnCount) {
    const rowEnd = endOfCell(batch, first + columnCount - 1);
    // Most rows have none: no cell is longer than its row.
    let previous = rowEnd - rowStart > limit ? rowStart : rowEnd;
    for (let index = first; previous < rowEnd; index += 1) {
      const end = ends[index] ?? 0;
      const start = previous + lengthBytes;
      if (end - start > limit) {
        const bytes = batch.bytes.slice(start, end);
        const kept = wholeCharacters(bytes, limit);
        found.push({ index, start, byteLength: end - start, bytes, kept });
      }
      previous = placeOfEnd(end);
    }
    rowStart = rowEnd;
  }
  return found;
}

/** At most `limit` bytes without a part of a character: bytes 10xxxxxx continue one (RFC 3629). */
function wholeCharacters(bytes: Uint8Array, limit: number): number {
  let kept = limit;
  while (kept > 0 && ((bytes[kept] ?? 0) & 0xc0) === 0x80) kept -= 1;
  return kept;
}
