import { readFields } from './literal-fields';

/** One end of a range. */
export interface RangeBound {
  /** Null where the range has no end on this side. */
  readonly value: string | null;
  readonly isIncluded: boolean;
}

/** A range as the server writes it; `bounds` is null for the empty range. */
export interface RangeValue {
  readonly text: string;
  readonly bounds: { readonly lower: RangeBound; readonly upper: RangeBound } | null;
}

/** A range (PostgreSQL manual, 8.17.5); null where the text is none. */
export function parseRange(text: string): RangeValue | null {
  if (text.toLowerCase() === 'empty') return { text, bounds: null };
  const read = readRange(text, 0);
  return read === null || read.end !== text.length ? null : read.range;
}

/** The ranges of a multirange (8.17.5); null where the text is none. */
export function parseMultirange(text: string): readonly RangeValue[] | null {
  if (!text.startsWith('{') || !text.endsWith('}')) return null;
  const ranges: RangeValue[] = [];
  let position = 1;
  while (position < text.length - 1) {
    const read = readRange(text, position);
    if (read === null) return null;
    ranges.push(read.range);
    const separator = text[read.end];
    if (separator !== ',' && read.end !== text.length - 1) return null;
    position = read.end + 1;
  }
  return ranges;
}

function readRange(text: string, start: number): { range: RangeValue; end: number } | null {
  const opening = text[start];
  if (opening !== '[' && opening !== '(') return null;
  const read = readFields(text, start + 1, '])');
  if (read === null || read.fields.length !== 2) return null;
  const end = read.end + 1;
  const bounds = {
    lower: { value: read.fields[0] ?? null, isIncluded: opening === '[' },
    upper: { value: read.fields[1] ?? null, isIncluded: text[read.end] === ']' },
  };
  return { range: { text: text.slice(start, end), bounds }, end };
}
