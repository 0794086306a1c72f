/** Types of pg_type.dat: date, timestamp, timestamptz. */
const dateTypes: ReadonlySet<number> = new Set([1082, 1114, 1184]);
const intervalType = 1186;

const isoDate = /^\d{4,}-\d\d-\d\d/u;
const timeOnly = /^-?\d\d:\d\d:\d\d/u;
/** IntervalStyle sql_standard: its signs mean something else to the other styles (manual, 8.5.5). */
const standardInterval = /^[+-]?\d+(?:-\d| [+-]?\d+:)/u;

/**
 * How a value would be read by a session with another DateStyle or IntervalStyle: `ambiguous` where it
 * may be taken for something else without an error, as 02/03/2024; `unclear` where this value does not
 * tell, as infinity. Null for types whose text knows no such styles.
 */
export function styleOf(text: string, typeOid: number): 'plain' | 'ambiguous' | 'unclear' | null {
  if (dateTypes.has(typeOid)) {
    if (text === '' || text.endsWith('infinity')) return 'unclear';
    return isoDate.test(text) ? 'plain' : 'ambiguous';
  }
  if (typeOid !== intervalType) return null;
  if (text === '' || timeOnly.test(text)) return 'unclear';
  return standardInterval.test(text) ? 'ambiguous' : 'plain';
}

/** What to tell of such values in a script. */
export const styleAdvice =
  "Dates or intervals are written as their session shows them, which another session may take for something else. SET DateStyle = 'ISO' and IntervalStyle = 'postgres', then run the query again.";
