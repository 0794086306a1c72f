import { z } from 'zod';

/** A sequence and its state. All int8 values as text. */
export const sequenceSchema = z.object({
  schema: z.string(),
  name: z.string(),
  type: z.string(),
  start: z.string(),
  minimum: z.string(),
  maximum: z.string(),
  increment: z.string(),
  cache: z.string(),
  cycles: z.boolean(),
  /** The last value given out; null when there is none yet, or it cannot be read. */
  lastValue: z.string().nullable(),
  /** Whether the current user has USAGE or SELECT on it. */
  canRead: z.boolean(),
  /** Whether another session, in the midst of ALTER or TRUNCATE, keeps it from being read. */
  isLocked: z.boolean(),
  /** The column that it is dropped with: of a serial or an identity column. */
  ownedBy: z.object({ schema: z.string(), table: z.string(), column: z.string() }).nullable(),
});
export type Sequence = z.infer<typeof sequenceSchema>;
