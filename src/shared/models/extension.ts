import { z } from 'zod';

export const extensionSchema = z.object({
  name: z.string(),
  version: z.string(),
  schema: z.string(),
  owner: z.string(),
  comment: z.string().nullable(),
});
export type Extension = z.infer<typeof extensionSchema>;
