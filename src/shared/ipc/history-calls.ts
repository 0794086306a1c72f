import { z } from 'zod';
import { historyPageSchema, historyQuerySchema } from '../models/query-history';

const entryRef = z.strictObject({ id: z.uuid() });

/** The calls of the history of what was run. */
export const historyCalls = {
  'history:list': { request: historyQuerySchema, response: historyPageSchema },
  /** The text of an entry as it was kept. Raises NotFound where it is gone. */
  'history:get-text': { request: entryRef, response: z.string() },
  'history:remove': { request: entryRef, response: z.void() },
  /** Takes back the removal of an entry, until the app ends. */
  'history:restore': { request: entryRef, response: z.void() },
  /** Forgets all entries of a connection, or of all. */
  'history:clear': {
    request: z.strictObject({ workspace: z.string().min(1).max(100).nullable() }),
    response: z.void(),
  },
} as const;
