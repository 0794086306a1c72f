import { z } from 'zod';
import { databaseErrorSchema } from './database-error';

export const themePreferences = ['system', 'light', 'dark'] as const;

/** What the renderer may know of the app it runs in. */
export const appInfoSchema = z.object({
  version: z.string(),
  platform: z.enum(['linux', 'darwin', 'win32']),
  runtime: z.object({ electron: z.string(), chromium: z.string(), node: z.string() }),
  keychain: z.object({
    available: z.boolean(),
    /** What to install or unlock, when it is not available. */
    advice: z.string().nullable(),
  }),
  /** What could not be read at start, and where it was set aside. */
  notices: z.array(databaseErrorSchema),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

/** Megabytes of memory for the rows of all results: half in main, half in the window. */
export const resultMemoryMb = z.number().int().min(64).max(8192);

export const settingsSchema = z.object({
  theme: z.enum(themePreferences).default('system'),
  resultMemoryMb: resultMemoryMb.default(256),
});
export type Settings = z.infer<typeof settingsSchema>;
