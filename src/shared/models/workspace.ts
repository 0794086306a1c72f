import { z } from 'zod';
import { relationNameSchema } from './table-data';

/** An editor tab as it is kept across restarts. */
export const editorTabSchema = z.object({
  id: z.uuid(),
  title: z.string().max(200),
  /** The whole text, at most 8 MiB of UTF-16 units. */
  text: z.string().max(8 * 1024 * 1024),
  cursor: z.number().int().min(0),
  /** The relation whose rows the tab shows; absent for a query. */
  relation: relationNameSchema.optional(),
});
export type EditorTab = z.infer<typeof editorTabSchema>;

/** Tabs of one connection: keyed by profile id, or "sample", or "environment:<source>". */
export const workspaceSchema = z.object({
  tabs: z.array(editorTabSchema).max(500),
  activeTabId: z.uuid().nullable(),
});
export type Workspace = z.infer<typeof workspaceSchema>;
