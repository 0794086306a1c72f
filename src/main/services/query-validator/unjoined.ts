import type { Node } from 'libpg-query';
import { isNode, isObject } from '../../sql/syntax-tree';
import { columnPath } from './relation-name';
import { nameOf } from './sources';

/**
 * Whether a condition says nothing of the relations of FROM or USING, so that each row of the target that
 * is chosen meets all of their rows. Not where it may: a column without a qualifier may be theirs, and a
 * subquery, a function or a common table expression may have one row.
 */
export function isUnjoined(
  condition: Node,
  sources: readonly Node[],
  queryNames: ReadonlySet<string>,
): boolean {
  const names = relationNames(sources, queryNames);
  if (names === null || names.length === 0) return false;
  const qualifiers = qualifiersIn(condition);
  return qualifiers !== null && !names.some((name) => qualifiers.has(name));
}

/** The names of relations that are joined; null where there is something else among them. */
function relationNames(
  sources: readonly Node[],
  queryNames: ReadonlySet<string>,
): readonly string[] | null {
  const names: string[] = [];
  const pending: (Node | undefined)[] = [...sources];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ('RangeVar' in next) {
      const { schemaname, relname = '' } = next.RangeVar;
      if (schemaname === undefined && queryNames.has(relname)) return null;
      names.push(nameOf(next.RangeVar) ?? '');
    } else if ('JoinExpr' in next) pending.push(next.JoinExpr.larg, next.JoinExpr.rarg);
    else return null;
  }
  return names;
}

/** The qualifiers of all columns in an expression; null where one has none, or the row is a cursor's. */
function qualifiersIn(expression: Node): ReadonlySet<string> | null {
  const qualifiers = new Set<string>();
  const found: object[] = [expression];
  for (const next of found) {
    if (isNode(next) && 'CurrentOfExpr' in next) return null;
    if (isNode(next) && 'ColumnRef' in next) {
      const qualifier = columnPath(next).at(-2);
      if (qualifier === undefined) return null;
      qualifiers.add(qualifier);
    }
    found.push(...Object.values(next).filter(isObject));
  }
  return qualifiers;
}
