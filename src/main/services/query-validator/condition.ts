import type { A_Expr, Node, RangeVar } from 'libpg-query';
import { isNode, isObject } from '../../sql/syntax-tree';
import { constantValue, toBoolean, type Value } from './options';

/**
 * How a condition bears on the rows of its target:
 * absent; always-true (it holds for every row, or for every row without a NULL in the columns named);
 * misses-target (it names no column of the target: it takes all rows or none, or all rows of a cross
 * join); may-miss-target (columns are named in subqueries only, and unqualified, so that they may be
 * the subquery's own); real.
 */
export type ConditionVerdict =
  'absent' | 'always-true' | 'misses-target' | 'may-miss-target' | 'real';

/** Judges the condition of an UPDATE, DELETE or MERGE against its target relation. */
export function judgeCondition(
  condition: Node | undefined,
  target: RangeVar | undefined,
): ConditionVerdict {
  if (condition === undefined) return 'absent';
  if (toBoolean(evaluate(condition)) === true) return 'always-true';
  return mentionOf(condition, target);
}

function typeOf(node: Node): string | undefined {
  const last = 'TypeCast' in node ? node.TypeCast.typeName?.names?.at(-1) : undefined;
  return last !== undefined && 'String' in last ? last.String.sval : undefined;
}

/** Folds constants as the planner would; undefined for what only a row can tell. */
function evaluate(node: Node | undefined): Value {
  if (node === undefined) return undefined;
  if ('A_Const' in node) return constantValue(node.A_Const);
  if ('TypeCast' in node) {
    const value = evaluate(node.TypeCast.arg);
    return typeOf(node) === 'bool' ? toBoolean(value) : value;
  }
  if ('BoolExpr' in node) return evaluateLogic(node.BoolExpr.boolop, node.BoolExpr.args ?? []);
  if ('A_Expr' in node) return evaluateOperator(node.A_Expr);
  if ('CoalesceExpr' in node) {
    const first = (node.CoalesceExpr.args ?? []).map(evaluate).find((value) => value !== null);
    return first;
  }
  if ('NullTest' in node) {
    const value = evaluate(node.NullTest.arg);
    if (value === undefined) return undefined;
    return (value === null) === (node.NullTest.nulltesttype === 'IS_NULL');
  }
  if ('BooleanTest' in node) return evaluateBooleanTest(node.BooleanTest);
  if ('SubLink' in node) return evaluateSubquery(node.SubLink);
  return undefined;
}

function evaluateLogic(operator: string | undefined, args: readonly Node[]): Value {
  const values = args.map((arg) => toBoolean(evaluate(arg)));
  if (operator === 'NOT_EXPR') {
    const [value] = values;
    return typeof value === 'boolean' ? !value : value;
  }
  const decisive = operator === 'OR_EXPR';
  if (values.includes(decisive)) return decisive;
  if (decisive && args.some((arg) => args.some((other) => areOpposite(arg, other)))) return true;
  if (values.includes(undefined)) return undefined;
  return values.includes(null) ? null : !decisive;
}

/** x IS NULL and x IS NOT NULL; p and NOT p. */
function areOpposite(left: Node, right: Node): boolean {
  if ('NullTest' in left && 'NullTest' in right) {
    return (
      left.NullTest.nulltesttype !== right.NullTest.nulltesttype &&
      sameExpression(left.NullTest.arg, right.NullTest.arg)
    );
  }
  if ('BoolExpr' in right && right.BoolExpr.boolop === 'NOT_EXPR') {
    return sameExpression(left, right.BoolExpr.args?.[0]);
  }
  return false;
}

function evaluateBooleanTest(test: { arg?: Node; booltesttype?: string }): Value {
  const value = toBoolean(evaluate(test.arg));
  if (value === undefined) return undefined;
  switch (test.booltesttype ?? '') {
    case 'IS_TRUE':
      return value === true;
    case 'IS_NOT_TRUE':
      return value !== true;
    case 'IS_FALSE':
      return value === false;
    case 'IS_NOT_FALSE':
      return value !== false;
    case 'IS_UNKNOWN':
      return value === null;
    case 'IS_NOT_UNKNOWN':
      return value !== null;
    default:
      return undefined;
  }
}

/** (SELECT true) and EXISTS (SELECT 1): subqueries that read nothing. */
function evaluateSubquery(link: { subLinkType?: string; subselect?: Node }): Value {
  const { subselect } = link;
  if (subselect === undefined || !('SelectStmt' in subselect)) return undefined;
  const select = subselect.SelectStmt;
  const isPlain =
    select.op === 'SETOP_NONE' &&
    select.fromClause === undefined &&
    select.whereClause === undefined &&
    select.havingClause === undefined &&
    select.limitCount === undefined &&
    select.limitOffset === undefined;
  if (!isPlain) return undefined;
  if (link.subLinkType === 'EXISTS_SUBLINK') return true;
  const [first] = select.targetList ?? [];
  if (link.subLinkType !== 'EXPR_SUBLINK' || first === undefined) return undefined;
  return 'ResTarget' in first ? evaluate(first.ResTarget.val) : undefined;
}

