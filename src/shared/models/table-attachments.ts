import { z } from 'zod';
import { firingSchema } from './firing';

/** A trigger of a relation. */
export const triggerSchema = z.object({
  name: z.string(),
  timing: z.enum(['before', 'after', 'instead of']),
  events: z.array(z.enum(['insert', 'update', 'delete', 'truncate'])),
  level: z.enum(['row', 'statement']),
  function: z.object({ schema: z.string(), name: z.string() }),
  /** Whether it is a partition's copy of the trigger of its partitioned table. */
  isInherited: z.boolean().optional(),
  firing: firingSchema,
  /** pg_get_triggerdef() */
  definition: z.string(),
  comment: z.string().nullable(),
});
export type Trigger = z.infer<typeof triggerSchema>;

/** A rewrite rule of a relation, beside the one that makes a view. */
export const ruleSchema = z.object({
  name: z.string(),
  event: z.enum(['select', 'update', 'insert', 'delete']),
  isInstead: z.boolean(),
  firing: firingSchema,
  /** pg_get_ruledef() */
  definition: z.string(),
  comment: z.string().nullable(),
});
export type Rule = z.infer<typeof ruleSchema>;

/** A row security policy of a table. */
export const policySchema = z.object({
  name: z.string(),
  command: z.enum(['all', 'select', 'insert', 'update', 'delete']),
  isPermissive: z.boolean(),
  /** Empty for PUBLIC. */
  roles: z.array(z.string()),
  using: z.string().nullable(),
  withCheck: z.string().nullable(),
  comment: z.string().nullable(),
});
export type Policy = z.infer<typeof policySchema>;

/** What is attached to a relation and acts on statements against it. */
export const tableAttachmentsSchema = z.object({
  triggers: z.array(triggerSchema),
  rules: z.array(ruleSchema),
  policies: z.array(policySchema),
  /** Without it the policies have no effect. */
  isRowSecurityEnabled: z.boolean(),
  /** Whether the policies hold for the owner too. */
  isRowSecurityForced: z.boolean(),
});
export type TableAttachments = z.infer<typeof tableAttachmentsSchema>;
