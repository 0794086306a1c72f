import type { RowCursor } from '@shared/models/table-data';
import type { OrderItem } from './row-order';

/** A stretch of the order whose rows an index can give as they are wanted. */
export interface Stretch {
  readonly order: readonly OrderItem[];
  /** What holds for all its rows, as SQL; null for all rows. */
  readonly condition: string | null;
  /** The row behind which it begins; null for its start. */
  readonly from: RowCursor | null;
}

/**
 * The stretches of an order, from a row on or from the start. Where the first column can be NULL, rows
 * with and without a value in it are two: an OR over both would keep the server from beginning at the
 * place in the index, and NULLS FIRST or LAST against the index's own from using it at all.
 */
export function stretches(order: readonly OrderItem[], from: RowCursor | null): readonly Stretch[] {
  const [first, ...rest] = order;
  if (first === undefined || !first.nullable) return [{ order, condition: null, from }];
  const isAmongNulls = from !== null && from[0] === null;
  const values: Stretch = {
    order: [{ ...first, nullable: false, nullsFirst: false }, ...rest],
    condition: `${first.sql} IS NOT NULL`,
    from: isAmongNulls ? null : from,
  };
  const nulls: Stretch = {
    order: rest,
    condition: `${first.sql} IS NULL`,
    from: isAmongNulls ? from.slice(1) : null,
  };
  const both = first.nullsFirst ? [nulls, values] : [values, nulls];
  if (from === null) return both;
  return both.slice(both.indexOf(isAmongNulls ? nulls : values));
}
