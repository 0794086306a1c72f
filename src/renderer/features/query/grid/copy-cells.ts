import { copyText } from '../clipboard';
import { type CopyFormat, formatCells } from './copy-formats';
import type { RowSource } from './row-source';
import type { CellRange } from './selection';

/**
 * Puts cells on the clipboard and returns what happened in one line. `relation` is what the format
 * "insert" inserts into.
 */
export function copyCells(
  source: RowSource,
  range: CellRange,
  format: CopyFormat,
  relation: string,
): string {
  if (!copyText(formatCells(source, range, format, relation))) {
    return 'The clipboard did not take the text.';
  }
  const rows = range.bottom - range.top + 1;
  const cells = rows * (range.right - range.left + 1);
  if (cells === 1) return 'Copied the value';
  const counted = rows === 1 ? '1 row' : `${rows.toLocaleString('en')} rows`;
  const isPartial = rows === source.rowCount && source.state.status !== 'complete';
  return isPartial ? `Copied the ${counted} read so far` : `Copied ${counted}`;
}
