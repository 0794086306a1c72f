import { policySchema, ruleSchema, triggerSchema } from '@shared/models/table-attachments';
import { relationKindSchema } from '@shared/models/table';
import { z } from 'zod';

const nullableText = z.string().nullable();
const relationRef = z.object({ schema: z.string(), name: z.string() });
const options = z.array(z.tuple([z.string(), z.string()]));

const grantSchema = z.object({
  /** Null for PUBLIC. */
  grantee: nullableText,
  isOwner: z.boolean(),
  privileges: z.array(z.string()),
  isGrantable: z.boolean(),
});
/** What one access list gives to a role. */
export type Grant = z.infer<typeof grantSchema>;

const columnSchema = z.object({
  name: z.string(),
  type: z.string(),
  collation: nullableText,
  isNotNull: z.boolean(),
  default: nullableText,
  identity: z.enum(['always', 'by default']).nullable(),
  generated: z.enum(['stored', 'virtual']).nullable(),
  /** Whether it is declared here, not only inherited. */
  isLocal: z.boolean(),
  /** The same column of the table that it is inherited from. */
  inherited: z.object({ default: nullableText, isNotNull: z.boolean() }).nullable(),
  /** Where it is not the type's own. */
  storage: nullableText,
  compression: nullableText,
  statistics: z.number().int().nullable(),
  options: options,
  foreignOptions: options,
  comment: nullableText,
  grants: z.array(grantSchema),
});
export type ColumnFacts = z.infer<typeof columnSchema>;

const ownedSequenceSchema = z.object({
  schema: z.string(),
  name: z.string(),
  column: z.string(),
  isIdentity: z.boolean(),
  type: z.string(),
  start: z.string(),
  minimum: z.string(),
  maximum: z.string(),
  increment: z.string(),
  cache: z.string(),
  cycles: z.boolean(),
});
export type OwnedSequence = z.infer<typeof ownedSequenceSchema>;

const constraintSchema = z.object({
  name: z.string(),
  isNotNull: z.boolean(),
  columns: z.array(z.string()),
  definition: z.string(),
  isLocal: z.boolean(),
  comment: nullableText,
});

const indexSchema = z.object({
  name: z.string(),
  definition: z.string(),
  /** A constraint makes its index itself, and the index of a partitioned table those of partitions. */
  isMadeByOther: z.boolean(),
  isOfConstraint: z.boolean(),
  options,
  tablespace: nullableText,
  isClustered: z.boolean(),
  isReplicaIdentity: z.boolean(),
  comment: nullableText,
});

/** All that makes a relation what it is; none of its contents. */
export const relationFactsSchema = z.object({
  schema: z.string(),
  name: z.string(),
  kind: relationKindSchema,
  persistence: z.enum(['permanent', 'unlogged', 'temporary']),
  owner: z.string(),
  comment: nullableText,
  options,
  tablespace: nullableText,
  /** Where it is not the one that the session would choose. */
  accessMethod: nullableText,
  partitionKey: nullableText,
  partitionOf: relationRef.nullable(),
  bound: nullableText,
  inheritsFrom: z.array(relationRef),
  ofType: nullableText,
  viewDefinition: nullableText,
  isPopulated: z.boolean(),
  server: nullableText,
  serverOptions: options,
  replicaIdentity: z.enum(['default', 'nothing', 'full', 'index']),
  isRowSecurityEnabled: z.boolean(),
  isRowSecurityForced: z.boolean(),
  columns: z.array(columnSchema),
  sequences: z.array(ownedSequenceSchema),
  constraints: z.array(constraintSchema),
  indexes: z.array(indexSchema),
  statistics: z.array(
    z.object({
      schema: z.string(),
      name: z.string(),
      definition: z.string(),
      comment: nullableText,
    }),
  ),
  triggers: z.array(triggerSchema),
  rules: z.array(ruleSchema),
  policies: z.array(policySchema),
  /** Empty while nobody granted or revoked anything. */
  grants: z.array(grantSchema),
  /** What an owner has until something is granted or revoked. */
  ownerPrivileges: z.array(z.string()),
  hasGrants: z.boolean(),
});
export type RelationFacts = z.infer<typeof relationFactsSchema>;
