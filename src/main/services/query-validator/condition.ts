import type { Node, RangeVar, SubLink } from 'libpg-query';
import { isNode, isObject } from '../../sql/syntax-tree';
import { ConstantFolding } from './constant-folding';
import { columnPath } from './relation-name';
import { bindsName, nameOf } from './sources';
import { isEquality } from './subqueries';
import { isUnjoined } from './unjoined';

/**
 * How a condition bears on the rows of its target:
 * absent; always-true (it holds for every row, or for every row without a NULL in the columns named);
 * misses-target (it does not depend on the row: it takes all rows or none, or all rows of a cross
 * join); alternative-misses-target (so does one side of an OR, and so the whole);
 * unjoined (it chooses rows, and says nothing of the tables that they are joined with);
 * may-miss-target (columns are named in subqueries only, and unqualified, so that they may be the
 * subquery's own); real.
 */
export type ConditionVerdict = 'absent' | 'always-true' | 'unjoined' | Bearing;

type Bearing = 'misses-target' | 'alternative-misses-target' | 'may-miss-target' | 'real';

/** Whether a condition tells rows of its target apart, as far as its text says. */
export const choosesRows = (verdict: ConditionVerdict): boolean =>
  verdict === 'real' || verdict === 'may-miss-target';

/** What else bears on a condition of an UPDATE, DELETE or MERGE. */
interface ConditionContext {
  /** The rest of FROM or USING. */
  readonly sources?: readonly Node[] | undefined;
  /** Names of common table expressions, which hide relations. */
  readonly queryNames?: ReadonlySet<string>;
}

/** Judges the condition of an UPDATE, DELETE or MERGE against its target. */
export function judgeCondition(
  condition: Node | undefined,
  target: RangeVar | undefined,
  { sources = [], queryNames = new Set() }: ConditionContext = {},
): ConditionVerdict {
  if (condition === undefined) return 'absent';
  const folding = new ConstantFolding(target, { queryNames });
  const value = folding.truth(condition);
  // Never true: it takes no row at all.
  if (value === false || value === null) return 'real';
  if (value === true || folding.meetingItself(sources)?.truth(condition) === true) {
    return 'always-true';
  }
  const bearing = bearingOf(condition, folding, nameOf(target));
  return bearing === 'real' && isUnjoined(condition, sources, queryNames) ? 'unjoined' : bearing;
}

/** Columns of the target: where none of them is NULL, the condition holds. Empty where it chooses more. */
export function decidingNulls(
  condition: Node | undefined,
  target: RangeVar | undefined,
  queryNames: ReadonlySet<string>,
): string[] {
  const columns = new Set<string>();
  const folding = new ConstantFolding(target, { neverNull: columns, queryNames });
  return folding.truth(condition) === true ? [...columns] : [];
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
  const pending: Part[] = [{ item: expression, inSubquery: false, isHidden: false }];
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    const { item, isHidden } = part;
    if (!isObject(item)) continue;
    let { inSubquery } = part;
    let children: readonly unknown[] = Object.values(item);
    if (isNode(item)) {
      if ('CurrentOfExpr' in item) return 'real';
      if ('SelectStmt' in item) inSubquery = true;
      if ('FuncCall' in item) {
        const last = item.FuncCall.funcname?.at(-1);
        if (last !== undefined && 'String' in last && rowByRow.has(last.String.sval ?? '')) {
          return 'real';
        }
      }
      if ('SubLink' in item && !isHidden) children = withoutOwnColumn(item.SubLink, name);
      if ('ColumnRef' in item) {
        const path = columnPath(item);
        const qualifier = path.at(-2);
        if (qualifier !== undefined) {
          if (qualifier === name && !isHidden) return 'real';
        } else if (!inSubquery && path.length > 0) return 'real';
        else isMaybe = isMaybe || path.length > 0;
      }
    }
    const hides = 'fromClause' in item && bindsName(nodesOf(item.fromClause), name);
    for (const child of children) {
      pending.push({ item: child, inSubquery, isHidden: isHidden || hides });
    }
  }
  return isMaybe ? 'may-miss-target' : 'misses-target';
}

const nodesOf = (value: unknown): readonly Node[] =>
  Array.isArray(value) ? value.filter(isNode) : [];

/** A part of an expression that is looked at. */
interface Part {
  readonly item: unknown;
  readonly inSubquery: boolean;
  /** Whether something in FROM of a subquery has the name of the target. */
  readonly isHidden: boolean;
}

/**
 * What a subquery and its condition depend on: a column of the target that the subquery gives back, as
 * WHERE id IN (SELECT t.id FROM u), is left out of it, since each row equals itself.
 */
function withoutOwnColumn(link: SubLink, name: string | undefined): readonly unknown[] {
  const { subLinkType, testexpr, subselect } = link;
  const all = [testexpr, subselect];
  if (subLinkType !== 'ANY_SUBLINK' || !isEquality(link) || testexpr === undefined) return all;
  if (subselect === undefined || !('SelectStmt' in subselect)) return all;
  const { targetList = [], ...rest } = subselect.SelectStmt;
  const [target] = targetList;
  const value = target !== undefined && 'ResTarget' in target ? target.ResTarget.val : undefined;
  const given = value === undefined ? [] : columnPath(value);
  const asked = columnPath(testexpr);
  const isOwn =
    given.at(-2) === name &&
    given.at(-1) === asked.at(-1) &&
    (asked.at(-2) ?? name) === name &&
    !bindsName(rest.fromClause ?? [], name);
  return isOwn ? [{ SelectStmt: rest }] : all;
}
