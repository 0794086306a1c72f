import { describe, expect, it } from 'vitest';
import { listDatabases } from '../../../src/main/services/introspection/list-databases';
import { listSchemas } from '../../../src/main/services/introspection/list-schemas';
import { listTables, listTablesOf } from '../../../src/main/services/introspection/list-tables';
import { createDatabase } from '../database';
import { useCatalogDatabase } from './catalog-database';

const catalog = useCatalogDatabase();

describe('listDatabases', () => {
  it('lists a database without CONNECT and marks it', async () => {
    const closed = await createDatabase();
    await catalog.database.query(`REVOKE CONNECT ON DATABASE ${closed.name} FROM PUBLIC`);
    await catalog.database.query(`COMMENT ON DATABASE ${closed.name} IS 'for "nobody"'`);
    try {
      expect(await listDatabases(catalog.roleDb)).toContainEqual({
        name: closed.name,
        owner: 'postgres',
        encoding: 'UTF8',
        isTemplate: false,
        canConnect: false,
        comment: 'for "nobody"',
      });
      expect(await listDatabases(catalog.db)).toContainEqual(
        expect.objectContaining({ name: closed.name, canConnect: true }),
      );
    } finally {
      await closed.drop();
    }
  });

  it('knows that template0 takes no connection, not even of a superuser', async () => {
    expect(await listDatabases(catalog.db)).toContainEqual(
      expect.objectContaining({ name: 'template0', isTemplate: true, canConnect: false }),
    );
  });

  it('says that a database that an interrupted DROP DATABASE left takes no connection', async () => {
    const half = await createDatabase();
    await catalog.database.query('UPDATE pg_database SET datconnlimit = -2 WHERE datname = $1', [
      half.name,
    ]);
    try {
      expect(await listDatabases(catalog.db)).toContainEqual(
        expect.objectContaining({ name: half.name, canConnect: false }),
      );
    } finally {
      await half.drop();
    }
  });
});

describe('listSchemas', () => {
  it('lists a schema without USAGE and marks it', async () => {
    await catalog.database.query(`CREATE SCHEMA hidden; COMMENT ON SCHEMA hidden IS 'not for all'`);
    const hidden = { name: 'hidden', owner: 'postgres', isSystem: false, comment: 'not for all' };
    expect(await listSchemas(catalog.roleDb)).toContainEqual({ ...hidden, canUse: false });
    expect(await listSchemas(catalog.db)).toContainEqual({ ...hidden, canUse: true });
  });

  it('tells the schemas of the system from those of users', async () => {
    await catalog.database.query('CREATE SCHEMA pgfoo; CREATE TEMPORARY TABLE t ()');
    const schemas = await listSchemas(catalog.db);
    const system = schemas.filter((schema) => schema.isSystem).map((schema) => schema.name);
    expect(system).toEqual(
      expect.arrayContaining(['information_schema', 'pg_catalog', 'pg_toast']),
    );
    expect(system.some((name) => name.startsWith('pg_temp_'))).toBe(true);
    expect(system).not.toContain('pgfoo');
    expect(system).not.toContain('public');
  });
});

