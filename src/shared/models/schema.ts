import { z } from 'zod';

export const schemaSchema = z.object({
  name: z.string(),
  owner: z.string(),
  /** pg_catalog, information_schema, pg_toast and temporary schemas. */
  isSystem: z.boolean(),
  /** Whether the current user has USAGE on it. */
  canUse: z.boolean(),
  comment: z.string().nullable(),
});
export type Schema = z.infer<typeof schemaSchema>;
