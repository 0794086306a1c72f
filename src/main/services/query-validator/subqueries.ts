import type { Node, SelectStmt, SubLink } from 'libpg-query';
import type { Value } from './options';
import { nameParts } from './relation-name';

/** What a subquery asks of the condition that it stands in. */
export interface Surroundings {
  evaluate(node: Node | undefined): Value;
  truth(condition: Node | undefined): boolean | null | undefined;
  targetColumn(node: Node): string | null;
  meetingItself(sources: readonly Node[]): Surroundings | null;
}

/** The value of a subquery where it is the same for every row; undefined where it may not be. */
export function subqueryValue(link: SubLink, around: Surroundings): Value {
  const { subLinkType, subselect } = link;
  if (subselect === undefined || !('SelectStmt' in subselect)) return undefined;
  const select = subselect.SelectStmt;
  if (!givesAll(select)) return undefined;
  // Without GROUP BY an aggregate gives a row of no rows, too.
  if (subLinkType === 'EXISTS_SUBLINK' && aggregates(select)) return true;
  const { fromClause, whereClause } = select;
  const within = fromClause === undefined ? around : around.meetingItself(fromClause);
  if (within === null) return undefined;
  if (whereClause !== undefined && within.truth(whereClause) !== true) return undefined;
  if (subLinkType === 'EXISTS_SUBLINK') return true;
  const values = (select.targetList ?? []).map((target) =>
    'ResTarget' in target ? target.ResTarget.val : undefined,
  );
  // id IN (SELECT id FROM the target itself), also as = ANY (…)
  if (subLinkType === 'ANY_SUBLINK' && isEquality(link)) {
    const asked = rowOf(link.testexpr);
    const isOwn =
      fromClause !== undefined &&
      asked.length === values.length &&
      asked.every((column, index) => isSameColumn(column, values[index], within));
    return isOwn ? true : undefined;
  }
  const [value] = values;
  return subLinkType === 'EXPR_SUBLINK' && fromClause === undefined
    ? within.evaluate(value)
    : undefined;
}

/** Whether a query gives each row that its FROM and WHERE do, or one of its own. */
const givesAll = (select: SelectStmt): boolean =>
  select.op === 'SETOP_NONE' &&
  select.withClause === undefined &&
  select.groupClause === undefined &&
  select.havingClause === undefined &&
  select.limitCount === undefined &&
  select.limitOffset === undefined &&
  // DISTINCT keeps one of alike rows, DISTINCT ON one of unlike ones; the tree of the first is [{}].
  (select.distinctClause ?? []).every((node) => Object.keys(node).length === 0);

const aggregateNames: ReadonlySet<string> = new Set(
  'array_agg avg bool_and bool_or count every json_agg jsonb_agg max min string_agg sum'.split(' '),
);

const aggregates = ({ targetList = [] }: SelectStmt): boolean =>
  targetList.some((target) => {
    const value = 'ResTarget' in target ? target.ResTarget.val : undefined;
    if (value === undefined || !('FuncCall' in value)) return false;
    const { funcname = [], over } = value.FuncCall;
    return over === undefined && aggregateNames.has(funcname.flatMap(nameParts).at(-1) ?? '');
  });

/** Whether the operator of IN and ANY is that of equality. */
export const isEquality = ({ operName: [operator] = [] }: SubLink): boolean =>
  operator === undefined || ('String' in operator && operator.String.sval === '=');

/** The expressions of a row, or the one that there is. */
const rowOf = (node: Node | undefined): readonly Node[] => {
  if (node === undefined) return [];
  return 'RowExpr' in node ? (node.RowExpr.args ?? []) : [node];
};

function isSameColumn(left: Node, right: Node | undefined, within: Surroundings): boolean {
  const column = within.targetColumn(left);
  return column !== null && right !== undefined && column === within.targetColumn(right);
}
