import type { Value } from './options';

const isoMoment = /^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)?$/;

/**
 * A date, or a date and a time, as a number that grows with it; null for any other text. Written this
 * way, a text is ordered like the moment under any collation, and so is a timestamp in one time zone.
 */
export function momentOf(text: string): number | null {
  if (!isoMoment.test(text)) return null;
  const moment = Date.parse(text.length > 10 ? `${text.replace(' ', 'T')}Z` : text);
  return Number.isNaN(moment) ? null : moment;
}

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
  if (typeof left === 'string' && typeof right === 'string') {
    // Text is ordered by a collation, which only the server knows.
    const [first, second] = [momentOf(left), momentOf(right)];
    return first === null || second === null ? undefined : isOrdered(first, operator, second);
  }
  return isOrdered(left, operator, right);
}

function isOrdered(
  left: boolean | number | string,
  operator: string,
  right: boolean | number | string,
): Value {
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
