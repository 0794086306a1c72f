import { z } from 'zod';
import { secretNameSchema } from './connection-profile';

/** Clients of a pool at one moment. */
export const poolStatsSchema = z.object({
  total: z.number().int(),
  /** Checked out. */
  active: z.number().int(),
  idle: z.number().int(),
  /** Callers that wait for a client. */
  waiting: z.number().int(),
  max: z.number().int(),
});
export type PoolStats = z.infer<typeof poolStatsSchema>;

/** One round trip of SELECT 1. */
export const latencySampleSchema = z.object({
  at: z.iso.datetime(),
  /** Milliseconds; null when the server did not answer. */
  latencyMs: z.number().nullable(),
});
export type LatencySample = z.infer<typeof latencySampleSchema>;

export const dbHealthSchema = z.object({
  connectionId: z.uuid(),
  state: z.enum(['live', 'checking', 'lost']),
  /** Round trip of SELECT 1 in milliseconds; null when it was not answered. */
  latencyMs: z.number().nullable(),
  pool: poolStatsSchema,
  checkedAt: z.iso.datetime(),
  /** Why the server does not answer, in words; absent while it does. */
  reason: z.string().optional(),
  /** When it is tried again by itself; absent while it answers, or when trying would not help. */
  retryAt: z.iso.datetime().optional(),
  /** The secret that was refused, or is not there: a person may know another one. */
  neededSecret: secretNameSchema.optional(),
  /** Those of the last five minutes, oldest first. */
  samples: z.array(latencySampleSchema).optional(),
});
export type DbHealth = z.infer<typeof dbHealthSchema>;
