import type { RowCursor } from '@shared/models/table-data';
import { DatabaseError } from '../../../db/errors/database-error';
import type { Parameters } from './parameters';
import { type OrderItem, placeParameter } from './row-order';

/**
 * The condition for rows that come after a row in an order, as SQL. A keyset instead of OFFSET: the
 * server begins at the place in the index however far it is, and a row that is inserted or deleted
 * in between neither repeats nor skips another one.
 *
 * - One operator and no NULLs: a row comparison, which an index on the columns serves as a whole.
 * - Otherwise one term for each column, "equal in all before and after in this one", joined by OR,
 *   behind a bound on the first column that an index can use.
 *
 * Raises DatabaseError of kind InvalidInput when the cursor does not fit the order.
 */
export function afterCursor(
  order: readonly OrderItem[],
  cursor: RowCursor,
  parameters: Parameters,
): string {
  const [sign, otherSign] = new Set(order.map(signAfter));
  if (cursor.length !== order.length || sign === undefined) throw misfit();
  const isPlain = otherSign === undefined && order.every(({ nullable }) => !nullable);
  if (isPlain) return compareRows(order, sign, cursor, parameters);

  const places = order.map((item, index) => placeOf(item, cursor[index] ?? null, parameters));
  const terms = places.flatMap(({ after }, index) => {
    if (after === null) return [];
    const equalBefore = places.slice(0, index).map(({ equal }) => equal);
    return [`(${[...equalBefore, after].join(' AND ')})`];
  });
  const alternatives = `(${terms.join(' OR ')})`;
  const bound = places[0]?.bound ?? null;
  return bound === null ? alternatives : `${bound} AND ${alternatives}`;
}

/** The operator between a column and the value of a row that it comes after. */
const signAfter = ({ operators, descending }: OrderItem): string =>
  operators[descending ? 'less' : 'greater'];

function compareRows(
  order: readonly OrderItem[],
  sign: string,
  cursor: RowCursor,
  parameters: Parameters,
): string {
  const placeholders = order.map((item, index) => {
    const value = cursor[index] ?? null;
    if (value === null) throw misfit();
    return placeParameter(item, value, parameters);
  });
  if (order.length === 1) return `${order[0]?.sql} ${sign} ${placeholders.join('')}`;
  return `(${order.map(({ sql }) => sql).join(', ')}) ${sign} (${placeholders.join(', ')})`;
}

interface Place {
  /** Equal to the cursor's value in this column. */
  readonly equal: string;
  /** Strictly after it; null when nothing can be. */
  readonly after: string | null;
  /** What holds for equal rows and those after alike, in a form for an index; null without one. */
  readonly bound: string | null;
}

function placeOf(item: OrderItem, value: string | null, parameters: Parameters): Place {
  const { sql, operators, descending, nullsFirst, nullable } = item;
  if (value === null) {
    if (!nullable) throw misfit();
    return {
      equal: `${sql} IS NULL`,
      after: nullsFirst ? `${sql} IS NOT NULL` : null,
      // NULLs last: only they are left.
      bound: nullsFirst ? null : `${sql} IS NULL`,
    };
  }
  const placeholder = placeParameter(item, value, parameters);
  const isAfter = `${sql} ${signAfter(item)} ${placeholder}`;
  const hasNullsAfter = nullable && !nullsFirst;
  return {
    equal: `${sql} ${operators.equals} ${placeholder}`,
    after: hasNullsAfter ? `(${isAfter} OR ${sql} IS NULL)` : isAfter,
    bound: hasNullsAfter
      ? null
      : `${sql} ${operators[descending ? 'less-or-equal' : 'greater-or-equal']} ${placeholder}`,
  };
}

function misfit(): DatabaseError {
  return new DatabaseError({
    kind: 'InvalidInput',
    field: 'page',
    message: 'The place to read on from does not fit the order of the rows any more.',
    advice: 'Reload the table.',
  });
}
