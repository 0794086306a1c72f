import type { DataColumn, RowSelection } from '@shared/models/table-data';
import {
  type ColumnFilter,
  type FilterOperator,
  operandsOf,
  operatorsFor,
} from '@shared/models/table-filter';

/** A condition as it is typed. */
export interface FilterDraft {
  readonly id: string;
  readonly column: string;
  readonly operator: FilterOperator;
  /** The value, or the list of an operator that takes many. */
  readonly text: string;
  /** The second value of an operator that takes two. */
  readonly second: string;
}

/** All conditions as they are typed. */
export interface SelectionDraft {
  readonly filters: readonly FilterDraft[];
  readonly where: string;
  /** What stands in the fields of the filter row, by column, as far as it is not the usual writing. */
  readonly typed?: Readonly<Record<string, TypedFilter>>;
}

/** The text of a field of the filter row, as long as the conditions of its column stay what they are. */
export interface TypedFilter {
  readonly text: string;
  readonly conditions: readonly TypedCondition[];
}

/** A typed condition apart from which it is and on which column. */
export type TypedCondition = Pick<FilterDraft, 'operator' | 'text' | 'second'>;

/** How an operator is written in the list of operators. */
export const operatorLabels: Readonly<Record<FilterOperator, string>> = {
  equals: '=',
  'not-equals': '≠',
  less: '<',
  'less-or-equal': '≤',
  greater: '>',
  'greater-or-equal': '≥',
  between: 'between',
  contains: 'contains',
  'not-contains': 'does not contain',
  'starts-with': 'starts with',
  like: 'like',
  'not-like': 'not like',
  matches: 'matches regex',
  in: 'in list',
  'not-in': 'not in list',
  'is-null': 'is NULL',
  'is-not-null': 'is not NULL',
};

/** A new condition on a column, with the operator that is wanted most. */
export function newDraft(column: DataColumn): FilterDraft {
  const [operator = 'equals'] = operatorsFor(column);
  return { id: crypto.randomUUID(), column: column.name, operator, text: '', second: '' };
}

/** The condition for another column: what was typed stays, an operator that makes no sense there does not. */
export function withColumn(draft: FilterDraft, column: DataColumn): FilterDraft {
  const operators = operatorsFor(column);
  const [first = 'equals'] = operators;
  const operator = operators.includes(draft.operator) ? draft.operator : first;
  return { ...draft, column: column.name, operator };
}

/** A condition that is in force, ready to be edited. */
export function toDraft({ id, column, operator, values }: ColumnFilter): FilterDraft {
  const isList = operandsOf[operator] === 'many';
  const [text = '', second = ''] = isList ? [values.map(quoteItem).join(', ')] : values;
  return { id, column, operator, text, second };
}

/** The conditions in force, ready to be edited; where there are none, one to begin with. */
export function toSelectionDraft(
  { filters, where }: RowSelection,
  columns: readonly DataColumn[],
  suggested: string | null,
): SelectionDraft {
  const column = columns.find(({ name }) => name === suggested) ?? columns[0];
  const isEmpty = filters.length === 0 && where === '';
  const drafts = isEmpty && column !== undefined ? [newDraft(column)] : filters.map(toDraft);
  return { filters: drafts, where };
}

/** Typed conditions as they are sent; those without a value are left out. */
export function toConditions(
  { filters, where }: SelectionDraft,
  columns: readonly DataColumn[],
): Pick<RowSelection, 'filters' | 'where'> {
  return {
    filters: completeDrafts(filters, columns).flatMap((draft) => toFilter(draft) ?? []),
    where,
  };
}

/** The conditions that have their values. */
export function completeDrafts(
  filters: readonly FilterDraft[],
  columns: readonly DataColumn[],
): readonly FilterDraft[] {
  return filters.filter((draft) => {
    if (toFilter(draft) === null) return false;
    if (operandsOf[draft.operator] !== 1 || draft.text !== '') return true;
    const column = columns.find(({ name }) => name === draft.column);
    return column === undefined || canBeEmpty(column);
  });
}

/** Whether the empty text may be a value of a column: of a text, and of types that are not known here. */
export const canBeEmpty = ({ category }: Pick<DataColumn, 'category'>): boolean =>
  category === 'text' || category === 'other';

/** A typed condition as it is sent; null while it lacks its value. */
export function toFilter({ id, column, operator, text, second }: FilterDraft): ColumnFilter | null {
  const base = { id, column, operator };
  switch (operandsOf[operator]) {
    case 0:
      return { ...base, values: [] };
    case 1:
      // An empty text is a value too, where equality is asked for.
      return text === '' && operator !== 'equals' && operator !== 'not-equals'
        ? null
        : { ...base, values: [text] };
    case 2:
      return text === '' || second === '' ? null : { ...base, values: [text, second] };
    case 'many': {
      const values = parseList(text);
      return values.length === 0 ? null : { ...base, values };
    }
  }
}

/**
 * The values of a list as it is typed: parted by commas or lines. A value with a comma, a line break,
 * a quote or space at its ends stands in double quotes, and a quote in it is doubled.
 */
export function parseList(text: string): string[] {
  const values: string[] = [];
  for (const [, quoted, plain] of text.matchAll(/[^\S\n]*"((?:[^"]|"")*)"|([^,\n]+)/gu)) {
    if (quoted !== undefined) values.push(quoted.replaceAll('""', '"'));
    else if (plain !== undefined && plain.trim() !== '') values.push(plain.trim());
  }
  return values;
}

function quoteItem(value: string): string {
  return /[",\n]|^\s|\s$|^$/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
