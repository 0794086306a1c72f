import type { CatalogService } from '../services/catalog-service';
import type { DatabaseService } from '../services/db-service';
import type { Handlers } from './answer';

type CatalogHandlers = Pick<Handlers, Extract<keyof Handlers, `catalog:${string}`>>;

interface CatalogServices {
  readonly database: DatabaseService;
  readonly catalog: CatalogService;
}

/** Which method answers which channel of the catalog. */
export function createCatalogHandlers({ database, catalog }: CatalogServices): CatalogHandlers {
  return {
    'catalog:list-databases': ({ connectionId }) => database.listDatabases(connectionId),
    'catalog:list-schemas': ({ connectionId }) => database.listSchemas(connectionId),
    'catalog:list-tables': ({ connectionId, schema }) => database.listTables(connectionId, schema),
    'catalog:list-tables-of-schemas': ({ connectionId, schemas }) =>
      database.listTablesOf(connectionId, schemas),
    'catalog:list-schema-objects': ({ connectionId, schema }) =>
      catalog.listSchemaObjects(connectionId, schema),
    'catalog:list-server-objects': ({ connectionId }) => catalog.listServerObjects(connectionId),
    'catalog:get-table-info': ({ connectionId, schema, table }) =>
      database.getTableInfo(connectionId, schema, table),
    'catalog:get-table-attachments': ({ connectionId, schema, table }) =>
      catalog.getTableAttachments(connectionId, schema, table),
    'catalog:get-relation-privileges': ({ connectionId, schema, table }) =>
      catalog.getRelationPrivileges(connectionId, schema, table),
    'catalog:get-own-privileges': ({ connectionId, schema, table }) =>
      catalog.getOwnPrivileges(connectionId, schema, table),
    'catalog:get-object-privileges': ({ connectionId, object }) =>
      catalog.getObjectPrivileges(connectionId, object),
    'catalog:get-table-activity': ({ connectionId, schema, table }) =>
      catalog.getTableActivity(connectionId, schema, table),
    'catalog:list-column-statistics': ({ connectionId, schema, table }) =>
      catalog.listColumnStatistics(connectionId, schema, table),
    'catalog:get-relation-definition': ({ connectionId, schema, table }) =>
      catalog.getRelationDefinition(connectionId, schema, table),
    'catalog:get-routine-definition': ({ connectionId, oid }) =>
      catalog.getRoutineDefinition(connectionId, oid),
  };
}
