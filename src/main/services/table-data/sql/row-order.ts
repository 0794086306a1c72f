import type { SortColumn } from '@shared/models/table-data';
import { DatabaseError } from '../../../db/errors/database-error';
import { quoteIdentifier } from '@shared/sql/identifiers';
import type { Parameters } from './parameters';
import {
  builtInOperators,
  type ComparisonOperators,
  type RelationShape,
  type ShapeColumn,
} from './relation-shape';

/** One item of ORDER BY. */
export interface OrderItem {
  /** The name in the select list. */
  readonly name: string;
  /** The column as SQL. */
  readonly sql: string;
  readonly castType: string;
  /** What makes a row come after another one, and what makes them equal; with their schema. */
  readonly operators: ComparisonOperators;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  readonly nullable: boolean;
}

/** A row's place in its table. Like all system columns it has a name that no other column can have. */
const placeColumn = 'ctid';
/** Another such name, for what is selected beside a relation's columns. */
const instantColumn = 'tableoid';
const instantType = 'timestamp with time zone';

/**
 * What is selected beside a relation's columns for the place of an item, as SQL; null where the column
 * itself tells it. The text of a timestamptz is ambiguous: before PostgreSQL 18 a session whose DateStyle
 * is not ISO reads IST as the time of Israel, and does not read the LMT that it writes of old times.
 */
export function placeSql({ name, sql, castType }: OrderItem): string | null {
  if (name === placeColumn) return placeColumn;
  return castType === instantType ? `pg_catalog.timezone('UTC', ${sql}) AS ${instantColumn}` : null;
}

/** The value of an item's place as a parameter, to be compared with the item's column. */
export function placeParameter(
  { castType }: OrderItem,
  value: string,
  parameters: Parameters,
): string {
  return castType === instantType
    ? `pg_catalog.timezone('UTC', ${parameters.add(value, 'pg_catalog.timestamp')})`
    : parameters.add(value, castType);
}

/**
 * The whole order of a relation's rows: what a person asked for, then the key or the row's place, so
 * that no two rows are equal in it. In a stream equal rows keep no order, since none are skipped.
 * Raises DatabaseError of kind InvalidInput for a column that is not there or has no order.
 */
export function rowOrder(shape: RelationShape, sort: readonly SortColumn[]): readonly OrderItem[] {
  const wanted = sort.map((item) => sortItem(shape, item));
  const names = new Set(wanted.map(({ name }) => name));
  const tieBreak = tieBreakers(shape).filter(({ name }) => !names.has(name));
  // An index on what was asked for and the key then serves the whole order, read backward.
  return [...wanted, ...(isWhollyDescending(sort) ? reversed(tieBreak) : tieBreak)];
}

const isWhollyDescending = (sort: readonly SortColumn[]): boolean =>
  sort.length > 0 && sort.every(({ descending }) => descending);

function tieBreakers(shape: RelationShape): readonly OrderItem[] {
  if (shape.paging === 'stream') return [];
  if (shape.paging === 'storage') {
    return [
      {
        name: placeColumn,
        sql: placeColumn,
        castType: 'pg_catalog.tid',
        operators: builtInOperators,
        descending: false,
        nullsFirst: false,
        nullable: false,
      },
    ];
  }
  return shape.key.flatMap(({ column, descending }) =>
    shape.columns
      .filter(({ name }) => name === column)
      .map((found) => orderItem(found, descending, false)),
  );
}

function sortItem(shape: RelationShape, { column, descending, nulls }: SortColumn): OrderItem {
  const found = shape.columns.find(({ name }) => name === column);
  if (found === undefined || !found.isComparable) {
    throw new DatabaseError({
      kind: 'InvalidInput',
      field: 'sort',
      message:
        found === undefined
          ? `There is no column "${column}" to sort by (any more).`
          : `Values of type ${found.type} have no order: "${column}" cannot be sorted by.`,
      advice: 'Sort by another column.',
    });
  }
  return orderItem(found, descending, found.nullable && nulls === 'first');
}

const orderItem = (
  { name, castType, operators, nullable }: ShapeColumn,
  descending: boolean,
  nullsFirst: boolean,
): OrderItem => ({
  name,
  sql: quoteIdentifier(name),
  castType,
  operators: operators ?? builtInOperators,
  descending,
  nullsFirst,
  nullable,
});

/** The same order from its end. */
export function reversed(order: readonly OrderItem[]): readonly OrderItem[] {
  return order.map(({ name, sql, castType, operators, descending, nullsFirst, nullable }) => ({
    name,
    sql,
    castType,
    operators,
    descending: !descending,
    nullsFirst: nullable && !nullsFirst,
    nullable,
  }));
}

/**
 * The items of ORDER BY. NULLS FIRST and LAST are written only where there can be NULLs and it is not
 * the default, since an index serves no order with another place for them.
 */
export function orderBy(order: readonly OrderItem[]): string {
  return order
    .map(({ sql, descending, nullsFirst, nullable }) => {
      const direction = descending ? ' DESC' : '';
      if (!nullable || nullsFirst === descending) return `${sql}${direction}`;
      return `${sql}${direction} NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
    })
    .join(', ');
}
