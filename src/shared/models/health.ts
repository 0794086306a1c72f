import { z } from 'zod';

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

export const dbHealthSchema = z.object({
  connectionId: z.uuid(),
  state: z.enum(['live', 'checking', 'lost']),
  /** Round trip of SELECT 1 in milliseconds; null when it was not answered. */
  latencyMs: z.number().nullable(),
  pool: poolStatsSchema,
  checkedAt: z.iso.datetime(),
});
export type DbHealth = z.infer<typeof dbHealthSchema>;
