import { z } from 'zod';

/** What the server has counted for a relation. Counts and bytes are int8 as text, times as the server writes them. */
export const tableActivitySchema = z.object({
  /** Estimates. */
  liveRows: z.string(),
  deadRows: z.string(),
  changedSinceAnalyze: z.string(),
  /** By a person; null for never, or not since the counters were reset. */
  lastVacuum: z.string().nullable(),
  lastAutovacuum: z.string().nullable(),
  lastAnalyze: z.string().nullable(),
  lastAutoanalyze: z.string().nullable(),
  sequentialScans: z.string(),
  /** In order of name. */
  indexes: z.array(
    z.object({
      name: z.string(),
      /** Null for an index that was dropped meanwhile. */
      size: z.string().nullable(),
      scans: z.string(),
    }),
  ),
});
export type TableActivity = z.infer<typeof tableActivitySchema>;

/** What the planner knows of a column (pg_stats). Numbers as text, as the server writes them. */
export const columnStatisticsSchema = z.object({
  column: z.string(),
  /** Whether the rows of child tables and partitions are counted in. */
  includesChildren: z.boolean(),
  /** From 0 to 1. */
  nullFraction: z.string(),
  /** Above 0 the number of values, below 0 the negative of their share of the rows. */
  distinct: z.string(),
  /** Bytes. */
  averageWidth: z.number().int(),
  /** Between the order of the values and the order on disk, from -1 to 1; null where there is no order. */
  correlation: z.string().nullable(),
  /** The most frequent first; at most ten, each cut at 200 characters. */
  mostCommon: z.array(z.object({ value: z.string().nullable(), frequency: z.string() })),
});
export type ColumnStatistics = z.infer<typeof columnStatisticsSchema>;
