import type { Impact, ImpactTarget, RowCount } from './impact';
import { triggerEvents, type RelationFacts } from './relation-facts';

/** Tables, partitioned tables and materialized views: reading them calls no function of anybody's. */
export function isTable({ relkind }: RelationFacts): boolean {
  return relkind === 'r' || relkind === 'p' || relkind === 'm';
}

/** How many rows the planner believes there are; null before the first ANALYZE. */
export function estimateOf({ estimatedRows }: RelationFacts): RowCount | null {
  return estimatedRows === null ? null : { count: estimatedRows, isExact: false };
}

const kinds: Readonly<Record<string, string>> = {
  r: 'table',
  p: 'partitioned table',
  f: 'foreign table',
  v: 'view',
  m: 'materialized view',
  S: 'sequence',
  i: 'index',
  I: 'partitioned index',
};

/** The relation as a target, with the rows that it holds. */
export function targetOf(relation: RelationFacts, rows: RowCount | null): ImpactTarget {
  const { name, schema, relkind, partitions } = relation;
  const isTemporary = schema.startsWith('pg_temp_');
  return { name, kind: kinds[relkind] ?? 'relation', rows, partitions, isTemporary };
}

const onDelete = {
  a: 'refuse',
  r: 'refuse',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
} as const;

/** The tables that a DELETE reaches or that hold it back. */
export function referringTablesOf({ referring }: RelationFacts): Impact['referringTables'] {
  return referring.map((table) => ({ ...table, onDelete: onDelete[table.onDelete] }));
}

/** Names of the triggers that act on any of these events. */
export function triggersOf({ triggers }: RelationFacts, events: number): readonly string[] {
  return triggers.filter((trigger) => (trigger.events & events) !== 0).map(({ name }) => name);
}

/** Names of the triggers that act on TRUNCATE. */
export const truncateTriggersOf = (relation: RelationFacts): readonly string[] =>
  triggersOf(relation, triggerEvents.truncate);

/** Names of the tables that TRUNCATE ... CASCADE empties too. */
export const truncatedTooOf = ({ truncatedToo }: RelationFacts): readonly string[] =>
  truncatedToo.map(({ name }) => name);
