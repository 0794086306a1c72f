import type {
  GrantedObject,
  RelationPrivilege,
  SchemaObjects,
  ServerObjects,
} from '@shared/models/catalog-objects';
import type { OwnPrivileges } from '@shared/models/own-privileges';
import type { ColumnStatistics, TableActivity } from '@shared/models/table-activity';
import type { TableAttachments } from '@shared/models/table-attachments';
import type { Queryable } from '../db/statements/queryable';
import type { ConnectionRegistry } from './connections/connection-registry';
import { getRelationDefinition } from './introspection/definition/get-relation-definition';
import { getObjectPrivileges } from './introspection/get-object-privileges';
import { getOwnPrivileges } from './introspection/get-own-privileges';
import { getRelationPrivileges } from './introspection/get-relation-privileges';
import { getTableActivity } from './introspection/get-table-activity';
import { getTableAttachments } from './introspection/get-table-attachments';
import { listColumnStatistics } from './introspection/list-column-statistics';
import { listDataTypes } from './introspection/list-data-types';
import { listEventTriggers } from './introspection/list-event-triggers';
import { listExtensions } from './introspection/list-extensions';
import { listForeignServers } from './introspection/list-foreign-servers';
import { listPublications } from './introspection/list-publications';
import { listRoles } from './introspection/list-roles';
import { getRoutineDefinition } from './introspection/get-routine-definition';
import { listRoutines } from './introspection/list-routines';
import { listSequences } from './introspection/list-sequences';
import { listSubscriptions } from './introspection/list-subscriptions';
import { listTablespaces } from './introspection/list-tablespaces';

/** What the schema browser shows beside schemas and relations. Every failure is a DatabaseError. */
export class CatalogService {
  readonly #connections: ConnectionRegistry;

  constructor(connections: ConnectionRegistry) {
    this.#connections = connections;
  }

  /** The queries run one after another: a browser must not take several clients of the pool. */
  async listSchemaObjects(connectionId: string, schema: string): Promise<SchemaObjects> {
    const db = this.#db(connectionId);
    return {
      routines: await listRoutines(db, schema),
      types: await listDataTypes(db, schema),
      sequences: await listSequences(db, schema),
    };
  }

  async listServerObjects(connectionId: string): Promise<ServerObjects> {
    const db = this.#db(connectionId);
    return {
      extensions: await listExtensions(db),
      publications: await listPublications(db),
      subscriptions: await listSubscriptions(db),
      eventTriggers: await listEventTriggers(db),
      foreignServers: await listForeignServers(db),
      roles: await listRoles(db),
      tablespaces: await listTablespaces(db),
    };
  }

  /** Raises TableNotFound when the relation is not there any more. */
  getTableAttachments(
    connectionId: string,
    schema: string,
    table: string,
  ): Promise<TableAttachments> {
    return getTableAttachments(this.#db(connectionId), schema, table);
  }

  getRelationPrivileges(
    connectionId: string,
    schema: string,
    table: string,
  ): Promise<RelationPrivilege[]> {
    return getRelationPrivileges(this.#db(connectionId), schema, table);
  }

  /** Raises TableNotFound when the relation is not there any more. */
  getOwnPrivileges(connectionId: string, schema: string, table: string): Promise<OwnPrivileges> {
    return getOwnPrivileges(this.#db(connectionId), schema, table);
  }

  /** Raises TableNotFound when the relation is not there any more. */
  getTableActivity(connectionId: string, schema: string, table: string): Promise<TableActivity> {
    return getTableActivity(this.#db(connectionId), schema, table);
  }

  getObjectPrivileges(connectionId: string, object: GrantedObject): Promise<RelationPrivilege[]> {
    return getObjectPrivileges(this.#db(connectionId), object);
  }

  listColumnStatistics(
    connectionId: string,
    schema: string,
    table: string,
  ): Promise<ColumnStatistics[]> {
    return listColumnStatistics(this.#db(connectionId), schema, table);
  }

  /** Raises TableNotFound when the relation is not there any more. */
  getRelationDefinition(
    connectionId: string,
    schema: string,
    table: string,
  ): Promise<string | null> {
    return getRelationDefinition(this.#db(connectionId), schema, table);
  }

  /** Raises NotFound when the routine is not there any more. */
  getRoutineDefinition(connectionId: string, oid: number): Promise<string> {
    return getRoutineDefinition(this.#db(connectionId), oid);
  }

  #db(connectionId: string): Queryable {
    return this.#connections.get(connectionId).catalog;
  }
}
