import { styleAdvice } from '@shared/formats/session-style';
import { errorData } from '../../api/postern';
import { copyText } from '../clipboard';
import { formatCount } from '../format-count';
import type { InsertTarget } from './column-sources';
import { type CopyFormat, formatCells } from './copy-formats';
import { areCellsHere, loadCells } from './load-cells';
import { writesAmbiguously } from './ambiguous-styles';
import type { RowSource } from './row-source';
import type { CellRange } from './selection';

/**
 * Puts cells on the clipboard and resolves with what happened in one line; it never rejects. Cells that
 * are all here are copied at once. `target` is what the format "insert" inserts into.
 */
export async function copyCells(
  source: RowSource,
  range: CellRange,
  format: CopyFormat,
  target: InsertTarget,
): Promise<string> {
  try {
    const table = areCellsHere(source, range) ? source : await loadCells(source, range);
    if (!copyText(formatCells(table, range, format, target))) {
      return 'The clipboard did not take the text.';
    }
    if (format === 'insert' && writesAmbiguously(table, range)) return `Copied. ${styleAdvice}`;
  } catch (error) {
    return `Not copied: ${errorData(error).message}`;
  }
  const rows = range.bottom - range.top + 1;
  const cells = rows * (range.right - range.left + 1);
  if (cells === 1) return 'Copied the value';
  const counted = formatCount(rows, 'row');
  const isPartial = rows === source.rowCount && source.state.status !== 'complete';
  return isPartial ? `Copied the ${counted} read so far` : `Copied ${counted}`;
}
