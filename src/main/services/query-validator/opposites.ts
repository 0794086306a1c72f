import type { A_Expr, Node } from 'libpg-query';

const isDistinct = 'IS DISTINCT FROM';
const isNotDistinct = 'IS NOT DISTINCT FROM';

/** Where one of these holds, or x is NULL, the others do not. */
const oppositeOperators: ReadonlyMap<string | undefined, readonly string[]> = new Map([
  ['=', ['<>', isDistinct]],
  [isNotDistinct, ['<>', isDistinct]],
  ['<', ['>=']],
  ['>', ['<=']],
  ['~~', ['!~~']],
  ['~~*', ['!~~*']],
  ['~', ['!~']],
  ['~*', ['!~*']],
  ['BETWEEN', ['NOT BETWEEN']],
  ['BETWEEN SYMMETRIC', ['NOT BETWEEN SYMMETRIC']],
]);
const oppositeTests: ReadonlyMap<string | undefined, string> = new Map([
  ['IS_TRUE', 'IS_NOT_TRUE'],
  ['IS_FALSE', 'IS_NOT_FALSE'],
  ['IS_UNKNOWN', 'IS_NOT_UNKNOWN'],
]);

/** Whether two expressions are written alike and give the same value each time. */
export type Comparison = (left: Node | undefined, right: Node | undefined) => boolean;

/** The operator of an expression, without its schema. */
export function operatorOf(expression: A_Expr): string | undefined {
  const last = expression.name?.at(-1);
  return last !== undefined && 'String' in last ? last.String.sval : undefined;
}

/** What an expression compares by; undefined where a whole array takes part: x = ALL (y) leaves a gap to x <> ALL (y). */
function comparisonOf(expression: A_Expr): string | undefined {
  const kind: string = expression.kind ?? '';
  switch (kind) {
    case 'AEXPR_DISTINCT':
      return isDistinct;
    case 'AEXPR_NOT_DISTINCT':
      return isNotDistinct;
    case 'AEXPR_OP_ANY':
    case 'AEXPR_OP_ALL':
      return undefined;
    default:
      return operatorOf(expression);
  }
}

/** Whether one of two conditions holds wherever the other does not; left aside is what is NULL. */
export function areOpposite(left: Node, right: Node, isSame: Comparison): boolean {
  if ('NullTest' in left && 'NullTest' in right) {
    return (
      left.NullTest.nulltesttype !== right.NullTest.nulltesttype &&
      isSame(left.NullTest.arg, right.NullTest.arg)
    );
  }
  if ('BooleanTest' in left && 'BooleanTest' in right) {
    return (
      right.BooleanTest.booltesttype === oppositeTests.get(left.BooleanTest.booltesttype) &&
      isSame(left.BooleanTest.arg, right.BooleanTest.arg)
    );
  }
  if ('A_Expr' in left && 'A_Expr' in right) {
    const opposites = oppositeOperators.get(comparisonOf(left.A_Expr)) ?? [];
    return (
      opposites.includes(comparisonOf(right.A_Expr) ?? '') &&
      isSame(left.A_Expr.lexpr, right.A_Expr.lexpr) &&
      isSame(left.A_Expr.rexpr, right.A_Expr.rexpr)
    );
  }
  if ('BoolExpr' in right && right.BoolExpr.boolop === 'NOT_EXPR') {
    return isSame(left, right.BoolExpr.args?.[0]);
  }
  return false;
}
