import type { ColumnFilter } from '@shared/models/table-filter';
import { DatabaseError } from '../../../db/errors/database-error';
import { quoteIdentifier } from '@shared/sql/identifiers';
import type { Parameters } from './parameters';
import type { RelationShape, ShapeColumn } from './relation-shape';

const textType = 'pg_catalog.text';

/** The name by which an error says that it belongs to a condition. */
export const filterField = (filter: Pick<ColumnFilter, 'id'>): string => `filter:${filter.id}`;

/**
 * A condition on one column as SQL. Values go as parameters with a cast to the column's own type, so
 * that an index can be used and a value that is none is refused by the server itself. Raises
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
  const add = (value: string): string => parameters.add(value, operand.type);
  switch (filter.operator) {
    case 'equals':
      return `${operand.sql} = ${add(first)}`;
    case 'not-equals':
      return `${operand.sql} <> ${add(first)}`;
    case 'less':
      return `${operand.sql} < ${add(first)}`;
    case 'less-or-equal':
      return `${operand.sql} <= ${add(first)}`;
    case 'greater':
      return `${operand.sql} > ${add(first)}`;
    case 'greater-or-equal':
      return `${operand.sql} >= ${add(first)}`;
    case 'between':
      return `${operand.sql} BETWEEN ${add(first)} AND ${add(second)}`;
    case 'in':
      return `${operand.sql} IN (${filter.values.map(add).join(', ')})`;
    case 'not-in':
      return `${operand.sql} NOT IN (${filter.values.map(add).join(', ')})`;
    case 'contains':
      return contains(column, sql, first, parameters);
    case 'not-contains':
      return `NOT (${contains(column, sql, first, parameters)})`;
    case 'like':
      return `${asText(column, sql)} ILIKE ${parameters.add(wholePattern(filter), textType)}`;
    case 'not-like':
      return `${asText(column, sql)} NOT ILIKE ${parameters.add(wholePattern(filter), textType)}`;
    case 'starts-with':
      return `${asText(column, sql)} ILIKE ${parameters.add(`${asPattern(first)}%`, textType)}`;
    case 'matches':
      return `${asText(column, sql)} ~ ${parameters.add(first, textType)}`;
    case 'is-null':
      return `${sql} IS NULL`;
    case 'is-not-null':
      return `${sql} IS NOT NULL`;
  }
}

/** What is compared: json has no equality of its own, jsonb has; xml, point and the like go as text. */
function operandOf(column: ShapeColumn, sql: string): { sql: string; type: string } {
  if (column.category === 'json') {
    return { sql: `${sql}::pg_catalog.jsonb`, type: 'pg_catalog.jsonb' };
  }
  if (column.isComparable) return { sql, type: column.castType };
  return { sql: `${sql}::${textType}`, type: textType };
}

function contains(column: ShapeColumn, sql: string, value: string, parameters: Parameters): string {
  const { category, elementType } = column;
  if (category === 'json') {
    return `${sql}::pg_catalog.jsonb @> ${parameters.add(value, 'pg_catalog.jsonb')}`;
  }
  if (category === 'array' && elementType !== null) {
    return `${parameters.add(value, elementType)} = ANY (${sql})`;
  }
  if (category === 'range' && elementType !== null) {
    return `${sql} @> ${parameters.add(value, elementType)}`;
  }
  return `${asText(column, sql)} ILIKE ${parameters.add(`%${asPattern(value)}%`, textType)}`;
}

/** Text types keep their own operators, which an index of trigrams may serve. */
const asText = ({ category }: ShapeColumn, sql: string): string =>
  category === 'text' ? sql : `${sql}::${textType}`;

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
