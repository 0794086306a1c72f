import { z } from 'zod';
import { dataTypeSchema } from './data-type';
import { eventTriggerSchema } from './event-trigger';
import { extensionSchema } from './extension';
import { foreignServerSchema } from './foreign-server';
import { publicationSchema, subscriptionSchema } from './replication';
import { roleSchema } from './role';
import { routineSchema } from './routine';
import { sequenceSchema } from './sequence';
import { tablespaceSchema } from './tablespace';

/** What a schema holds beside its relations, and the state of its sequences. */
export const schemaObjectsSchema = z.object({
  routines: z.array(routineSchema),
  types: z.array(dataTypeSchema),
  sequences: z.array(sequenceSchema),
});
export type SchemaObjects = z.infer<typeof schemaObjectsSchema>;

/** What belongs to the database as a whole, and what all databases of its server share. */
export const serverObjectsSchema = z.object({
  extensions: z.array(extensionSchema),
  publications: z.array(publicationSchema),
  subscriptions: z.array(subscriptionSchema),
  eventTriggers: z.array(eventTriggerSchema),
  foreignServers: z.array(foreignServerSchema),
  roles: z.array(roleSchema),
  tablespaces: z.array(tablespaceSchema),
});
export type ServerObjects = z.infer<typeof serverObjectsSchema>;

/** An object that rights are granted on and that is no relation. */
export const grantedObjectSchema = z.object({
  kind: z.enum([
    'schema',
    'database',
    'tablespace',
    'foreign server',
    'routine',
    'type',
    'sequence',
  ]),
  /** The oid of a routine, a type or a sequence, the name of everything else. */
  id: z.string().max(256),
});
export type GrantedObject = z.infer<typeof grantedObjectSchema>;

/** What one role, or PUBLIC, may do with an object as a whole. */
export const relationPrivilegeSchema = z.object({
  /** Null for PUBLIC. */
  grantee: z.string().nullable(),
  grantor: z.string(),
  /** For example SELECT, in the server's order. */
  privileges: z.array(z.string()),
  /** Those of them that the grantee may grant to others. */
  grantable: z.array(z.string()),
});
export type RelationPrivilege = z.infer<typeof relationPrivilegeSchema>;