describe('listTables', () => {
  it('tells the kinds of relation apart and lists nothing else', async () => {
    await catalog.database.query(`
      CREATE SCHEMA kinds;
      SET search_path TO kinds;
      CREATE TABLE plain (id int PRIMARY KEY);
      CREATE TABLE parted (id int) PARTITION BY LIST (id);
      CREATE VIEW seen AS SELECT 1 AS one;
      CREATE MATERIALIZED VIEW kept AS SELECT 1 AS one;
      CREATE SEQUENCE numbers;
      CREATE TYPE pair AS (a int, b int);
      CREATE FOREIGN DATA WRAPPER nothing;
      CREATE SERVER nowhere FOREIGN DATA WRAPPER nothing;
      CREATE FOREIGN TABLE far (id int) SERVER nowhere;
      RESET search_path;
    `);
    const kinds = (await listTables(catalog.db, 'kinds')).map(({ name, kind }) => [name, kind]);
    expect(kinds).toEqual([
      ['far', 'foreign table'],
      ['kept', 'materialized view'],
      ['numbers', 'sequence'],
      ['parted', 'partitioned table'],
      ['plain', 'table'],
      ['seen', 'view'],
    ]);
  });

  it('lists a table without SELECT and marks it', async () => {
    await catalog.database.query(`
      CREATE SCHEMA rights;
      CREATE TABLE rights.none (id int);
      CREATE TABLE rights.one_column (id int, secret int);
      CREATE TABLE rights.all_columns (id int);
      CREATE SEQUENCE rights.counter;
      GRANT SELECT ON rights.all_columns, rights.counter TO ${catalog.role.name};
      GRANT SELECT (id) ON rights.one_column TO ${catalog.role.name};
    `);
    const readable = async (): Promise<string[]> =>
      (await listTables(catalog.roleDb, 'rights'))
        .filter((table) => table.canSelect)
        .map((table) => table.name);
    // Without USAGE on the schema no grant on what is in it counts.
    expect(await readable()).toEqual([]);
    await catalog.database.query(`GRANT USAGE ON SCHEMA rights TO ${catalog.role.name}`);
    expect(await readable()).toEqual(['all_columns', 'counter', 'one_column']);
    expect(await listTables(catalog.roleDb, 'rights')).toHaveLength(4);
  });

  it('has an estimate of rows once there is one, without an exponent', async () => {
    await catalog.database.query(`
      CREATE SCHEMA sizes;
      CREATE TABLE sizes.unknown AS SELECT 1 AS id;
      CREATE TABLE sizes.empty (id int);
      CREATE TABLE sizes.many AS SELECT generate_series(1, 1000000) AS id;
      CREATE VIEW sizes.seen AS SELECT 1 AS one;
      ANALYZE sizes.many;
    `);
    await catalog.database.query('VACUUM sizes.empty');
    const estimates = (await listTables(catalog.db, 'sizes')).map((table) => [
      table.name,
      table.estimatedRows,
    ]);
    expect(estimates).toEqual([
      ['empty', '0'],
      ['many', '1000000'],
      ['seen', null],
      ['unknown', null],
    ]);
  });

  it('lists several schemas at once as one by one, with the rights on each', async () => {
    await catalog.database.query(`
      CREATE SCHEMA "One; 1";
      CREATE SCHEMA two;
      CREATE TABLE "One; 1".b (id int PRIMARY KEY) PARTITION BY RANGE (id);
      CREATE TABLE two.a PARTITION OF "One; 1".b FOR VALUES FROM (1) TO (9);
      CREATE VIEW two.c AS SELECT 1 AS x;
      COMMENT ON VIEW two.c IS 'seen';
      GRANT SELECT ON ALL TABLES IN SCHEMA "One; 1", two TO ${catalog.role.name};
      GRANT USAGE ON SCHEMA two TO ${catalog.role.name};
    `);
    const together = await listTablesOf(catalog.roleDb, ['two', 'nowhere', 'One; 1']);
    expect(together.map(({ schema, name, canSelect }) => [schema, name, canSelect])).toEqual([
      ['two', 'a', true],
      ['One; 1', 'b', false],
      ['two', 'c', true],
    ]);
    for (const schema of ['One; 1', 'two']) {
      expect(together.filter((table) => table.schema === schema)).toEqual(
        await listTables(catalog.roleDb, schema),
      );
    }
    expect(await listTablesOf(catalog.roleDb, [])).toEqual([]);
  });

  it('gives an empty list for an empty schema and an error for one that is gone', async () => {
    await catalog.database.query('CREATE SCHEMA "Empty Schema"');
    expect(await listTables(catalog.db, 'Empty Schema')).toEqual([]);
    await catalog.database.query('DROP SCHEMA "Empty Schema"');
    await expect(listTables(catalog.db, 'Empty Schema')).rejects.toMatchObject({
      kind: 'NotFound',
      message: 'There is no schema "Empty Schema" in this database (any more).',
    });
  });
});
