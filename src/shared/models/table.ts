import { z } from 'zod';

export const relationKinds = [
  'table',
  'partitioned table',
  'view',
  'materialized view',
  'foreign table',
  'sequence',
] as const;
export const relationKindSchema = z.enum(relationKinds);

/** A relation of a schema as the tree lists it. */
export const tableSchema = z.object({
  oid: z.number().int(),
  schema: z.string(),
  name: z.string(),
  kind: relationKindSchema,
  owner: z.string(),
  /** The planner's estimate (pg_class.reltuples) as text; null when the relation was never analysed. */
  estimatedRows: z.string().nullable(),
  /** The partitioned table that this one is a partition of. */
  partitionOf: z.object({ schema: z.string(), name: z.string() }).nullable(),
  /** Whether the current user may SELECT from it. */
  canSelect: z.boolean(),
  comment: z.string().nullable(),
});
export type Table = z.infer<typeof tableSchema>;

export const columnSchema = z.object({
  /** pg_attribute.attnum */
  number: z.number().int(),
  name: z.string(),
  /** As format_type() writes it, with modifiers: "numeric(10,2)". */
  type: z.string(),
  nullable: z.boolean(),
  /** The default's or generation expression as SQL; null when there is none. */
  default: z.string().nullable(),
  identity: z.enum(['always', 'by default']).nullable(),
  generated: z.enum(['stored', 'virtual']).nullable(),
  collation: z.string().nullable(),
  isPrimaryKey: z.boolean(),
  comment: z.string().nullable(),
});
export type Column = z.infer<typeof columnSchema>;

export const indexSchema = z.object({
  name: z.string(),
  /** pg_get_indexdef() */
  definition: z.string(),
  /** Key columns or expressions, in order. */
  columns: z.array(z.string()),
  method: z.string(),
  isUnique: z.boolean(),
  isPrimary: z.boolean(),
  isValid: z.boolean(),
});

export const foreignKeyActions = [
  'no action',
  'restrict',
  'cascade',
  'set null',
  'set default',
] as const;
export const foreignKeySchema = z.object({
  name: z.string(),
  /** The referencing side, columns in the constraint's order. */
  schema: z.string(),
  table: z.string(),
  columns: z.array(z.string()),
  /** The referenced side; columns pair with `columns` by position. */
  referencedSchema: z.string(),
  referencedTable: z.string(),
  referencedColumns: z.array(z.string()),
  onUpdate: z.enum(foreignKeyActions),
  onDelete: z.enum(foreignKeyActions),
  /** Whether the last columns are periods: one has to be covered by the other, not equal (PostgreSQL 18). */
  hasPeriod: z.boolean().optional(),
  /** pg_get_constraintdef(): MATCH, DEFERRABLE, NOT VALID and what later versions add. */
  definition: z.string().optional(),
});
export type ForeignKey = z.infer<typeof foreignKeySchema>;

/** A constraint that is neither a check nor a foreign key. */
export const constraintSchema = z.object({
  name: z.string(),
  kind: z.enum(['primary key', 'unique', 'exclusion', 'not null']),
  /** In the constraint's order; expressions are only in `definition`. */
  columns: z.array(z.string()),
  /** Of an exclusion constraint or a key WITHOUT OVERLAPS, for each of its elements. */
  operators: z.array(z.string()),
  /** pg_get_constraintdef() */
  definition: z.string(),
});
export type Constraint = z.infer<typeof constraintSchema>;

/** What CREATE STATISTICS made. */
export const statisticsObjectSchema = z.object({
  schema: z.string(),
  name: z.string(),
  /** Empty for the statistics of a single expression. */
  kinds: z.array(z.enum(['ndistinct', 'dependencies', 'mcv'])),
  columns: z.array(z.string()),
  expressions: z.array(z.string()),
  owner: z.string(),
  /** pg_get_statisticsobjdef() */
  definition: z.string(),
});
export type StatisticsObject = z.infer<typeof statisticsObjectSchema>;

export const tableInfoSchema = z.object({
  table: tableSchema,
  columns: z.array(columnSchema),
  indexes: z.array(indexSchema),
  /** Foreign keys of this table. */
  foreignKeys: z.array(foreignKeySchema),
  /** Foreign keys of other tables (or of itself) that refer to it. */
  referencedBy: z.array(foreignKeySchema),
  /** Keys, exclusion constraints, and NOT NULL constraints from PostgreSQL 18. */
  constraints: z.array(constraintSchema).optional(),
  checks: z.array(z.object({ name: z.string(), definition: z.string() })),
  /** Extended statistics, in order of name. */
  statistics: z.array(statisticsObjectSchema).optional(),
  triggers: z.array(z.object({ name: z.string(), definition: z.string(), enabled: z.boolean() })),
  /** Partitions of a partitioned table, in order of name. */
  partitions: z.array(z.object({ schema: z.string(), name: z.string(), bound: z.string() })),
  /** How a partitioned table is partitioned: "RANGE (created_at)". */
  partitionKey: z.string().nullable().optional(),
  /** The tables that it inherits from, in order; a partition's parent is in `table.partitionOf`. */
  inheritsFrom: z.array(z.object({ schema: z.string(), name: z.string() })).optional(),
  /** The query of a view or materialised view. */
  viewDefinition: z.string().nullable(),
  /** Bytes as text (int8); null for relations without storage. */
  size: z
    .object({ heap: z.string(), indexes: z.string(), toast: z.string(), total: z.string() })
    .nullable(),
});
export type TableInfo = z.infer<typeof tableInfoSchema>;
