/** Types of pg_type.dat: date, timestamp, timestamptz. */
const dateTypes: ReadonlySet<number> = new Set([1082, 1114, 1184]);
const dateType = 1082;
const intervalType = 1186;
/**
 * Types that hold several of those, by what they hold: arrays, ranges, multiranges and arrays of ranges of
 * date, timestamp and timestamptz; arrays of interval.
 */
const containers: ReadonlyMap<number, number> = new Map([
  ...[1182, 1115, 1185, 3912, 3908, 3910, 4535, 4533, 4534, 3913, 3909, 3911].map(
    (oid) => [oid, dateType] as const,
  ),
  [1187, intervalType],
]);
/** The bounds that an array's text begins with where they are unusual. */
const bounds = /^(?:\[-?\d+:-?\d+\])+=/u;
const elements = /[^\s"\\{}()[\],][^"\\{}()[\],]*/gu;

const isoDate = /^\d{4,}-\d\d-\d\d/u;
const timeOnly = /^-?\d\d:\d\d:\d\d/u;
/** IntervalStyle sql_standard: its signs mean something else to the other styles (manual, 8.5.5). */
const standardInterval = /^[+-]?\d+(?:-\d| [+-]?\d+:)/u;

type Style = 'plain' | 'ambiguous' | 'unclear';

/**
 * How a value would be read by a session with another DateStyle or IntervalStyle: `ambiguous` where it
 * may be taken for something else without an error, as 02/03/2024; `unclear` where this value does not
 * tell, as infinity. Null for types whose text knows no such styles.
 */
export function styleOf(text: string, typeOid: number): Style | null {
  const element = containers.get(typeOid);
  if (element !== undefined) return styleOfAll(text, element);
  if (dateTypes.has(typeOid)) {
    if (text === '' || text.endsWith('infinity')) return 'unclear';
    return isoDate.test(text) ? 'plain' : 'ambiguous';
  }
  if (typeOid !== intervalType) return null;
  if (text === '' || timeOnly.test(text)) return 'unclear';
  return standardInterval.test(text) ? 'ambiguous' : 'plain';
}

function styleOfAll(text: string, typeOid: number): Style {
  const found = new Set<Style | null>();
  for (const [element] of text.replace(bounds, '').matchAll(elements)) {
    if (element !== 'NULL' && element !== 'empty') found.add(styleOf(element, typeOid));
  }
  if (found.has('ambiguous')) return 'ambiguous';
  return found.has('plain') ? 'plain' : 'unclear';
}

/** What to tell of such values in a script. */
export const styleAdvice =
  "Dates or intervals are written as their session shows them, which another session may take for something else. SET DateStyle = 'ISO' and IntervalStyle = 'postgres', then run the query again.";
