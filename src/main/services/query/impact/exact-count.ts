import type { Node } from 'libpg-query';
import { Scanner } from '@shared/sql/scanner';

/**
 * A query that counts the rows which an UPDATE or DELETE of one relation would touch; null for those
 * with USING, FROM, WITH or WHERE CURRENT OF. "DELETE FROM" is followed by what may follow "SELECT ...
 * FROM", so the text is kept as it stands (PostgreSQL grammar: relation_expr_opt_alias).
 */
export function exactCountText(text: string, node: Node): string | null {
  if ('DeleteStmt' in node) {
    const { usingClause = [], withClause, whereClause } = node.DeleteStmt;
    if (usingClause.length > 0 || withClause !== undefined || isCursor(whereClause)) return null;
    const words = wordOffsets(text);
    const from = words.get('DELETE')?.to;
    if (from === undefined) return null;
    return `SELECT pg_catalog.count(*) AS count ${text.slice(from, words.get('RETURNING')?.from)}`;
  }
  if ('UpdateStmt' in node) {
    const { fromClause = [], withClause, whereClause } = node.UpdateStmt;
    if (fromClause.length > 0 || withClause !== undefined || isCursor(whereClause)) return null;
    const words = wordOffsets(text);
    const from = words.get('UPDATE')?.to;
    const set = words.get('SET')?.from;
    if (from === undefined || set === undefined) return null;
    const where = words.get('WHERE')?.from;
    const condition = where === undefined ? '' : text.slice(where, words.get('RETURNING')?.from);
    return `SELECT pg_catalog.count(*) AS count FROM ${text.slice(from, set)} ${condition}`;
  }
  return null;
}

const isCursor = (condition: Node | undefined): boolean =>
  condition !== undefined && 'CurrentOfExpr' in condition;

/** The first place of each word that stands outside brackets. */
function wordOffsets(text: string): ReadonlyMap<string, { from: number; to: number }> {
  const found = new Map<string, { from: number; to: number }>();
  const scanner = new Scanner(text);
  let depth = 0;
  while (scanner.next()) {
    if (scanner.is('(') || scanner.is('[')) depth += 1;
    else if (scanner.is(')') || scanner.is(']')) depth -= 1;
    else if (scanner.kind === 'word' && depth === 0) {
      const word = text.slice(scanner.from, scanner.to).toUpperCase();
      if (!found.has(word)) found.set(word, { from: scanner.from, to: scanner.to });
    }
  }
  return found;
}
