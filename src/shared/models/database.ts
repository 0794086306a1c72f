import { z } from 'zod';

export const databaseSchema = z.object({
  name: z.string(),
  owner: z.string(),
  encoding: z.string(),
  isTemplate: z.boolean(),
  /** Whether the current user may connect to it. */
  canConnect: z.boolean(),
  comment: z.string().nullable(),
});
export type Database = z.infer<typeof databaseSchema>;
