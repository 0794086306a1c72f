import { z } from 'zod';

/** The column of a relation that a column of a result is read from. */
export const columnSourceSchema = z.object({
  schema: z.string(),
  table: z.string(),
  column: z.string(),
  /** What its relation declares; null for a view, which declares nothing. An outer join adds NULLs. */
  notNull: z.boolean().nullable(),
  /** Computed from other columns: INSERT can give it no value. */
  isGenerated: z.boolean(),
  /** GENERATED ALWAYS AS IDENTITY: INSERT gives it a value only with OVERRIDING SYSTEM VALUE. */
  isIdentityAlways: z.boolean(),
  comment: z.string().nullable(),
});
export type ColumnSource = z.infer<typeof columnSourceSchema>;
