import { z } from 'zod';

/** A foreign server. User mappings, which hold passwords, are never read. */
export const foreignServerSchema = z.object({
  name: z.string(),
  wrapper: z.string(),
  type: z.string().nullable(),
  version: z.string().nullable(),
  owner: z.string(),
  /** The names of its options: a wrapper may keep a secret in their values. */
  optionNames: z.array(z.string()),
  /** Whether the current user has USAGE on it. */
  canUse: z.boolean(),
  comment: z.string().nullable(),
});
export type ForeignServer = z.infer<typeof foreignServerSchema>;
