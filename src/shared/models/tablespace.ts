import { z } from 'zod';

export const tablespaceSchema = z.object({
  name: z.string(),
  owner: z.string(),
  /** A folder of the server; null for those in the data directory. */
  location: z.string().nullable(),
  options: z.array(z.string()),
  comment: z.string().nullable(),
});
export type Tablespace = z.infer<typeof tablespaceSchema>;
