import { z } from 'zod';
import { rowBatchSchema } from '../models/query-result';
import {
  boundedCountSchema,
  dataPageSchema,
  dataRelationSchema,
  pageRequestSchema,
  relationNameSchema,
  rowSelectionSchema,
} from '../models/table-data';

const connectionRef = z.strictObject({ connectionId: z.uuid() });
/** Names a read that can be cancelled. */
const readRef = connectionRef.extend({ readId: z.uuid() });

/** The calls for browsing the rows of a relation. */
export const tableCalls = {
  'table:describe': {
    request: connectionRef.extend({ relation: relationNameSchema }),
    response: dataRelationSchema,
  },
  /** `tabId` names the tab that holds the unread rows of a stream. */
  'table:read-page': {
    request: readRef.extend({
      tabId: z.uuid(),
      selection: rowSelectionSchema,
      page: pageRequestSchema,
    }),
    response: dataPageSchema,
  },
  /** The next rows of a stream that 'table:read-page' began. */
  'table:read-on': {
    request: z.strictObject({
      tabId: z.uuid(),
      streamId: z.uuid(),
      maxRows: z.number().int().min(1).max(10_000),
    }),
    response: z.object({ rows: rowBatchSchema, hasMore: z.boolean() }),
  },
  /** Gives up the unread rows of a tab's stream; a tab without one is no error. */
  'table:close-stream': { request: z.strictObject({ tabId: z.uuid() }), response: z.void() },
  /** The planner's estimate of the rows of a selection. */
  'table:estimate-rows': {
    request: readRef.extend({ selection: rowSelectionSchema }),
    response: z.object({ rows: z.number() }),
  },
  /** The exact number, as text (int8). */
  'table:count-rows': {
    request: readRef.extend({ selection: rowSelectionSchema }),
    response: z.object({ rows: z.string() }),
  },
  /** How many rows there are, counted as far as `limit` and for a few seconds at most. */
  'table:count-up-to': {
    request: readRef.extend({
      selection: rowSelectionSchema,
      limit: z.number().int().min(1).max(100_000),
    }),
    response: boundedCountSchema,
  },
  /** Stops a read that runs; unknown ids are ignored. */
  'table:cancel': { request: z.strictObject({ readId: z.uuid() }), response: z.void() },
} as const;
