import { z } from 'zod';
import type { Connection } from './connection-profile';
import { scriptFileSchema } from './script-file';
import { longestTabText } from './sql-text';
import { relationNameSchema } from './table-data';
import { tabOptionsSchema } from './tab-options';

/** An editor tab as it is kept across restarts. */
export const editorTabSchema = z.object({
  id: z.uuid(),
  title: z.string().max(200),
  /** The whole text. */
  text: z.string().max(longestTabText),
  cursor: z.number().int().min(0),
  /** The relation whose rows the tab shows; absent for a query. */
  relation: relationNameSchema.optional(),
  /** What a query tab asks of its statements; absent while it asks for nothing. */
  options: tabOptionsSchema.optional(),
  /** The file that the tab belongs to; absent for a text that is kept here alone. */
  file: scriptFileSchema.omit({ name: true }).extend({ isChanged: z.boolean() }).optional(),
});

export type EditorTab = z.infer<typeof editorTabSchema>;

/** A value that a parameter of a query had last. */
export const rememberedValueSchema = z.object({
  name: z.string().max(200),
  /** The statement of a `$1`, which means nothing without; empty for a `:name`. */
  statement: z.string().max(1000),
  /** Null is NULL; empty for a secret, which is never kept. */
  value: z.string().max(10_000).nullable(),
  isSecret: z.boolean().optional(),
});
export type RememberedValue = z.infer<typeof rememberedValueSchema>;

/** Tabs of one connection: keyed by profile id, or "sample", or "environment:<source>". */
export const workspaceSchema = z.object({
  tabs: z.array(editorTabSchema).max(500),
  activeTabId: z.uuid().nullable(),
  /** What was typed for parameters, oldest first. */
  values: z.array(rememberedValueSchema).max(500).optional(),
});
export type Workspace = z.infer<typeof workspaceSchema>;

/** The name under which what belongs to a connection is kept: it outlives the open connection. */
export function workspaceKey({
  profileId,
  origin,
  name,
}: Pick<Connection, 'profileId' | 'origin' | 'name'>): string {
  if (profileId !== null) return profileId;
  // The contract takes keys of at most 100 characters.
  return origin === 'sample' ? 'sample' : `environment:${name}`.slice(0, 100);
}
