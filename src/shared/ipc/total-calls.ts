import { z } from 'zod';
import { parameterValuesSchema } from '../models/query-parameter';
import { totalRowsSchema } from '../models/query-result';
import { sqlTextSchema } from '../models/sql-text';

/** A statement whose first rows are shown, and an id under which looking for its total is cancelled. */
const counted = z.strictObject({
  connectionId: z.uuid(),
  tabId: z.uuid(),
  readId: z.uuid(),
  /** The text of the one statement. */
  statement: sqlTextSchema,
  parameters: parameterValuesSchema.optional(),
});

/** How many rows a statement has, without reading them. */
export const totalCalls = {
  /**
   * What the planner expects: nothing runs. Unknown for statements that do more than read, for tabs
   * with a session of their own, and while no session is free. `canCount` is about 'query:count-total'.
   */
  'query:estimate-total': {
    request: counted,
    response: z.object({ total: totalRowsSchema, canCount: z.boolean() }),
  },
  /** Runs the statement once more to count its rows, for at most five minutes. */
  'query:count-total': { request: counted, response: totalRowsSchema },
  /** Stops an estimate or a count; unknown ids are ignored. */
  'query:cancel-total': { request: z.strictObject({ readId: z.uuid() }), response: z.void() },
} as const;
