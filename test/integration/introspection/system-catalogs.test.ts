import { beforeAll, describe, expect, it } from 'vitest';
import type { GrantedObject } from '../../../src/shared/models/catalog-objects';
import { getRelationDefinition } from '../../../src/main/services/introspection/definition/get-relation-definition';
import { getObjectPrivileges } from '../../../src/main/services/introspection/get-object-privileges';
import { getOwnPrivileges } from '../../../src/main/services/introspection/get-own-privileges';
import { getRelationPrivileges } from '../../../src/main/services/introspection/get-relation-privileges';
import { getRoutineDefinition } from '../../../src/main/services/introspection/get-routine-definition';
import { getTableActivity } from '../../../src/main/services/introspection/get-table-activity';
import { getTableAttachments } from '../../../src/main/services/introspection/get-table-attachments';
import { getTableInfo } from '../../../src/main/services/introspection/get-table-info';
import { listColumnStatistics } from '../../../src/main/services/introspection/list-column-statistics';
import { listDatabases } from '../../../src/main/services/introspection/list-databases';
import { listDataTypes } from '../../../src/main/services/introspection/list-data-types';
import { listEventTriggers } from '../../../src/main/services/introspection/list-event-triggers';
import { listExtensions } from '../../../src/main/services/introspection/list-extensions';
import { listForeignServers } from '../../../src/main/services/introspection/list-foreign-servers';
import { listPublications } from '../../../src/main/services/introspection/list-publications';
import { listRoles } from '../../../src/main/services/introspection/list-roles';
import { listRoutines } from '../../../src/main/services/introspection/list-routines';
import { listSchemas } from '../../../src/main/services/introspection/list-schemas';
import { listSequences } from '../../../src/main/services/introspection/list-sequences';
import { listSubscriptions } from '../../../src/main/services/introspection/list-subscriptions';
import { listTables } from '../../../src/main/services/introspection/list-tables';
import { listTablespaces } from '../../../src/main/services/introspection/list-tablespaces';
import { useCatalogDatabase } from './catalog-database';
import type { TextClient } from './text-client';

const catalog = useCatalogDatabase();

beforeAll(async () => {
  await catalog.database.query(`
    CREATE SCHEMA hidden;
    CREATE TABLE hidden.secret (id int PRIMARY KEY, big text);
    CREATE VIEW hidden.seen AS SELECT * FROM hidden.secret;
    CREATE SEQUENCE hidden.counter;
    CREATE TYPE hidden.mood AS ENUM ('sad');
    CREATE FUNCTION hidden.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
    REVOKE EXECUTE ON FUNCTION hidden.f FROM PUBLIC;
    REVOKE USAGE ON TYPE hidden.mood FROM PUBLIC;
  `);
});

/** Whether the role may read some column, whatever it may do with the schema. */
async function hasSelect(oid: number): Promise<boolean> {
  const { rows } = await catalog.database.query<{ readable: boolean }>(
    `SELECT has_any_column_privilege($1, $2::oid, 'SELECT') AS readable`,
    [catalog.role.name, oid],
  );
  return rows[0]?.readable === true;
}

describe('every relation of the system and of a schema without rights', () => {
  it.each(['the superuser', 'a role without any right'])('can be described by %s', async (who) => {
    const db = who === 'the superuser' ? catalog.db : catalog.roleDb;
    const described: string[] = [];
    for (const schema of await listSchemas(db)) {
      for (const table of await listTables(db, schema.name)) {
        const info = await getTableInfo(db, schema.name, table.name);
        // The estimate may have changed meanwhile: autovacuum works on the catalogs too.
        const { estimatedRows } = info.table;
        expect(info.table).toEqual({ ...table, estimatedRows });
        expect(info.columns.length).toBeGreaterThan(0);
        expect(info.viewDefinition === null).toBe(table.kind !== 'view');
        const attachments = await getTableAttachments(db, schema.name, table.name);
        expect(attachments.triggers).toHaveLength(info.triggers.length);
        const privileges = await getRelationPrivileges(db, schema.name, table.name);
        expect(privileges[0]?.grantee).toBe(table.owner);
        const own = await getOwnPrivileges(db, schema.name, table.name);
        expect(own.relation.includes('SELECT') || own.columns.length > 0).toBe(
          who === 'the superuser' || (await hasSelect(table.oid)),
        );
        const activity = await getTableActivity(db, schema.name, table.name);
        expect(activity.indexes).toHaveLength(info.indexes.length);
        const definition = await getRelationDefinition(db, schema.name, table.name);
        expect(definition === null).toBe(table.kind === 'sequence');
        const statistics = await listColumnStatistics(db, schema.name, table.name);
        expect(table.canSelect || statistics.length === 0).toBe(true);
        described.push(`${schema.name}.${table.name}`);
      }
    }
    const { rows } = await catalog.database.query<{ name: string }>(`
      SELECT n.nspname || '.' || c.relname AS name
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'v', 'S')`);
    expect(described.sort()).toEqual(rows.map((row) => row.name).sort());
  });
});

