import type { Value } from './options';

/** Whether a comparison of two constants holds, as the server would have it; undefined where only it knows. */
export function compareConstants(
  left: boolean | number | string,
  operator: string,
  right: boolean | number | string,
): Value {
  // An untyped literal takes the type of the other side: 1 = '1'.
  if (typeof left === 'number' && typeof right === 'string') right = Number(right);
  if (typeof right === 'number' && typeof left === 'string') left = Number(left);
  if (typeof left !== typeof right) return undefined;
  if (operator === '=') return left === right;
  if (operator === '<>') return left !== right;
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
