import { z } from 'zod';
import {
  grantedObjectSchema,
  relationPrivilegeSchema,
  schemaObjectsSchema,
  serverObjectsSchema,
} from '../models/catalog-objects';
import { databaseSchema } from '../models/database';
import { ownPrivilegesSchema } from '../models/own-privileges';
import { schemaSchema } from '../models/schema';
import { columnStatisticsSchema, tableActivitySchema } from '../models/table-activity';
import { tableAttachmentsSchema } from '../models/table-attachments';
import { tableInfoSchema, tableSchema } from '../models/table';
import { relationNameSchema } from '../models/table-data';

const { name } = relationNameSchema.shape;
const connectionRef = z.strictObject({ connectionId: z.uuid() });
const schemaRef = connectionRef.extend({ schema: name });
const tableRef = schemaRef.extend({ table: name });

/** The calls that read the catalog of a connection's database, one level at a time. */
export const catalogCalls = {
  'catalog:list-databases': { request: connectionRef, response: z.array(databaseSchema) },
  'catalog:list-schemas': { request: connectionRef, response: z.array(schemaSchema) },
  'catalog:list-tables': { request: schemaRef, response: z.array(tableSchema) },
  /** The relations of several schemas at once; those that are gone have none. */
  'catalog:list-tables-of-schemas': {
    request: connectionRef.extend({ schemas: z.array(name).max(10_000) }),
    response: z.array(tableSchema),
  },
  'catalog:list-schema-objects': { request: schemaRef, response: schemaObjectsSchema },
  'catalog:list-server-objects': { request: connectionRef, response: serverObjectsSchema },
  'catalog:get-table-info': { request: tableRef, response: tableInfoSchema },
  'catalog:get-table-attachments': { request: tableRef, response: tableAttachmentsSchema },
  'catalog:get-relation-privileges': {
    request: tableRef,
    response: z.array(relationPrivilegeSchema),
  },
  /** What the current user may do with a relation and its columns. */
  'catalog:get-own-privileges': { request: tableRef, response: ownPrivilegesSchema },
  /** Who may do what with a schema, a routine, a type and so on. */
  'catalog:get-object-privileges': {
    request: connectionRef.extend({ object: grantedObjectSchema }),
    response: z.array(relationPrivilegeSchema),
  },
  'catalog:get-table-activity': { request: tableRef, response: tableActivitySchema },
  'catalog:list-column-statistics': {
    request: tableRef,
    response: z.array(columnStatisticsSchema),
  },
  /** The statements that make a relation; null for a sequence. */
  'catalog:get-relation-definition': { request: tableRef, response: z.string().nullable() },
  /** The CREATE statement of a routine. */
  'catalog:get-routine-definition': {
    request: connectionRef.extend({ oid: z.number().int() }),
    response: z.string(),
  },
} as const;
