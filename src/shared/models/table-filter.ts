import { z } from 'zod';

/** What the type of a column is good for, from pg_type.typcategory. */
export const columnCategories = [
  'text',
  'number',
  'boolean',
  'time',
  'json',
  'array',
  'range',
  'other',
] as const;
export type ColumnCategory = (typeof columnCategories)[number];

export const filterOperators = [
  'equals',
  'not-equals',
  'less',
  'less-or-equal',
  'greater',
  'greater-or-equal',
  'between',
  'contains',
  'not-contains',
  'starts-with',
  'like',
  'not-like',
  'matches',
  'in',
  'not-in',
  'is-null',
  'is-not-null',
] as const;
export type FilterOperator = (typeof filterOperators)[number];

/** How many values an operator takes; `many` is one or more. */
export const operandsOf: Readonly<Record<FilterOperator, 0 | 1 | 2 | 'many'>> = {
  equals: 1,
  'not-equals': 1,
  less: 1,
  'less-or-equal': 1,
  greater: 1,
  'greater-or-equal': 1,
  between: 2,
  contains: 1,
  'not-contains': 1,
  'starts-with': 1,
  like: 1,
  'not-like': 1,
  matches: 1,
  in: 'many',
  'not-in': 'many',
  'is-null': 0,
  'is-not-null': 0,
};

/** A condition on one column. */
export const columnFilterSchema = z
  .object({
    /** Names the condition in an error: `field` is then "filter:" and this. */
    id: z.string().min(1).max(64),
    column: z.string().min(1),
    operator: z.enum(filterOperators),
    /** As typed; the server reads them as values of the column's type. */
    values: z.array(z.string()).max(10_000),
  })
  .refine(
    ({ operator, values }) => {
      const wanted = operandsOf[operator];
      return wanted === 'many' ? values.length > 0 : values.length === wanted;
    },
    { message: 'The condition lacks a value or has too many.', path: ['values'] },
  );
export type ColumnFilter = z.infer<typeof columnFilterSchema>;

const everywhere: readonly FilterOperator[] = ['is-null', 'is-not-null'];
const comparisons: readonly FilterOperator[] = [
  'equals',
  'not-equals',
  'less',
  'less-or-equal',
  'greater',
  'greater-or-equal',
  'between',
  'in',
  'not-in',
];
const containment: readonly FilterOperator[] = ['contains', 'not-contains'];
const patterns: readonly FilterOperator[] = ['starts-with', 'like', 'not-like', 'matches'];

/** The operators that make sense for a column, the most wanted first. */
export function operatorsFor(column: {
  readonly category: ColumnCategory;
  readonly isComparable: boolean;
}): readonly FilterOperator[] {
  switch (column.category) {
    case 'text':
      return [...containment, ...comparisons, ...patterns, ...everywhere];
    case 'boolean':
      return ['equals', 'not-equals', ...everywhere];
    case 'json':
      return [...containment, 'equals', 'not-equals', 'matches', ...everywhere];
    case 'array':
    case 'range':
      return [
        ...containment,
        ...(column.isComparable ? comparisons : []),
        'matches',
        ...everywhere,
      ];
    case 'number':
    case 'time':
    case 'other':
      return [
        ...(column.isComparable ? comparisons : (['equals', 'not-equals'] as const)),
        ...containment,
        ...patterns,
        ...everywhere,
      ];
  }
}
