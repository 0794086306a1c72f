import { z } from 'zod';

const published = z.object({
  schema: z.string(),
  name: z.string(),
  /** Empty for all columns. From PostgreSQL 15. */
  columns: z.array(z.string()),
  /** The row filter as SQL. From PostgreSQL 15. */
  filter: z.string().nullable(),
});

export const publicationSchema = z.object({
  name: z.string(),
  owner: z.string(),
  publishes: z.array(z.enum(['insert', 'update', 'delete', 'truncate'])),
  /** Changes of partitions are published as those of the partitioned table. */
  viaRoot: z.boolean(),
  /** Stored generated columns are published too. From PostgreSQL 18. */
  publishesGenerated: z.boolean(),
  allTables: z.boolean(),
  /** Of all their tables. From PostgreSQL 15. */
  schemas: z.array(z.string()),
  tables: z.array(published),
  comment: z.string().nullable(),
});
export type Publication = z.infer<typeof publicationSchema>;

/** A subscription of the connected database. Its connection string, which holds a password, is never read. */
export const subscriptionSchema = z.object({
  name: z.string(),
  owner: z.string(),
  isEnabled: z.boolean(),
  publications: z.array(z.string()),
  slotName: z.string().nullable(),
  comment: z.string().nullable(),
});
export type Subscription = z.infer<typeof subscriptionSchema>;
