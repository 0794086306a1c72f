/*
 * How well a name fits what was typed: the one ranking of the search, used in main over a whole
 * catalog and in the renderer over its few lists. It works on code units in typed arrays, so that
 * hundreds of thousands of names are compared within a keystroke and without making a string.
 */

/** Names one after another: `units` as they are, `folded` in lower case, of the same length. */
export interface NameText {
  readonly units: Uint16Array;
  readonly folded: Uint16Array;
}

/** What was typed, folded and without white space. */
export interface Pattern {
  readonly units: Uint16Array;
  /** The kinds of characters that a fitting name has at least (see `characterMask`). */
  readonly mask: number;
}

/** The longest pattern that is compared; PostgreSQL cuts names at 63 bytes. */
const longestPattern = 128;

/** No name fits better than this. */
export const bestScore = 1_000;

const prefixScore = 900;
const wordScore = 780;
const initialsScore = 660;
const insideScore = 540;
/** A name in which the letters are only scattered fits no better than this. */
export const scatteredScore = 400;

/**
 * A text in lower case, unit by unit: a letter whose lower case is longer stays as it is, so that
 * both forms have the same places.
 */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from({ length: text.length }, (_, index) => {
    const unit = text.charAt(index).toLowerCase();
    return unit.length === 1 ? unit : text.charAt(index);
  }).join('');
}

function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let index = 0; index < text.length; index += 1) units[index] = text.charCodeAt(index);
  return units;
}

/** Prepares what was typed. White space separates words and is not compared itself. */
export function patternOf(typed: string): Pattern {
  const units = unitsOf(foldText(typed.replace(/\s+/gu, '')).slice(0, longestPattern));
  return { units, mask: characterMask(units, 0, units.length) };
}

/**
 * A set of bits, one for each letter of a to z, four for the digits, one for other ASCII and one for
 * the rest: a name that lacks a bit of the pattern cannot fit it.
 */
export function characterMask(folded: Uint16Array, from: number, to: number): number {
  let mask = 0;
  for (let index = from; index < to; index += 1) {
    const unit = folded[index] ?? 0;
    if (unit >= 97 && unit <= 122) mask |= 1 << (unit - 97);
    else if (unit >= 48 && unit <= 57) mask |= 1 << (26 + (unit & 3));
    else mask |= unit < 128 ? 1 << 30 : 1 << 31;
  }
  return mask;
}

/** The bits of `characterMask` for the characters with which the words of a name begin. */
export function wordStartMask({ units, folded }: NameText, from: number, to: number): number {
  let mask = 0;
  for (let at = from; at < to; at += 1) {
    if (isWordStart(units, from, at)) mask |= characterMask(folded, at, at + 1);
  }
  return mask;
}

/** Whether the name in [from, to) has the pattern's units in order: whether `scoreName` is above 0. */
export function fitsName(
  { folded }: NameText,
  from: number,
  to: number,
  { units: wanted }: Pattern,
): boolean {
  let index = 0;
  for (let at = from; at < to && index < wanted.length; at += 1) {
    if (folded[at] === wanted[index]) index += 1;
  }
  return index === wanted.length;
}

/**
 * What `scoreName` does not exceed, told without comparing: from the length, the first unit and the
 * name's `wordStartMask`.
 */
export function scoreBound(
  { folded }: NameText,
  from: number,
  to: number,
  wordStarts: number,
  { units: wanted }: Pattern,
): number {
  const rest = to - from - wanted.length;
  if (rest < 0) return 0;
  const [first] = wanted;
  if (first === undefined) return 1;
  const length = Math.min(rest, 99);
  if (folded[from] === first) return rest === 0 ? bestScore : prefixScore - length;
  // Initials begin at the start of a word too, and fit less well than a word.
  const canBeWord = (wordStarts & characterMask(wanted, 0, 1)) !== 0;
  return (canBeWord ? wordScore : insideScore) - length;
}

const isLower = (unit: number): boolean => unit >= 97 && unit <= 122;
const isUpper = (unit: number): boolean => unit >= 65 && unit <= 90;
const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;
const isWordUnit = (unit: number): boolean =>
  isLower(unit) || isUpper(unit) || isDigit(unit) || unit >= 128;

