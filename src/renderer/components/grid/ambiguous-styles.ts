import { styleOf } from '@shared/formats/session-style';
import type { CellTable } from './copy-formats';
import type { CellRange } from './selection';

/** Whether cells hold dates or intervals that another session may take for something else. */
export function writesAmbiguously(table: CellTable, range: CellRange): boolean {
  for (let column = range.left; column <= range.right; column += 1) {
    const typeOid = table.columns[column]?.typeOid ?? 0;
    if (styleOf('', typeOid) === null) continue;
    for (let row = range.top; row <= range.bottom; row += 1) {
      const text = table.text(row, column);
      const style = text === null ? 'unclear' : styleOf(text, typeOid);
      if (style === 'ambiguous') return true;
      if (style !== 'unclear') break;
    }
  }
  return false;
}
