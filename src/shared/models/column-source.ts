import { z } from 'zod';

/** The column of a relation that a column of a result is read from. */
export const columnSourceSchema = z.object({
  schema: z.string(),
  table: z.string(),
  column: z.string(),
  /** What its relation declares; null for a view, which declares nothing. An outer join adds NULLs. */
  notNull: z.boolean().nullable(),
  comment: z.string().nullable(),
});
export type ColumnSource = z.infer<typeof columnSourceSchema>;
