import { z } from 'zod';

/**
 * What errors and notices of the server both have beside their message, as sent (PostgreSQL manual,
 * "Error and Notice Message Fields").
 */
export const serverMessageShape = {
  detail: z.string().optional(),
  hint: z.string().optional(),
  /** The functions that were running, the innermost first. */
  where: z.string().optional(),
  schema: z.string().optional(),
  table: z.string().optional(),
  column: z.string().optional(),
  dataType: z.string().optional(),
  constraint: z.string().optional(),
};

const serverMessageSchema = z.object(serverMessageShape);
export type ServerMessageFields = z.infer<typeof serverMessageSchema>;
