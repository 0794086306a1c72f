import { z } from 'zod';
import { resultColumnSchema, rowBatchSchema } from './query-result';
import { foreignKeySchema, relationKindSchema } from './table';
import { columnCategories, columnFilterSchema } from './table-filter';

/** A relation by its exact names. */
export const relationNameSchema = z.object({
  schema: z.string().min(1).max(256),
  name: z.string().min(1).max(256),
});
export type RelationName = z.infer<typeof relationNameSchema>;

/** A column of an opened relation that the current user may read. */
export const dataColumnSchema = z.object({
  name: z.string(),
  /** As format_type() writes it, with modifiers. */
  type: z.string(),
  category: z.enum(columnCategories),
  nullable: z.boolean(),
  /** Whether its type has an order (a default btree operator class). */
  isComparable: z.boolean(),
  /** The labels of an enum in their order; null for other types. */
  enumLabels: z.array(z.string()).nullable(),
});
export type DataColumn = z.infer<typeof dataColumnSchema>;

/**
 * How the rows of a relation are paged.
 * key: by a unique key without NULLs. storage: a plain table without a key, by the place of its rows.
 * stream: views, foreign tables and the like are read once from the start.
 */
export const pagingModes = ['key', 'storage', 'stream'] as const;

/** What is needed to show a relation's rows. */
export const dataRelationSchema = z.object({
  relation: relationNameSchema,
  kind: relationKindSchema,
  paging: z.enum(pagingModes),
  /** The columns of the key, in its order; empty without one. */
  key: z.array(z.string()),
  columns: z.array(dataColumnSchema),
  /** Columns that the current user may not read: they are left out. */
  hiddenColumns: z.array(z.string()),
  foreignKeys: z.array(foreignKeySchema),
  referencedBy: z.array(foreignKeySchema),
});
export type DataRelation = z.infer<typeof dataRelationSchema>;

/** One column of the order of the rows. */
export const sortColumnSchema = z.object({
  column: z.string().min(1),
  descending: z.boolean(),
  /** Where NULLs stand; PostgreSQL's own choice is last for ascending and first for descending. */
  nulls: z.enum(['first', 'last']),
});
export type SortColumn = z.infer<typeof sortColumnSchema>;

/** Which rows, in which order. */
export const rowSelectionSchema = z.object({
  relation: relationNameSchema,
  filters: z.array(columnFilterSchema).max(200),
  /** One boolean SQL expression of the person's own; empty for none. */
  where: z.string().max(1024 * 1024),
  sort: z.array(sortColumnSchema).max(64),
});
export type RowSelection = z.infer<typeof rowSelectionSchema>;

/** The place of a row in the order: its values in the columns of the order, as the server sent them. */
export const rowCursorSchema = z.array(z.string().nullable()).min(1).max(200);
export type RowCursor = z.infer<typeof rowCursorSchema>;

/** Which stretch of the rows: after or before a row, or from the start or the end without one. */
export const pageRequestSchema = z.object({
  direction: z.enum(['forward', 'backward']),
  /** The row next to which the page begins, which is not part of it. */
  from: rowCursorSchema.nullable(),
  maxRows: z.number().int().min(1).max(10_000),
});
export type PageRequest = z.infer<typeof pageRequestSchema>;

/** A page of rows, always in the order of the selection, also when it was read backward. */
export const dataPageSchema = z.object({
  columns: z.array(resultColumnSchema),
  /** The columns of `rows` that make a row's cursor. */
  cursorColumns: z.array(z.number().int()),
  rows: rowBatchSchema,
  /** Whether there may be further rows in the direction of reading. */
  hasMore: z.boolean(),
  /** Names the unread rows of a stream; null where pages are read by cursor, or all is read. */
  streamId: z.uuid().nullable(),
  /** Milliseconds. */
  durationMs: z.number(),
});
export type DataPage = z.infer<typeof dataPageSchema>;

/** A number of rows that was looked for with bounds. */
export const boundedCountSchema = z.object({
  /** Null when it was not known in time. */
  rows: z.number().int().nullable(),
  /** Whether there are more rows than were counted. */
  isCapped: z.boolean(),
});
export type BoundedCount = z.infer<typeof boundedCountSchema>;
