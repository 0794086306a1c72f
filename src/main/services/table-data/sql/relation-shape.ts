import type { DataColumn, DataRelation } from '@shared/models/table-data';

/** A column as SQL is written for it. */
export interface ShapeColumn extends DataColumn {
  /**
   * The type below all domains without modifiers, as SQL. A cast to numeric(10,2) would round and one
   * to varchar(5) cut what a person is looking for; "character" would even mean character(1).
   */
  readonly castType: string;
  /** The same for an array's elements or a range's bounds; null for other types. */
  readonly elementType: string | null;
}

/** A column of the key, in the direction of its index. */
export interface KeyColumn {
  readonly column: string;
  readonly descending: boolean;
}

/** What the SQL for a relation's rows is built from; all of it comes from the server's catalog. */
export interface RelationShape extends Omit<DataRelation, 'columns' | 'key'> {
  readonly oid: number;
  readonly columns: readonly ShapeColumn[];
  readonly key: readonly KeyColumn[];
}
