import type { Node, RangeVar } from 'libpg-query';
import { isNode, isObject } from '../../sql/syntax-tree';
import { ConstantFolding, isSameRelation } from './constant-folding';

/**
 * How a condition bears on the rows of its target:
 * absent; always-true (it holds for every row, or for every row without a NULL in the columns named);
 * misses-target (it names no column of the target: it takes all rows or none, or all rows of a cross
 * join); alternative-misses-target (so does one side of an OR, and so the whole);
 * may-miss-target (columns are named in subqueries only, and unqualified, so that they may be the
 * subquery's own); real.
 */
export type ConditionVerdict = 'absent' | 'always-true' | Bearing;

type Bearing = 'misses-target' | 'alternative-misses-target' | 'may-miss-target' | 'real';

/** Whether a condition tells rows of its target apart, as far as its text says. */
export const choosesRows = (verdict: ConditionVerdict): boolean =>
  verdict === 'real' || verdict === 'may-miss-target';

/** Judges the condition of an UPDATE, DELETE or MERGE against its target, given the rest of FROM or USING. */
export function judgeCondition(
  condition: Node | undefined,
  target: RangeVar | undefined,
  sources: readonly Node[] = [],
): ConditionVerdict {
  if (condition === undefined) return 'absent';
  const folding = new ConstantFolding(target, { joinedNames: namesOfItself(sources, target) });
  if (folding.truth(condition) === true) return 'always-true';
  return bearingOf(condition, folding, target?.alias?.aliasname ?? target?.relname);
}

/** The names under which a relation is joined with itself; none where anything else is joined as well. */
function namesOfItself(
  sources: readonly Node[],
  target: RangeVar | undefined,
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const source of sources) {
    if (!('RangeVar' in source) || !isSameRelation(source.RangeVar, target)) return new Set();
    const { alias, relname } = source.RangeVar;
    names.add(alias?.aliasname ?? relname ?? '');
  }
  return names;
}

/** Columns of the target: where none of them is NULL, the condition holds. Empty where it chooses more. */
export function decidingNulls(condition: Node | undefined, target: RangeVar | undefined): string[] {
  const columns = new Set<string>();
  return new ConstantFolding(target, { neverNull: columns }).truth(condition) === true
    ? [...columns]
    : [];
}

/** From the most to the least that a condition says of its target. */
const bearings = [
  'real',
  'may-miss-target',
  'alternative-misses-target',
  'misses-target',
] as const satisfies readonly Bearing[];

/** How a condition that is not always true bears on the rows of its target. */
function bearingOf(condition: Node, folding: ConstantFolding, name: string | undefined): Bearing {
  const value = folding.truth(condition);
  // Never true: it takes no row at all.
  if (value === false || value === null) return 'real';
  if ('BoolExpr' in condition && condition.BoolExpr.boolop !== 'NOT_EXPR') {
    const { boolop, args = [] } = condition.BoolExpr;
    const found = new Set(
      args.flatMap((arg) =>
        // A side that always holds adds nothing to an AND.
        folding.truth(arg) === true ? [] : bearingOf(arg, folding, name),
      ),
    );
    if (boolop === 'AND_EXPR') return bearings.find((bearing) => found.has(bearing)) ?? 'real';
    const misses = found.has('misses-target') || found.has('alternative-misses-target');
    if (misses && found.size > 1) return 'alternative-misses-target';
  }
  return mentionOf(condition, name);
}

/** The columns that an expression names without saying whose they are. */
export function plainColumnNames(expression: Node): string[] {
  const names = new Set<string>();
  const found: object[] = [expression];
  for (const next of found) {
    if (isNode(next) && 'ColumnRef' in next) {
      const [field, second] = next.ColumnRef.fields ?? [];
      if (second === undefined && field !== undefined && 'String' in field) {
        names.add(field.String.sval ?? '');
      }
    }
    found.push(...Object.values(next).filter(isObject));
  }
  return [...names];
}

/** These differ from row to row though they name no column. */
const rowByRow: ReadonlySet<string> = new Set(['random', 'random_normal', 'gen_random_uuid']);

/** How the expression names columns of the target. */
function mentionOf(
  expression: Node,
  name: string | undefined,
): 'real' | 'may-miss-target' | 'misses-target' {
  let isMaybe = false;
  const pending: { readonly item: unknown; readonly inSubquery: boolean }[] = [
    { item: expression, inSubquery: false },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { item } = next;
    if (!isObject(item)) continue;
    let { inSubquery } = next;
    if (isNode(item)) {
      if ('CurrentOfExpr' in item) return 'real';
      if ('SelectStmt' in item) inSubquery = true;
      if ('FuncCall' in item) {
        const last = item.FuncCall.funcname?.at(-1);
        if (last !== undefined && 'String' in last && rowByRow.has(last.String.sval ?? '')) {
          return 'real';
        }
      }
      if ('ColumnRef' in item) {
        const { fields = [] } = item.ColumnRef;
        const qualifier = fields.length < 2 ? undefined : fields.at(-2);
        const isName = fields.length === 1 && 'String' in (fields[0] ?? {});
        if (qualifier !== undefined) {
          if ('String' in qualifier && qualifier.String.sval === name) return 'real';
        } else if (!inSubquery && isName) return 'real';
        else isMaybe = isMaybe || isName;
      }
    }
    for (const child of Object.values(item)) pending.push({ item: child, inSubquery });
  }
  return isMaybe ? 'may-miss-target' : 'misses-target';
}
