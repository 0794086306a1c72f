import { z } from 'zod';
import { columnSourceSchema } from '../models/column-source';
import { readStateSchema, rowsPageSchema } from '../models/query-result';

const resultRef = z.strictObject({ resultId: z.uuid() });

/** The calls that read a result which `query:run` gave an id. */
export const resultCalls = {
  /**
   * Rows by number, read back from memory or disk, or read on from the server when `from` is where
   * the rows read so far end. The answer may hold fewer rows than asked for.
   */
  'query:read-rows': {
    request: resultRef.extend({
      from: z.number().int().min(0),
      count: z.number().int().min(1).max(100_000),
    }),
    response: rowsPageSchema,
  },
  /** One whole cell, null for NULL: for those that a batch holds only the beginning of. */
  'query:read-cell': {
    request: resultRef.extend({
      row: z.number().int().min(0),
      column: z.number().int().min(0),
    }),
    response: z.custom<Uint8Array | null>((value) => value === null || value instanceof Uint8Array),
  },
  /** Reads to the end without sending the rows; `query:read-progress` tells how far it is. */
  'query:read-all': { request: resultRef, response: readStateSchema },
  /** Stops reading to the end: what was read stays, and the rest can still be read. */
  'query:stop-reading': { request: resultRef, response: z.void() },
  /** Where columns come from, null for each that is an expression. */
  'query:describe-columns': {
    request: z.strictObject({
      connectionId: z.uuid(),
      columns: z
        .array(z.strictObject({ tableOid: z.number().int(), tableColumn: z.number().int() }))
        .max(2_000),
    }),
    response: z.array(columnSourceSchema.nullable()),
  },
  /** Frees the result: its rows, and what of it is still on the server. */
  'query:close-result': { request: resultRef, response: z.void() },
} as const;
