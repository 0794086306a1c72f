import { z } from 'zod';

export const routineKinds = ['function', 'procedure', 'aggregate', 'window function'] as const;

/** A function, procedure or aggregate of a schema as the tree lists it. */
export const routineSchema = z.object({
  /** Names overload; the oid tells routines of the same name apart. */
  oid: z.number().int(),
  schema: z.string(),
  name: z.string(),
  kind: z.enum(routineKinds),
  /** With names, modes and defaults, as CREATE FUNCTION has them: "a integer, b text DEFAULT ''". */
  arguments: z.string(),
  /** What DROP and ALTER need to find it. */
  identityArguments: z.string(),
  /** The result type; null for a procedure. */
  result: z.string().nullable(),
  language: z.string(),
  owner: z.string(),
  volatility: z.enum(['immutable', 'stable', 'volatile']),
  /** Runs with the rights of its owner. */
  isSecurityDefiner: z.boolean(),
  /** Whether the current user may call it. */
  canExecute: z.boolean(),
  /** The extension that it belongs to. */
  extension: z.string().nullable(),
  comment: z.string().nullable(),
});
export type Routine = z.infer<typeof routineSchema>;
