import { z } from 'zod';
import { longestTabText } from './sql-text';

/** A query that was given a name, without its text. */
export const savedQuerySchema = z.object({
  id: z.uuid(),
  name: z.string().trim().min(1).max(200),
  /** The connection that it belongs to (see workspaceKey); null for all connections. */
  workspace: z.string().min(1).max(100).nullable(),
  /** When it was saved, in UTC as ISO 8601. */
  savedAt: z.iso.datetime(),
  /** The beginning of its text on one line. */
  excerpt: z.string(),
});
export type SavedQuery = z.infer<typeof savedQuerySchema>;

/** What is given to be saved. */
export const savedQueryDraftSchema = z.strictObject({
  /** That of a saved query replaces it. */
  id: z.uuid(),
  name: savedQuerySchema.shape.name,
  workspace: savedQuerySchema.shape.workspace,
  /** As much as a tab may hold. */
  text: z.string().max(longestTabText),
});
export type SavedQueryDraft = z.infer<typeof savedQueryDraftSchema>;
