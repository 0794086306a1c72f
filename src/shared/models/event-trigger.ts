import { z } from 'zod';
import { firingSchema } from './firing';

export const eventTriggerSchema = z.object({
  name: z.string(),
  /** ddl_command_start, ddl_command_end, sql_drop, table_rewrite, login. */
  event: z.string(),
  owner: z.string(),
  function: z.object({ schema: z.string(), name: z.string() }),
  firing: firingSchema,
  /** The commands that it fires for; empty for all. */
  tags: z.array(z.string()),
  comment: z.string().nullable(),
});
export type EventTrigger = z.infer<typeof eventTriggerSchema>;
