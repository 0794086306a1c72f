import { z } from 'zod';
import { databaseErrorSchema } from './database-error';

/** A file of SQL that a person has opened or saved. The page names it by its id. */
export const scriptFileSchema = z.object({
  id: z.uuid(),
  /** Where it is, for showing. */
  path: z.string().max(32_768),
  /** Its name without the folder. */
  name: z.string().max(1024),
  /** Stands for the content that was read or written last: another content has another version. */
  version: z.string().max(100),
});
export type ScriptFile = z.infer<typeof scriptFileSchema>;

/** A file with its text; lines end in `\n`, whatever they end in on disk. */
export const openedScriptSchema = z.object({ file: scriptFileSchema, text: z.string() });
export type OpenedScript = z.infer<typeof openedScriptSchema>;

/** What opening several files came to: one that cannot be opened keeps no other from it. */
export const scriptsOpeningSchema = z.object({
  /** In the order in which they were named. */
  opened: z.array(openedScriptSchema),
  /** One for each of the others; its message names the file. */
  failures: z.array(databaseErrorSchema),
});
export type ScriptsOpening = z.infer<typeof scriptsOpeningSchema>;

/** What saving came to: nothing is written over a content that nobody has seen. */
export const scriptSaveSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('saved'), file: scriptFileSchema }),
  /** The file has another content than the version that was named; `version` is its present one. */
  z.object({ outcome: z.literal('changed'), version: z.string() }),
]);
export type ScriptSave = z.infer<typeof scriptSaveSchema>;

/** The version that a file has on disk; null where it cannot be read any more. */
export const scriptStateSchema = z.object({ id: z.uuid(), version: z.string().nullable() });
export type ScriptState = z.infer<typeof scriptStateSchema>;
