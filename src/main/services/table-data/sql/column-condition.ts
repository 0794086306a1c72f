import type { ColumnFilter } from '@shared/models/table-filter';
import { DatabaseError } from '../../../db/errors/database-error';
import { quoteIdentifier } from '@shared/sql/identifiers';
import type { Parameters } from './parameters';
import {
  builtInOperators,
  type Comparison,
  type ComparisonOperators,
  type RelationShape,
  type ShapeColumn,
} from './relation-shape';

const textType = 'pg_catalog.text';

/** The name by which an error says that it belongs to a condition. */
export const filterField = (filter: Pick<ColumnFilter, 'id'>): string => `filter:${filter.id}`;

/**
 * A condition on one column as SQL. Values go as parameters with a cast to the column's own type, so
 * that an index can be used and a value that is none is refused by the server itself. Operators are
 * those of the column's order, and elsewhere those that pg_catalog has for just these types. Raises
 * DatabaseError of kind InvalidInput for a column that is not there.
 */
export function columnCondition(
  shape: RelationShape,
  filter: ColumnFilter,
  parameters: Parameters,
): string {
  const column = shape.columns.find(({ name }) => name === filter.column);
  if (column === undefined) {
    throw new DatabaseError({
      kind: 'InvalidInput',
      field: filterField(filter),
      message: `There is no column "${filter.column}" (any more).`,
      advice: 'Choose another column.',
    });
  }
  const sql = quoteIdentifier(column.name);
  const [first = '', second = ''] = filter.values;
  const operand = operandOf(column, sql);
  const compare = (comparison: Comparison, value: string): string =>
    `${operand.sql} ${operand.operators[comparison]} ${parameters.add(value, operand.type)}`;
  const match = (operator: string, pattern: string): string =>
    `${asText(column, sql)} ${operator} ${parameters.add(pattern, textType)}`;
  const contains = (): string =>
    containsElement(column, sql, first, parameters) ?? match('ILIKE', `%${asPattern(first)}%`);
  switch (filter.operator) {
    case 'equals':
    case 'less':
    case 'less-or-equal':
    case 'greater':
    case 'greater-or-equal':
      return compare(filter.operator, first);
    case 'not-equals':
      return `NOT (${compare('equals', first)})`;
    case 'between':
      return `(${compare('greater-or-equal', first)} AND ${compare('less-or-equal', second)})`;
    case 'in':
      return isOneOf(operand, filter.values, parameters);
    case 'not-in':
      return `NOT ${isOneOf(operand, filter.values, parameters)}`;
    case 'contains':
      return contains();
    case 'not-contains':
      return `NOT (${contains()})`;
    case 'like':
      return match('ILIKE', wholePattern(filter));
    case 'not-like':
      return match('NOT ILIKE', wholePattern(filter));
    case 'starts-with':
      return match('ILIKE', `${asPattern(first)}%`);
    case 'matches':
      return match('~', first);
    case 'is-null':
      return `${sql} IS NULL`;
    case 'is-not-null':
      return `${sql} IS NOT NULL`;
  }
}

/** What is compared, with which operators and with values of which type. */
interface Operand {
  readonly sql: string;
  readonly type: string;
  readonly operators: ComparisonOperators;
  readonly isArray: boolean;
}

/** json has no equality of its own, jsonb has; xml, point and the like go as text. */
function operandOf(column: ShapeColumn, sql: string): Operand {
  const { category, castType, operators, isComparable } = column;
  if (category === 'json') {
    const type = 'pg_catalog.jsonb';
    return { sql: `${sql}::${type}`, type, operators: builtInOperators, isArray: false };
  }
  if (isComparable && operators !== null) {
    return { sql, type: castType, operators, isArray: category === 'array' };
  }
  return {
    sql: `${sql}::${textType}`,
    type: textType,
    operators: builtInOperators,
    isArray: false,
  };
}

/** IN with an operator that is named. An array of arrays would be one array of their elements. */
function isOneOf(
  { sql, type, operators, isArray }: Operand,
  values: readonly string[],
  parameters: Parameters,
): string {
  const placeholders = values.map((value) => parameters.add(value, type));
  const alternatives = isArray ? placeholders : [`ANY (ARRAY[${placeholders.join(', ')}])`];
  return `(${alternatives.map((value) => `${sql} ${operators.equals} ${value}`).join(' OR ')})`;
}

/** That an array, a range or json holds a value; null for a type that holds none. */
function containsElement(
  { category, elementType, elementEquals }: ShapeColumn,
  sql: string,
  value: string,
  parameters: Parameters,
): string | null {
  if (category === 'json') {
    return `${sql}::pg_catalog.jsonb @> ${parameters.add(value, 'pg_catalog.jsonb')}`;
  }
  if (category === 'range' && elementType !== null) {
    return `${sql} OPERATOR(pg_catalog.@>) ${parameters.add(value, elementType)}`;
  }
  if (category !== 'array' || elementType === null) return null;
  return elementEquals === null
    ? `${parameters.add(value, textType)} = ANY (${sql}::${textType}[])`
    : `${parameters.add(value, elementType)} ${elementEquals} ANY (${sql})`;
}

/**
 * What a pattern is held against. character(n) has patterns of its own, in which its padding counts as
 * it is shown. Patterns ignore case by the collation, which one that is not deterministic cannot.
 */
function asText({ castType, hasPatterns }: ShapeColumn, sql: string): string {
  const text = castType === 'bpchar' ? sql : `${sql}::${textType}`;
  return hasPatterns ? text : `${text} COLLATE pg_catalog."default"`;
}

/** The text as a pattern of LIKE that matches nothing but itself. */
const asPattern = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

/** A pattern of LIKE; the server refuses a broken one only once a row comes to its end. */
function wholePattern(filter: ColumnFilter): string {
  const [pattern = ''] = filter.values;
  if (/(?:^|[^\\])(?:\\\\)*\\$/u.test(pattern)) {
    throw new DatabaseError({
      kind: 'InvalidInput',
      field: filterField(filter),
      message: 'The pattern ends with a backslash, which takes the sign behind it as it stands.',
      advice: 'Write two backslashes to look for one.',
    });
  }
  return pattern;
}