function operatorOf(expression: A_Expr): string | undefined {
  const last = expression.name?.at(-1);
  return last !== undefined && 'String' in last ? last.String.sval : undefined;
}

const listItems = (node: Node | undefined): readonly Node[] =>
  node !== undefined && 'List' in node ? (node.List.items ?? []) : [];

function evaluateOperator(expression: A_Expr): Value {
  const { lexpr, rexpr, kind } = expression;
  const operator = operatorOf(expression);
  if (lexpr === undefined || rexpr === undefined || operator === undefined) return undefined;
  const shape: string = kind ?? '';
  switch (shape) {
    case 'AEXPR_OP':
      return evaluateComparison(lexpr, operator, rexpr);
    case 'AEXPR_NOT_DISTINCT':
      return sameExpression(lexpr, rexpr) ? true : undefined;
    case 'AEXPR_IN': {
      const found = listItems(rexpr).map((item) => evaluateComparison(lexpr, '=', item));
      if (found.includes(true)) return operator === '=';
      return found.every((value) => value === false) ? operator !== '=' : undefined;
    }
    case 'AEXPR_LIKE':
    case 'AEXPR_ILIKE': {
      // LIKE '%' holds for every text; only NULL escapes it.
      const pattern = evaluate(rexpr);
      const all = typeof pattern === 'string' && pattern !== '' && /^%+$/.test(pattern);
      return all && !operator.startsWith('!') ? true : undefined;
    }
    case 'AEXPR_BETWEEN':
    case 'AEXPR_BETWEEN_SYM': {
      const [low, high] = listItems(rexpr);
      if (low === undefined || high === undefined) return undefined;
      const above = toBoolean(evaluateComparison(lexpr, '>=', low));
      return above === true && toBoolean(evaluateComparison(lexpr, '<=', high)) === true
        ? true
        : undefined;
    }
    default:
      return undefined;
  }
}

function evaluateComparison(lexpr: Node, operator: string, rexpr: Node): Value {
  const left = evaluate(lexpr);
  const right = evaluate(rexpr);
  if (left === null || right === null) return null;
  if (left !== undefined && right !== undefined) return compare(left, operator, right);
  if (left === undefined && right === undefined && sameExpression(lexpr, rexpr)) {
    if (operator === '=' || operator === '<=' || operator === '>=') return true;
    return operator === '<>' || operator === '<' || operator === '>' ? false : undefined;
  }
  return undefined;
}

function compare(
  left: boolean | number | string,
  operator: string,
  right: boolean | number | string,
): Value {
  // An untyped literal takes the type of the other side: 1 = '1'.
  if (typeof left === 'number' && typeof right === 'string') right = Number(right);
  if (typeof right === 'number' && typeof left === 'string') left = Number(left);
  if (typeof left !== typeof right) return undefined;
  switch (operator) {
    case '=':
      return left === right;
    case '<>':
      return left !== right;
    default:
      break;
  }
  // Text is ordered by a collation, which only the server knows.
  if (typeof left === 'string') return undefined;
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      return undefined;
  }
}

const withoutLocations = (key: string, value: unknown): unknown =>
  key === 'location' ? undefined : value;

const columnName = (node: Node): string | undefined => {
  const last = 'ColumnRef' in node ? node.ColumnRef.fields?.at(-1) : undefined;
  return last !== undefined && 'String' in last ? last.String.sval : undefined;
};

/** Whether two expressions are written alike; id and t.id count as the same column. */
function sameExpression(left: Node | undefined, right: Node | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  if ('ColumnRef' in left && 'ColumnRef' in right) {
    const isQualified = [left, right].map((node) => (node.ColumnRef.fields?.length ?? 0) > 1);
    const name = columnName(left);
    if (isQualified[0] !== isQualified[1]) return name !== undefined && name === columnName(right);
  }
  return JSON.stringify(left, withoutLocations) === JSON.stringify(right, withoutLocations);
}

/** These differ from row to row though they name no column. */
const rowByRow: ReadonlySet<string> = new Set(['random', 'random_normal', 'gen_random_uuid']);

/** How the expression names columns of the target. */
function mentionOf(
  expression: Node,
  target: RangeVar | undefined,
): 'real' | 'may-miss-target' | 'misses-target' {
  const name = target?.alias?.aliasname ?? target?.relname;
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
