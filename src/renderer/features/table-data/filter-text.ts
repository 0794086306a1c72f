import type { DataColumn } from '@shared/models/table-data';
import { type FilterOperator, operandsOf, operatorsFor } from '@shared/models/table-filter';
import { canBeEmpty, parseList, type TypedCondition } from './filter-draft';

/** What a field of the filter row means, or what is wrong with it. */
export type ParsedFilterText =
  | { readonly ok: true; readonly conditions: readonly TypedCondition[] }
  | { readonly ok: false; readonly problem: string };

/** A column as far as its conditions are concerned. */
export type FilteredColumn = Pick<DataColumn, 'category' | 'isComparable'>;

/** The signs before a value, the longer ones first: ">=" is not ">" before "=…". */
const signs = [
  ['!~~', 'not-like'],
  ['~~', 'like'],
  ['!*', 'not-contains'],
  ['<=', 'less-or-equal'],
  ['>=', 'greater-or-equal'],
  ['<>', 'not-equals'],
  ['!=', 'not-equals'],
  ['<', 'less'],
  ['>', 'greater'],
  ['=', 'equals'],
  ['*', 'contains'],
  ['^', 'starts-with'],
  ['~', 'matches'],
] as const satisfies readonly (readonly [string, FilterOperator])[];

const quoted = /^"(?:[^"]|"")*"$/u;
const quotedRange = /^("(?:[^"]|"")*")\s*\.\.\s*("(?:[^"]|"")*")$/u;
const list = /^(!?)\s*in\s*\((.*)\)$/isu;

/**
 * Reads the short writing of a column's conditions:
 *
 *     abc           contains (texts, JSON, arrays, ranges) or equals (other types)
 *     !abc          the opposite
 *     =a  !=a  <a  <=a  >a  >=a
 *     a..b  a..  ..b    from a to b, both included; in texts both ends stand in quotes
 *     ab%           a pattern of LIKE that takes capital and small letters alike; ~~ab_ where it has no %
 *     ^ab  *ab  ~ab starts with, contains, matches a regular expression
 *     in (a, b)  !in (a, b)
 *     null  !null
 *     a && b        both
 *
 * A value in double quotes is taken as it stands, a quote in it is doubled; `""` is the empty text.
 * JSON is always taken as it stands, and has one condition in a field. An empty text has none.
 */
export function parseFilterText(text: string, column: FilteredColumn): ParsedFilterText {
  if (text.trim() === '') return { ok: true, conditions: [] };
  const parts = column.category === 'json' ? [text] : splitConditions(text);
  const conditions: TypedCondition[] = [];
  for (const part of parts) {
    const condition = parseCondition(part.trim(), column);
    if (typeof condition === 'string') return { ok: false, problem: condition };
    conditions.push(condition);
  }
  return { ok: true, conditions };
}

/** The short writing of conditions; null where there is none that means the same. */
export function filterText(
  conditions: readonly TypedCondition[],
  column: FilteredColumn,
): string | null {
  const parts: string[] = [];
  for (const condition of conditions) {
    const part = writings(condition, column).find((candidate) =>
      means(candidate, [condition], column),
    );
    if (part === undefined) return null;
    parts.push(part);
  }
  const text = parts.join(' && ');
  return means(text, conditions, column) ? text : null;
}

/** Whether a text means these conditions. */
export function means(
  text: string,
  conditions: readonly TypedCondition[],
  column: FilteredColumn,
): boolean {
  const parsed = parseFilterText(text, column);
  return parsed.ok && areSame(parsed.conditions, conditions);
}

/** Whether the conditions of two lists are the same, one by one. */
export function areSame(
  some: readonly TypedCondition[],
  others: readonly TypedCondition[],
): boolean {
  return (
    some.length === others.length &&
    some.every(({ operator, text, second }, index) => {
      const other = others[index];
      return (
        operator === other?.operator &&
        (operandsOf[operator] === 0 || text === other.text) &&
        (operandsOf[operator] !== 2 || second === other.second)
      );
    })
  );
}

/** What an operator is written like: "ab%", "a..b". */
export const writingOf: Readonly<Record<FilterOperator, string>> = {
  equals: '=a',
  'not-equals': '!=a',
  less: '<a',
  'less-or-equal': '<=a',
  greater: '>a',
  'greater-or-equal': '>=a',
  between: 'a..b',
  contains: '*a',
  'not-contains': '!*a',
  'starts-with': '^a',
  like: 'a%',
  'not-like': '!a%',
  matches: '~a',
  in: 'in (a, b)',
  'not-in': '!in (a, b)',
  'is-null': 'null',
  'is-not-null': '!null',
};

function parseCondition(text: string, column: FilteredColumn): TypedCondition | string {
  const offered = operatorsFor(column);
  const can = (operator: FilterOperator): boolean => offered.includes(operator);
  if (text === '') return 'A condition is missing beside &&.';
  if (/^null$/iu.test(text)) return condition('is-null');
  if (/^!\s*null$/iu.test(text)) return condition('is-not-null');
  const listed = list.exec(text);
  if (listed !== null && can('in')) {
    const [, not, items = ''] = listed;
    if (parseList(items).length === 0) return 'Write the values between the parentheses.';
    return condition(not === '' ? 'in' : 'not-in', items.trim());
  }
  const sign = signs.find(([written, operator]) => text.startsWith(written) && can(operator));
  if (sign !== undefined) {
    const [written, operator] = sign;
    const rest = text.slice(written.length).trim();
    const value = valueOf(rest, column);
    if (rest === '') return missing(written, operator);
    return value === '' && !canBeEmpty(column) ? noEmptyText : condition(operator, value);
  }
  const range = can('between') && !text.startsWith('!') ? parseRange(text, column) : null;
  if (range !== null) return range;
  const isNegated = text.startsWith('!') && text.length > 1;
  const rest = isNegated ? text.slice(1).trim() : text;
  const second = isNegated ? (/^[!<>=^~]/u.exec(rest)?.[0] ?? null) : null;
  if (second !== null) {
    return `! does not go together with ${second}. A value that begins so stands in quotes.`;
  }
  return plain(rest, isNegated, column, can);
}

/** A value without a sign: what is wanted most of its column. */
function plain(
  text: string,
  isNegated: boolean,
  column: FilteredColumn,
  can: (operator: FilterOperator) => boolean,
): TypedCondition | string {
  const value = valueOf(text, column);
  if (value === '' && !canBeEmpty(column)) return noEmptyText;
  const isQuoted = value !== text;
  if (text.includes('%') && !isQuoted && can('like')) {
    return condition(isNegated ? 'not-like' : 'like', value);
  }
  // Every text contains the empty one: what is looked for is the empty text itself.
  const isContained = operatorsFor(column)[0] === 'contains' && value !== '';
  if (isContained) return condition(isNegated ? 'not-contains' : 'contains', value);
  return condition(isNegated ? 'not-equals' : 'equals', value);
}

function parseRange(text: string, column: FilteredColumn): TypedCondition | string | null {
  const isText = !['number', 'time', 'other'].includes(column.category);
  const match = isText ? quotedRange.exec(text) : /^(.*?)\s*\.\.\s*(.*)$/su.exec(text);
  // Within a value in quotes two dots are two dots.
  if (match === null || quoted.test(text)) return null;
  const [from, to] = [match[1] ?? '', match[2] ?? ''].map((end) => valueOf(end.trim(), column));
  const [hasFrom, hasTo] = [match[1] !== '', match[2] !== ''];
  if (hasFrom && hasTo) return condition('between', from, to);
  if (hasFrom) return condition('greater-or-equal', from);
  if (hasTo) return condition('less-or-equal', to);
  return 'Write a value before or after the two dots.';
}

const noEmptyText = 'The empty text is no value of this type.';

function condition(operator: FilterOperator, text = '', second = ''): TypedCondition {
  return { operator, text, second };
}

function missing(written: string, operator: FilterOperator): string {
  const empty = operator === 'equals' || operator === 'not-equals' ? ', "" for the empty text' : '';
  return `Write a value after ${written}${empty}.`;
}

function valueOf(text: string, { category }: FilteredColumn): string {
  if (category === 'json' || !quoted.test(text)) return text;
  return text.slice(1, -1).replaceAll('""', '"');
}

/** The parts between "&&", which has space around it and stands outside of quotes. */
function splitConditions(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (const { 0: found, index } of text.matchAll(/"|(?<=\s|^)&&(?=\s|$)/gu)) {
    if (found === '"') isQuoted = !isQuoted;
    else if (!isQuoted) {
      parts.push(text.slice(start, index));
      start = index + found.length;
    }
  }
  return [...parts, text.slice(start)];
}

/** All ways to write a condition, the shortest first; not each of them means it. */
function writings({ operator, text, second }: TypedCondition, column: FilteredColumn): string[] {
  if (operator === 'is-null') return ['null'];
  if (operator === 'is-not-null') return ['!null'];
  if (operator === 'in') return [`in (${text})`];
  if (operator === 'not-in') return [`!in (${text})`];
  const value = quoteValue(text);
  if (operator === 'between') return [`${text}..${second}`, `${value}..${quoteValue(second)}`];
  const sign = signs.findLast(([, candidate]) => candidate === operator)?.[0] ?? '';
  const isNegated = operator === 'not-like' || isNegationOfPlain(operator, column);
  const plainSign = isNegated ? '!' : '';
  return [plainSign, sign].flatMap((written) => [`${written}${text}`, `${written}${value}`]);
}

function isNegationOfPlain(operator: FilterOperator, column: FilteredColumn): boolean {
  return operator === (operatorsFor(column)[0] === 'contains' ? 'not-contains' : 'not-equals');
}

const quoteValue = (value: string): string => `"${value.replaceAll('"', '""')}"`;
