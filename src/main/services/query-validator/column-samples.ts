import type { Node } from 'libpg-query';
import { isNode, isObject } from '../../sql/syntax-tree';
import { momentOf } from './compare-constants';
import { constantValue, type Value } from './options';

/** More constants than these are not tried: programs write long lists. */
const maximumConstants = 50;

/** Parts of an OR that are about one column and constants, with the values to try them with. */
export interface ColumnSamples {
  readonly column: string;
  readonly parts: readonly Node[];
  readonly values: readonly Value[];
}

interface Mentioned {
  readonly columns: ReadonlySet<string>;
  readonly constants: readonly Value[];
  readonly hasTests: boolean;
}

/**
 * The parts of an OR by the one column that each is about, each with values that tell whether all of
 * the column's are taken: the constants themselves and what lies between and beyond them.
 * `columnOf` names a column; null for any other node.
 */
export function columnSamples(
  parts: readonly Node[],
  columnOf: (node: Node) => string | null,
): readonly ColumnSamples[] {
  const byColumn = new Map<string, { part: Node; mentioned: Mentioned }[]>();
  for (const part of parts) {
    const mentioned = mentionedIn(part, columnOf);
    const [column, second] = mentioned === null ? [] : [...mentioned.columns];
    if (mentioned === null || column === undefined || second !== undefined) continue;
    byColumn.set(column, [...(byColumn.get(column) ?? []), { part, mentioned }]);
  }
  return [...byColumn].flatMap(([column, found]) => {
    const values = samplesAround(
      found.flatMap(({ mentioned }) => mentioned.constants),
      found.some(({ mentioned }) => mentioned.hasTests),
    );
    return values.length === 0 ? [] : [{ column, parts: found.map(({ part }) => part), values }];
  });
}

/** Null where there is more than columns, constants and what compares them. */
function mentionedIn(part: Node, columnOf: (node: Node) => string | null): Mentioned | null {
  const columns = new Set<string>();
  const constants: Value[] = [];
  let hasTests = false;
  const pending: object[] = [part];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (isNode(next)) {
      if ('A_Const' in next) {
        constants.push(constantValue(next.A_Const));
        continue;
      }
      if ('ColumnRef' in next) {
        const column = columnOf(next);
        if (column === null) return null;
        columns.add(column);
        continue;
      }
      if ('BooleanTest' in next) hasTests = true;
      else if (!('BoolExpr' in next || 'A_Expr' in next || 'List' in next || 'String' in next)) {
        return null;
      }
    }
    pending.push(...Object.values(next).filter(isObject));
  }
  return { columns, constants, hasTests };
}

function samplesAround(constants: readonly Value[], hasTests: boolean): readonly Value[] {
  const distinct = [...new Set(constants)];
  if (distinct.length > maximumConstants) return [];
  if (distinct.every((value) => typeof value === 'boolean')) {
    return distinct.length > 0 || hasTests ? [true, false] : [];
  }
  if (distinct.every((value) => typeof value === 'string')) {
    const moments = distinct.map(momentOf).filter((moment) => moment !== null);
    if (moments.length > 0 && moments.length === distinct.length) {
      return [...distinct, ...betweenAndBeyond(moments, dayMs).map(isoText)];
    }
    // Longer than each of them, and so none of them.
    return [...distinct, `${distinct.join('')}.`];
  }
  const numbers = distinct.filter((value) => typeof value === 'number');
  if (numbers.length === 0 || numbers.length < distinct.length) return [];
  return [...numbers, ...betweenAndBeyond(numbers, 1)];
}

const dayMs = 86_400_000;

const isoText = (moment: number): string => new Date(moment).toISOString().replace('Z', '');

/** What lies between numbers, and a step below and above them. */
function betweenAndBeyond(numbers: readonly number[], step: number): readonly number[] {
  const ordered = [...numbers].sort((a, b) => a - b);
  return [
    (ordered[0] ?? 0) - step,
    ...ordered.map((value, index) => {
      const next = ordered[index + 1];
      return next === undefined ? value + step : (value + next) / 2;
    }),
  ];
}
