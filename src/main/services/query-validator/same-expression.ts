import type { Node } from 'libpg-query';
import { isNode, isObject } from '../../sql/syntax-tree';
import { isVolatileFunction } from './builtin-functions';
import { openValue } from './options';
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

/** A constant in the tree of which only the moment knows the value. */
const openConstant = JSON.stringify({ sval: { sval: openValue } }).slice(1, -1);

/** Whether two expressions are written alike and give the same value each time. */
export function isSameExpression(left: Node, right: Node): boolean {
  const written = JSON.stringify(left, withoutPlaces);
  return (
    written === JSON.stringify(right, withoutPlaces) &&
    !written.includes(openConstant) &&
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
