import type { A_Expr, Node } from 'libpg-query';

/** Where one of these holds, or x is NULL, the other does not. */
const oppositeOperators: ReadonlyMap<string | undefined, string> = new Map([
  ['=', '<>'],
  ['<', '>='],
  ['>', '<='],
  ['~~', '!~~'],
  ['~~*', '!~~*'],
  ['~', '!~'],
  ['~*', '!~*'],
  ['BETWEEN', 'NOT BETWEEN'],
  ['BETWEEN SYMMETRIC', 'NOT BETWEEN SYMMETRIC'],
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
    return (
      operatorOf(right.A_Expr) === oppositeOperators.get(operatorOf(left.A_Expr)) &&
      isSame(left.A_Expr.lexpr, right.A_Expr.lexpr) &&
      isSame(left.A_Expr.rexpr, right.A_Expr.rexpr)
    );
  }
  if ('BoolExpr' in right && right.BoolExpr.boolop === 'NOT_EXPR') {
    return isSame(left, right.BoolExpr.args?.[0]);
  }
  return false;
}
