import { z } from 'zod';
import { objectGroups, objectRefSchema, searchAnswerSchema } from '../models/search';

const connectionRef = z.strictObject({ connectionId: z.uuid() });

/** The calls of the search over everything in a database. */
export const searchCalls = {
  /**
   * The best hits for what was typed: a name, or "schema.table", "table.column", "schema.table.column".
   * Without a text, the `recent` objects that still exist. The first call reads the catalog. A call
   * stops the one before it of the same connection.
   */
  'search:query': {
    request: connectionRef.extend({
      text: z.string().max(1_000),
      /** Only these; null for all. */
      group: z.enum(objectGroups).nullable(),
      /** What the person chose last, newest first: ranked above its like. */
      recent: z.array(objectRefSchema).max(50),
    }),
    response: searchAnswerSchema,
  },
  /** Reads the catalog anew where it was read; searches answer from the old one meanwhile. */
  'search:refresh': { request: connectionRef, response: z.void() },
} as const;