/** Whether a word begins at a place: in snake_case, in camelCase, and where digits begin. */
function isWordStart(units: Uint16Array, from: number, at: number): boolean {
  if (at === from) return true;
  const unit = units[at] ?? 0;
  const before = units[at - 1] ?? 0;
  if (!isWordUnit(before)) return isWordUnit(unit);
  return (isUpper(unit) && !isUpper(before)) || (isDigit(unit) && !isDigit(before));
}

/**
 * How well the name in [from, to) fits, from 1 to `bestScore`; 0 where it does not. Exact is above
 * prefix, then a word of the name, then initials and beginnings of its words in order ("ordit" for
 * order_items), then inside a word, then letters scattered in order. Shorter names first among equals.
 * Every name fits the empty pattern.
 */
export function scoreName(name: NameText, from: number, to: number, pattern: Pattern): number {
  const { units: wanted } = pattern;
  const rest = to - from - wanted.length;
  if (rest < 0) return 0;
  if (wanted.length === 0) return 1;
  const at = contiguousPlace(name, from, to, wanted);
  const length = Math.min(rest, 99);
  if (at === from) return rest === 0 ? bestScore : prefixScore - length;
  if (at > from) return (isWordStart(name.units, from, at) ? wordScore : insideScore) - length;
  const jumps = initials(name, from, to, wanted);
  if (jumps > 0) return initialsScore - Math.min(jumps * 4, 20) - length;
  const span = scattered(name, from, to, wanted);
  return span === 0 ? 0 : scatteredScore - Math.min((span - wanted.length) * 5, 250) - length;
}

/** Where the whole pattern stands in the name, at a word's start where it does; -1 for nowhere. */
function contiguousPlace(
  { units, folded }: NameText,
  from: number,
  to: number,
  wanted: Uint16Array,
): number {
  const last = to - wanted.length;
  const first = wanted[0];
  let inside = -1;
  for (let start = from; start <= last; start += 1) {
    if (folded[start] !== first) continue;
    let index = 1;
    while (index < wanted.length && folded[start + index] === wanted[index]) index += 1;
    if (index < wanted.length) continue;
    if (isWordStart(units, from, start)) return start;
    if (inside < 0) inside = start;
  }
  return inside;
}

/**
 * How often the pattern jumps from one word of the name to the start of a later one, when it consists
 * of beginnings of words; 0 when it does not. `places` takes the place of each unit.
 */
function initials(
  { units, folded }: NameText,
  from: number,
  to: number,
  wanted: Uint16Array,
  places?: number[],
): number {
  let at = from - 1;
  let jumps = 0;
  for (const unit of wanted) {
    if (at >= from && folded[at + 1] === unit && at + 1 < to) at += 1;
    else {
      at += 1;
      while (at < to && !(folded[at] === unit && isWordStart(units, from, at))) at += 1;
      if (at >= to) return 0;
      jumps += 1;
    }
    places?.push(at);
  }
  return jumps;
}

/** The length of the shortest-ended stretch that has the pattern's units in order; 0 for none. */
function scattered(
  { folded }: NameText,
  from: number,
  to: number,
  wanted: Uint16Array,
  places?: number[],
): number {
  let index = 0;
  let end = from;
  for (; end < to && index < wanted.length; end += 1) if (folded[end] === wanted[index]) index += 1;
  if (index < wanted.length) return 0;
  // Back from the end: the latest place of each unit draws them together.
  let start = end;
  while (index > 0) {
    start -= 1;
    if (folded[start] !== wanted[index - 1]) continue;
    index -= 1;
    places?.unshift(start);
  }
  return end - start;
}

/** A single name as `scoreName` takes it. */
function nameTextOf(name: string): NameText {
  return { units: unitsOf(name), folded: unitsOf(foldText(name)) };
}

/** `scoreName` for one name outside of an index. */
export function scoreText(name: string, pattern: Pattern): number {
  const text = nameTextOf(name);
  return scoreName(text, 0, name.length, pattern);
}

/** The places of a fitting name that the pattern stands for, to be marked; none where it does not fit. */
export function markedPlaces(name: string, pattern: Pattern): number[] {
  const text = nameTextOf(name);
  const { units: wanted } = pattern;
  if (wanted.length === 0 || wanted.length > name.length) return [];
  const at = contiguousPlace(text, 0, name.length, wanted);
  if (at >= 0) return Array.from(wanted, (_, index) => at + index);
  const places: number[] = [];
  if (initials(text, 0, name.length, wanted, places) > 0) return places;
  places.length = 0;
  scattered(text, 0, name.length, wanted, places);
  return places;
}
