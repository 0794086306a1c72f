import { z } from 'zod';

/** What the current user may do with a relation, by the names of GRANT. */
export const ownPrivilegesSchema = z.object({
  /** Without it no right on the relation can be used. */
  canUseSchema: z.boolean(),
  relation: z.array(z.string()),
  /** Columns with more rights than the relation gives, in their order. */
  columns: z.array(z.object({ name: z.string(), privileges: z.array(z.string()) })),
});
export type OwnPrivileges = z.infer<typeof ownPrivilegesSchema>;
