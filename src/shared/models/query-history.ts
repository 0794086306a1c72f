import { z } from 'zod';

/** How a run came out. */
export const historyEndSchema = z.object({
  outcome: z.enum(['done', 'failed', 'cancelled']),
  /** Milliseconds: of a single statement its own, of several from sending the first to the end of the last. */
  durationMs: z.number(),
  /** Rows that the last statement returned or changed; null where that is not known. */
  rows: z.number().int().nullable(),
  /** The message of the error that ended it. */
  error: z.string().nullable(),
});
export type HistoryEnd = z.infer<typeof historyEndSchema>;

/** Statements that were sent together. */
export const historyEntrySchema = z.object({
  id: z.uuid(),
  /** When they were sent, in UTC as ISO 8601. */
  at: z.iso.datetime(),
  /** The connection whose tabs it was run in; see workspaceKey. */
  workspace: z.string(),
  /** The name that the connection had. */
  connection: z.string(),
  text: z.string(),
  /** Whether the text was too long to be kept whole. */
  isCut: z.boolean(),
  /** How many statements it was. */
  statements: z.number().int().positive(),
  /** Null while it runs, and for good where the app ended before it. */
  end: historyEndSchema.nullable(),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** Which entries are asked for. */
export const historyQuerySchema = z.strictObject({
  /** Only those of one connection; null for all. */
  workspace: z.string().min(1).max(100).nullable(),
  /** Words that all have to occur in the text, in any order and case. */
  text: z.string().max(1_000),
  onlyFailed: z.boolean(),
  /** How many of the newest are left out. */
  offset: z.number().int().min(0),
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

/** Entries, the newest first; long texts are shortened. */
export const historyPageSchema = z.object({
  entries: z.array(historyEntrySchema),
  /** How many fit altogether. */
  total: z.number().int(),
});
export type HistoryPage = z.infer<typeof historyPageSchema>;
