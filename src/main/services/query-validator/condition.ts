import type { A_Const, A_Expr, Node, RangeVar } from 'libpg-query';
import { isNode, isObject } from '../../sql/syntax-tree';

/**
 * How a WHERE bears on the rows of its target:
 * absent; always-true (holds for every row, or for every row without a NULL in it);
 * misses-target (names no column of the target: it takes all rows or none, or all of a cross join);
 * real.
 */
export type ConditionVerdict = 'absent' | 'always-true' | 'misses-target' | 'real';

/** A constant's value; undefined for what depends on the row or on the moment. */
type Value = boolean | number | string | null | undefined;

/** Judges the condition of an UPDATE, DELETE or MERGE against its target relation. */
export function judgeCondition(
  condition: Node | undefined,
  target: RangeVar | undefined,
): ConditionVerdict {
  if (condition === undefined) return 'absent';
  if (evaluate(condition) === true) return 'always-true';
  return mentions(condition, target) ? 'real' : 'misses-target';
}

function evaluateConstant(constant: A_Const): Value {
  // The JSON leaves out fields with their default: {"boolval":{}} is false, {"ival":{}} is 0.
  if (constant.isnull === true) return null;
  if (constant.boolval !== undefined) return constant.boolval.boolval ?? false;
  if (constant.ival !== undefined) return constant.ival.ival ?? 0;
  if (constant.fval !== undefined) return Number(constant.fval.fval);
  return constant.sval?.sval ?? (constant.sval === undefined ? undefined : '');
}

/** The spellings that boolin() takes (PostgreSQL manual 8.6). */
function toBoolean(value: Value): Value {
  if (typeof value === 'number') return value !== 0;
  if (typeof value !== 'string') return value;
  const text = value.trim().toLowerCase();
  if (text === '1' || text === 'on') return true;
  if (text === '0' || text === 'off' || text === 'of') return false;
  if (text === '') return undefined;
  if ('true'.startsWith(text) || 'yes'.startsWith(text)) return true;
  return 'false'.startsWith(text) || 'no'.startsWith(text) ? false : undefined;
}

function evaluate(node: Node): Value {
  if ('A_Const' in node) return evaluateConstant(node.A_Const);
  if ('TypeCast' in node) {
    const value = node.TypeCast.arg === undefined ? undefined : evaluate(node.TypeCast.arg);
    const last = node.TypeCast.typeName?.names?.at(-1);
    const type = last !== undefined && 'String' in last ? last.String.sval : undefined;
    if (type === 'bool') return toBoolean(value);
    return type === 'int4' && typeof value === 'string' ? Number(value) : value;
  }
  if ('BoolExpr' in node) {
    const values = (node.BoolExpr.args ?? []).map((arg) => toBoolean(evaluate(arg)));
    if (node.BoolExpr.boolop === 'NOT_EXPR') {
      const [value] = values;
      return typeof value === 'boolean' ? !value : value;
    }
    const decisive = node.BoolExpr.boolop === 'OR_EXPR';
    if (values.includes(decisive)) return decisive;
    if (values.includes(undefined)) return undefined;
    return values.includes(null) ? null : !decisive;
  }
  if ('A_Expr' in node) return evaluateOperator(node.A_Expr);
  return undefined;
}

function evaluateOperator(expression: A_Expr): Value {
  const { lexpr, rexpr } = expression;
  const last = expression.name?.at(-1);
  const operator = last !== undefined && 'String' in last ? last.String.sval : undefined;
  if (lexpr === undefined || rexpr === undefined || operator === undefined) return undefined;
  const left = evaluate(lexpr);
  const right = evaluate(rexpr);
  if (expression.kind !== 'AEXPR_OP') return undefined;
  if (left === null || right === null) return null;
  if (left !== undefined && right !== undefined) return compare(left, operator, right);
  if (left === undefined && right === undefined && sameExpression(lexpr, rexpr)) {
    return operator === '=' || operator === '<=' || operator === '>=' ? true : undefined;
  }
  return undefined;
}

function compare(
  left: boolean | number | string,
  operator: string,
  right: boolean | number | string,
): Value {
  if (typeof left !== typeof right) return undefined;
  switch (operator) {
    case '=':
      return left === right;
    case '<>':
    case '!=':
      return left !== right;
    default:
      break;
  }
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

/** Whether two expressions are written alike. */
function sameExpression(left: Node, right: Node): boolean {
  return JSON.stringify(left, withoutLocations) === JSON.stringify(right, withoutLocations);
}

/** Whether the expression names a column that is the target's, or may be. */
function mentions(expression: Node, target: RangeVar | undefined): boolean {
  const name = target?.alias?.aliasname ?? target?.relname;
  const pending: unknown[] = [expression];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    if (!isObject(item)) continue;
    if (isNode(item)) {
      if ('CurrentOfExpr' in item) return true;
      if ('ColumnRef' in item) {
        const { fields = [] } = item.ColumnRef;
        const qualifier = fields.length < 2 ? undefined : fields.at(-2);
        if (qualifier === undefined) return true;
        if ('String' in qualifier && qualifier.String.sval === name) return true;
      }
    }
    pending.push(...Object.values(item));
  }
  return false;
}
