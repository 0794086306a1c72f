import { beforeAll, describe, expect, it } from 'vitest';
import { listEventTriggers } from '../../../src/main/services/introspection/list-event-triggers';
import { listExtensions } from '../../../src/main/services/introspection/list-extensions';
import { listForeignServers } from '../../../src/main/services/introspection/list-foreign-servers';
import { listPublications } from '../../../src/main/services/introspection/list-publications';
import { listRoles } from '../../../src/main/services/introspection/list-roles';
import { listSubscriptions } from '../../../src/main/services/introspection/list-subscriptions';
import { listTablespaces } from '../../../src/main/services/introspection/list-tablespaces';
import { createDatabase, type TestRole } from '../database';
import { useCatalogDatabase } from './catalog-database';
import { openTextClient } from './text-client';

const catalog = useCatalogDatabase();
let group: TestRole;

beforeAll(async () => {
  group = await catalog.database.createRole('NOINHERIT');
  await catalog.database.query(`
    ALTER ROLE ${catalog.role.name} CREATEDB CONNECTION LIMIT 3 VALID UNTIL 'infinity';
    ALTER ROLE ${group.name} NOLOGIN;
    GRANT ${group.name} TO ${catalog.role.name};
    COMMENT ON ROLE ${catalog.role.name} IS 'a person';
  `);
});

describe('roles', () => {
  it('have their attributes and the groups that they belong to', async () => {
    const roles = await listRoles(catalog.roleDb);
    expect(roles.find((found) => found.name === catalog.role.name)).toEqual({
      name: catalog.role.name,
      canLogin: true,
      isSuperuser: false,
      canCreateDatabases: true,
      canCreateRoles: false,
      inherits: true,
      canReplicate: false,
      bypassesRowSecurity: false,
      connectionLimit: 3,
      validUntil: 'infinity',
      memberOf: [group.name],
      comment: 'a person',
    });
    expect(roles.find((found) => found.name === group.name)).toMatchObject({
      canLogin: false,
      inherits: false,
      connectionLimit: null,
      validUntil: null,
      memberOf: [],
    });
  });
});

describe('tablespaces', () => {
  it('include the two of the data directory, which have no folder of their own', async () => {
    const found = await listTablespaces(catalog.roleDb);
    // Other tests may have made some on the same server.
    expect(found.filter(({ location }) => location === null)).toEqual([
      { name: 'pg_default', owner: 'postgres', location: null, options: [], comment: null },
      { name: 'pg_global', owner: 'postgres', location: null, options: [], comment: null },
    ]);
  });
});

describe('extensions', () => {
  it('have their version and schema', async () => {
    expect(await listExtensions(catalog.roleDb)).toEqual([
      {
        name: 'plpgsql',
        version: '1.0',
        schema: 'pg_catalog',
        owner: 'postgres',
        comment: 'PL/pgSQL procedural language',
      },
    ]);
  });
});

describe('publications', () => {
  it('have their tables and what they publish', async () => {
    await catalog.database.query(`
      CREATE TABLE published (id int PRIMARY KEY);
      CREATE PUBLICATION partial FOR TABLE published WITH (publish = 'insert, delete');
      CREATE PUBLICATION everything FOR ALL TABLES WITH (publish_via_partition_root);
      COMMENT ON PUBLICATION everything IS 'of all';
    `);
    const common = { owner: 'postgres', publishesGenerated: false, schemas: [], comment: null };
    expect(await listPublications(catalog.roleDb)).toEqual([
      {
        ...common,
        name: 'everything',
        publishes: ['insert', 'update', 'delete', 'truncate'],
        viaRoot: true,
        allTables: true,
        tables: [],
        comment: 'of all',
      },
      {
        ...common,
        name: 'partial',
        publishes: ['insert', 'delete'],
        viaRoot: false,
        allTables: false,
        tables: [{ schema: 'public', name: 'published', columns: [], filter: null }],
      },
    ]);
  });
});

describe('subscriptions', () => {
  it('never show their connection string, and are listed to those who may not read it', async () => {
    await catalog.database.query(`
      CREATE SUBSCRIPTION mirror CONNECTION 'host=nowhere password=secret' PUBLICATION a, "B"
        WITH (connect = false, slot_name = 'mirror_slot');
      COMMENT ON SUBSCRIPTION mirror IS 'of elsewhere';
    `);
    try {
      const found = await listSubscriptions(catalog.roleDb);
      expect(found).toEqual([
        {
          name: 'mirror',
          owner: 'postgres',
          isEnabled: false,
          publications: ['a', 'B'],
          slotName: 'mirror_slot',
          comment: 'of elsewhere',
        },
      ]);
      const elsewhere = await createDatabase();
      const other = await openTextClient(elsewhere.settings);
      expect(await listSubscriptions(other)).toEqual([]);
      await other.close();
      await elsewhere.drop();
    } finally {
      await catalog.database.query('ALTER SUBSCRIPTION mirror SET (slot_name = NONE)');
      await catalog.database.query('DROP SUBSCRIPTION mirror');
    }
  });
});

describe('event triggers', () => {
  it('have their event, tags and function', async () => {
    await catalog.database.query(`
      CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
      CREATE EVENT TRIGGER ends ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE')
        EXECUTE FUNCTION watch();
      CREATE EVENT TRIGGER off ON sql_drop EXECUTE FUNCTION watch();
      ALTER EVENT TRIGGER off DISABLE;
    `);
    const common = {
      owner: 'postgres',
      function: { schema: 'public', name: 'watch' },
      comment: null,
    };
    expect(await listEventTriggers(catalog.roleDb)).toEqual([
      {
        ...common,
        name: 'ends',
        event: 'ddl_command_end',
        firing: 'origin',
        tags: ['CREATE TABLE', 'DROP TABLE'],
      },
      { ...common, name: 'off', event: 'sql_drop', firing: 'disabled', tags: [] },
    ]);
  });
});

describe('foreign servers', () => {
  it('show which options they have but not what may be a secret', async () => {
    await catalog.database.query(`
      CREATE FOREIGN DATA WRAPPER anything;
      CREATE SERVER far TYPE 'kind' VERSION '9' FOREIGN DATA WRAPPER anything
        OPTIONS (host 'example', api_key 'hush');
    `);
    const found = await listForeignServers(catalog.roleDb);
    expect(found).toEqual([
      {
        name: 'far',
        wrapper: 'anything',
        type: 'kind',
        version: '9',
        owner: 'postgres',
        optionNames: ['host', 'api_key'],
        canUse: false,
        comment: null,
      },
    ]);
    expect(JSON.stringify(found)).not.toContain('hush');
    expect(await listForeignServers(catalog.db)).toMatchObject([{ canUse: true }]);
  });
});
