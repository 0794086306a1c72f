import { z } from 'zod';

export const roleSchema = z.object({
  name: z.string(),
  canLogin: z.boolean(),
  isSuperuser: z.boolean(),
  canCreateDatabases: z.boolean(),
  canCreateRoles: z.boolean(),
  inherits: z.boolean(),
  canReplicate: z.boolean(),
  bypassesRowSecurity: z.boolean(),
  /** null for no limit. */
  connectionLimit: z.number().int().nullable(),
  /** timestamptz as the server writes it; null for no end. */
  validUntil: z.string().nullable(),
  /** The roles that it is a direct member of, in order of name. */
  memberOf: z.array(z.string()),
  comment: z.string().nullable(),
});
export type Role = z.infer<typeof roleSchema>;
