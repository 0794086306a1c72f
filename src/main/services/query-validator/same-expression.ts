import type { Node } from 'libpg-query';
import { isNode, isObject } from '../../sql/syntax-tree';
import { isVolatileFunction } from './builtin-functions';
import { nameParts } from './relation-name';

/** Where the parts of an expression stand in the text, under all the names that the tree has for it. */
const places: ReadonlySet<string> = new Set([
  'location',
  'list_start',
  'list_end',
  'rexpr_list_start',
  'rexpr_list_end',
]);

const withoutPlaces = (key: string, value: unknown): unknown =>
  places.has(key) ? undefined : value;

/** Whether two expressions are written alike and give the same value each time. */
export function isSameExpression(left: Node, right: Node): boolean {
  return (
    JSON.stringify(left, withoutPlaces) === JSON.stringify(right, withoutPlaces) &&
    !callsVolatile(left)
  );
}

/** Whether an expression calls a function that may give another value each time. */
export function callsVolatile(expression: object): boolean {
  if (isNode(expression) && 'FuncCall' in expression) {
    const { funcname = [] } = expression.FuncCall;
    if (isVolatileFunction(funcname.flatMap(nameParts))) return true;
  }
  return Object.values(expression).some((part) => isObject(part) && callsVolatile(part));
}
