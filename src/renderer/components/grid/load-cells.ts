import { cellText, cutLength, type RowBatch } from '@shared/models/row-batch';
import type { CellTable } from './copy-formats';
import type { RowSource } from './row-source';
import type { CellRange } from './selection';

/** Text that is gathered for the clipboard at most. Bytes. */
const longestCopy = 256 * 1024 * 1024;

/** What is to be copied is longer than a clipboard can be trusted with. */
class CopyTooLong extends Error {}

/**
 * The cells of a range, whole: those in the window as they are, the others from main. Raises
 * CopyTooLong, and what main answers.
 */
export async function loadCells(source: RowSource, range: CellRange): Promise<CellTable> {
  const batches: { readonly firstRow: number; readonly batch: RowBatch }[] = [];
  const longCells = new Map<string, string | null>();
  let bytes = 0;
  const count = (length: number): void => {
    bytes += length;
    if (bytes > longestCopy) {
      throw new CopyTooLong('More than 256 MB: export the result to a file instead.');
    }
  };
  for (let row = range.top; row <= range.bottom;) {
    const { rows } = await source.readRange(row, range.bottom - row + 1);
    if (rows.rowCount === 0) throw new RangeError(`Row ${row} has not been read.`);
    count(rows.bytes.length);
    batches.push({ firstRow: row, batch: rows });
    for (const { index, byteLength } of rows.cut ?? []) {
      const column = index % rows.columnCount;
      if (column < range.left || column > range.right) continue;
      count(byteLength);
      const cellRow = row + Math.floor(index / rows.columnCount);
      longCells.set(`${cellRow}:${column}`, await source.wholeText(cellRow, column));
    }
    row += rows.rowCount;
  }
  let latest = 0;
  return {
    columns: source.columns,
    text(row, column) {
      while (row < (batches[latest]?.firstRow ?? 0)) latest -= 1;
      while (row >= (batches[latest + 1]?.firstRow ?? Number.POSITIVE_INFINITY)) latest += 1;
      const found = batches[latest];
      if (found === undefined) throw new RangeError(`Row ${row} was not loaded.`);
      const rowInBatch = row - found.firstRow;
      return cutLength(found.batch, rowInBatch, column) === null
        ? cellText(found.batch, rowInBatch, column)
        : (longCells.get(`${row}:${column}`) ?? null);
    },
  };
}

/** Whether every cell of a range is whole in the window. */
export function areCellsHere(source: RowSource, { top, bottom, left, right }: CellRange): boolean {
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) {
      if (!source.hasText(row, column)) return false;
    }
  }
  return true;
}
