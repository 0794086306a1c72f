import { z } from 'zod';
import { databaseErrorSchema } from './database-error';

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
  /** How many sessions a connection has at most whose profile does not say. */
  defaultMaxConnections: z.number().int(),
  /** What could not be read at start, and where it was set aside. */
  notices: z.array(databaseErrorSchema),
});
export type AppInfo = z.infer<typeof appInfoSchema>;
