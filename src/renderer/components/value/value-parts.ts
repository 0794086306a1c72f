import type { ResultColumn } from '@shared/models/query-result';
import { parseComposite } from './literal-fields';
import { inTimeZone, timestamptzType } from './local-time';
import { parseMultirange, parseRange, type RangeBound, type RangeValue } from './range-literal';

/** Of types that are not known only this is a range without doubt: "(1,2)" may be composite, "[1,2]" a vector. */
const halfOpen = /^\[.*\)$|^\(.*\]$/su;

/** What a value consists of: a name, and the text as the server wrote it; null is NULL. */
export interface ValuePart {
  readonly label: string;
  readonly text: string | null;
  /** What is to be known of it, in words. */
  readonly note: string | null;
}

/** Types of pg_type.dat: ranges, multiranges, interval, record. */
const rangeTypes: ReadonlySet<number> = new Set([3904, 3906, 3908, 3910, 3912, 3926]);
const multirangeTypes: ReadonlySet<number> = new Set([4451, 4532, 4533, 4534, 4535, 4536]);
const intervalType = 1186;
const recordType = 2249;
/** The first oid that types of a person's own have (FirstNormalObjectId, access/transam.h). */
const firstOwnType = 16_384;

/** The parts of a value that has some; null for any other. They stand beside the text, never in its place. */
export function valueParts(
  { typeOid }: Pick<ResultColumn, 'typeOid'>,
  text: string,
): readonly ValuePart[] | null {
  if (typeOid === timestamptzType) return momentParts(text);
  if (typeOid === intervalType) return intervalParts(text);
  const isOwn = typeOid >= firstOwnType;
  if (rangeTypes.has(typeOid) || (isOwn && halfOpen.test(text))) {
    const range = parseRange(text);
    return range === null ? null : rangeParts(range, '');
  }
  if (multirangeTypes.has(typeOid)) {
    const ranges = parseMultirange(text);
    if (ranges === null) return null;
    if (ranges.length === 0) return [part('Empty', null, 'it holds no value')];
    return ranges.flatMap((range, index) => rangeParts(range, `${index + 1}. `));
  }
  if (typeOid === recordType || isOwn) {
    const fields = parseComposite(text);
    return fields === null ? null : fields.map((field, index) => part(`${index + 1}`, field));
  }
  return null;
}

function momentParts(text: string): readonly ValuePart[] | null {
  const [utc, local] = [inTimeZone(text, 'UTC'), inTimeZone(text)];
  if (utc === null || local === null) return null;
  return [
    part('As sent', text, "in the session's zone"),
    part('UTC', utc),
    part('Here', local, 'in the zone of this computer'),
  ];
}

const intervalField = /([+-]?\d+) (year|mon|day)s?/gu;
const intervalWords = { year: 'Years', mon: 'Months', day: 'Days' } as const;

/** The fields of an interval in IntervalStyle postgres (manual, 8.5.5): months, days and time are kept apart. */
function intervalParts(text: string): readonly ValuePart[] | null {
  const time = /(?:^| )([+-]?\d+:\d\d:\d\d(?:\.\d+)?)$/u.exec(text)?.[1];
  const fields = [...text.matchAll(intervalField)];
  const isWhole =
    text
      .replaceAll(intervalField, '')
      .replace(time ?? '', '')
      .trim() === '';
  if (!isWhole || text === '') return null;
  const parts = fields.flatMap(([, count = '', unit]) =>
    unit === 'year' || unit === 'mon' || unit === 'day' ? [part(intervalWords[unit], count)] : [],
  );
  return time === undefined ? parts : [...parts, part('Time', time)];
}

function rangeParts({ bounds, text }: RangeValue, prefix: string): readonly ValuePart[] {
  if (bounds === null) return [part(`${prefix}Empty`, text, 'it holds no value')];
  return [boundPart(`${prefix}From`, bounds.lower), boundPart(`${prefix}To`, bounds.upper)];
}

function boundPart(label: string, { value, isIncluded }: RangeBound): ValuePart {
  if (value === null) return part(label, '∞', 'no end on this side');
  return part(label, value, isIncluded ? 'included' : 'not included');
}

function part(label: string, text: string | null, note: string | null = null): ValuePart {
  return { label, text, note };
}
