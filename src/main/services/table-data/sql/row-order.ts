import type { SortColumn } from '@shared/models/table-data';
import { DatabaseError } from '../../../db/errors/database-error';
import { quoteIdentifier } from '@shared/sql/identifiers';
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

/** The name under which a row's place in its table is selected; no column can be called so. */
export const placeColumn = 'ctid';

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
