import type { DataColumn, DataRelation } from '@shared/models/table-data';

/** Comparisons in the order in which a btree numbers its operators (manual, Index Method Strategies). */
export const comparisons = [
  'less',
  'less-or-equal',
  'equals',
  'greater-or-equal',
  'greater',
] as const;
export type Comparison = (typeof comparisons)[number];

/** An operator for each comparison, as SQL with its schema. */
export type ComparisonOperators = Readonly<Record<Comparison, string>>;

/** The operators of the server's own types, such as text and jsonb. */
export const builtInOperators: ComparisonOperators = {
  less: 'OPERATOR(pg_catalog.<)',
  'less-or-equal': 'OPERATOR(pg_catalog.<=)',
  equals: 'OPERATOR(pg_catalog.=)',
  'greater-or-equal': 'OPERATOR(pg_catalog.>=)',
  greater: 'OPERATOR(pg_catalog.>)',
};

/** A column as SQL is written for it. */
export interface ShapeColumn extends DataColumn {
  /**
   * The type below all domains without modifiers, as SQL. A cast to numeric(10,2) would round and one
   * to varchar(5) cut what a person is looking for; "character" would even mean character(1).
   */
  readonly castType: string;
  /** The same for an array's elements or a range's bounds; null for other types. */
  readonly elementType: string | null;
  /** The operators by which ORDER BY compares its values; null where they have no order. */
  readonly operators: ComparisonOperators | null;
  /** The operator that finds an array's element; null for other types, and elements without one. */
  readonly elementEquals: string | null;
  /** Whether its collation knows LIKE and its kind: one that is not deterministic may not. */
  readonly hasPatterns: boolean;
  /** Whether it is computed from other columns: nothing can be inserted into it. */
  readonly isGenerated: boolean;
  /** GENERATED ALWAYS AS IDENTITY: an INSERT has to say that its value is meant. */
  readonly isIdentityAlways: boolean;
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