/**
 * Everything that the details ask the rights of. Of databases and tablespaces, only those that are
 * there throughout: other tests make and drop their own on the same server meanwhile.
 */
async function grantedObjects(db: TextClient): Promise<GrantedObject[]> {
  const found: GrantedObject[] = [];
  const lasting = new Set([catalog.database.name, 'postgres', 'pg_default', 'pg_global']);
  for (const { name } of await listDatabases(db)) {
    if (lasting.has(name)) found.push({ kind: 'database', id: name });
  }
  for (const { name } of await listTablespaces(db)) {
    if (lasting.has(name)) found.push({ kind: 'tablespace', id: name });
  }
  for (const schema of await listSchemas(db)) {
    found.push({ kind: 'schema', id: schema.name });
    const types = await listDataTypes(db, schema.name);
    found.push(...types.map(({ oid }) => ({ kind: 'type' as const, id: String(oid) })));
    const [routine] = await listRoutines(db, schema.name);
    if (routine !== undefined) found.push({ kind: 'routine', id: String(routine.oid) });
  }
  return found;
}

describe('a role without any right', () => {
  it('walks through the objects of every schema, their rights and their statements', async () => {
    const objects = await grantedObjects(catalog.roleDb);
    expect(new Set(objects.map(({ kind }) => kind)).size).toBe(5);
    for (const object of objects) {
      const privileges = await getObjectPrivileges(catalog.roleDb, object);
      expect(privileges[0]?.grantor).toBeTypeOf('string');
    }
    const [routine] = await listRoutines(catalog.roleDb, 'hidden');
    expect(routine).toMatchObject({ name: 'f', canExecute: false });
    expect(await getRoutineDefinition(catalog.roleDb, routine?.oid ?? 0)).toContain('SELECT 1');
    expect(await listSequences(catalog.roleDb, 'hidden')).toMatchObject([
      { name: 'counter', lastValue: null, canRead: false },
    ]);
  });

  it('sees what belongs to the server', async () => {
    const db = catalog.roleDb;
    expect((await listRoles(db)).map(({ name }) => name)).toContain(catalog.role.name);
    expect(await listExtensions(db)).toMatchObject([{ name: 'plpgsql' }]);
    for (const list of [
      listEventTriggers,
      listForeignServers,
      listPublications,
      listSubscriptions,
    ]) {
      expect(await list(db)).toEqual([]);
    }
  });

  it('is told which catalogs and columns are closed to it', async () => {
    const tables = await listTables(catalog.roleDb, 'pg_catalog');
    const closed = tables.filter(({ canSelect }) => !canSelect).map(({ name }) => name);
    expect(closed).toEqual(
      expect.arrayContaining(['pg_authid', 'pg_statistic', 'pg_user_mapping']),
    );
    for (const name of ['pg_authid', 'pg_statistic', 'pg_user_mapping']) {
      expect(await getOwnPrivileges(catalog.roleDb, 'pg_catalog', name)).toMatchObject({
        relation: [],
        columns: [],
      });
    }
    const { relation, columns } = await getOwnPrivileges(
      catalog.roleDb,
      'pg_catalog',
      'pg_subscription',
    );
    const names = columns.map(({ name }) => name);
    expect(relation).toEqual([]);
    expect(names).toContain('subname');
    expect(names).not.toContain('subconninfo');
  });
});
