import { describe, expect, it } from 'vitest';
import { getRelationDefinition } from '../../../src/main/services/introspection/definition/get-relation-definition';
import { getTableInfo } from '../../../src/main/services/introspection/get-table-info';
import { listPublications } from '../../../src/main/services/introspection/list-publications';
import { publicationDefinition } from '../../../src/shared/sql/definitions/server-definitions';
import { useCatalogDatabase } from './catalog-database';

/*
 * What servers after the oldest supported one brought: these tests need SQL that PostgreSQL 14 does
 * not know, and run on the newest alone.
 */

const catalog = useCatalogDatabase();

describe('columns', () => {
  it('tell virtual generated columns from stored ones', async () => {
    await catalog.database.query(`
      CREATE TABLE computed (n int, v int GENERATED ALWAYS AS (n + 1) VIRTUAL);
    `);
    const { columns } = await getTableInfo(catalog.db, 'public', 'computed');
    expect(columns[1]).toMatchObject({ default: '(n + 1)', generated: 'virtual' });
  });
});

describe('constraints', () => {
  it('of NOT NULL have names, and say when they are not valid or not inherited', async () => {
    await catalog.database.query(`
      CREATE TABLE strict (a int CONSTRAINT "must be" NOT NULL, b int NOT NULL NO INHERIT, c int);
      ALTER TABLE strict ADD CONSTRAINT later NOT NULL c NOT VALID;
    `);
    const { constraints, columns } = await getTableInfo(catalog.db, 'public', 'strict');
    expect(constraints?.map(({ name, kind, definition }) => [name, kind, definition])).toEqual([
      ['later', 'not null', 'NOT NULL c NOT VALID'],
      ['must be', 'not null', 'NOT NULL a'],
      ['strict_b_not_null', 'not null', 'NOT NULL b NO INHERIT'],
    ]);
    expect(columns.map(({ nullable }) => nullable)).toEqual([false, false, false]);
  });

  it('of time have no overlaps, and foreign keys with a period', async () => {
    await catalog.database.query(`
      CREATE TABLE lease (room int4range, during daterange,
        CONSTRAINT held PRIMARY KEY (room, during WITHOUT OVERLAPS));
      CREATE TABLE stay (room int4range, during daterange,
        FOREIGN KEY (room, PERIOD during) REFERENCES lease (room, PERIOD during));
    `);
    const lease = await getTableInfo(catalog.db, 'public', 'lease');
    expect(lease.constraints?.[0]).toEqual({
      name: 'held',
      kind: 'primary key',
      columns: ['room', 'during'],
      operators: ['=', '&&'],
      definition: 'PRIMARY KEY (room, during WITHOUT OVERLAPS)',
    });
    expect(lease.columns.map(({ isPrimaryKey }) => isPrimaryKey)).toEqual([true, true]);
    const stay = await getTableInfo(catalog.db, 'public', 'stay');
    expect(stay.foreignKeys).toMatchObject([
      {
        columns: ['room', 'during'],
        referencedColumns: ['room', 'during'],
        hasPeriod: true,
        definition: 'FOREIGN KEY (room, PERIOD during) REFERENCES lease(room, PERIOD during)',
      },
    ]);
    expect(lease.referencedBy).toEqual(stay.foreignKeys);
  });

  it('say that they are not enforced', async () => {
    await catalog.database.query(`
      CREATE TABLE loose (id int PRIMARY KEY, up int REFERENCES loose NOT ENFORCED,
        CONSTRAINT small CHECK (id < 10) NOT ENFORCED);
    `);
    const { checks, foreignKeys } = await getTableInfo(catalog.db, 'public', 'loose');
    expect(checks).toEqual([{ name: 'small', definition: 'CHECK (id < 10) NOT ENFORCED' }]);
    expect(foreignKeys[0]?.definition).toMatch(/ NOT ENFORCED$/);
  });
});

describe('publications', () => {
  it('have their tables with columns and filter, and their schemas', async () => {
    await catalog.database.query(`
      CREATE SCHEMA "Feed";
      CREATE TABLE item (id int PRIMARY KEY, "Name" text, secret text);
      CREATE PUBLICATION part FOR TABLE item ("Name", id) WHERE (id > 5)
        WITH (publish = 'insert, delete');
      CREATE PUBLICATION whole FOR TABLES IN SCHEMA "Feed" WITH (publish_via_partition_root);
      COMMENT ON PUBLICATION whole IS 'of a schema';
      CREATE PUBLICATION everything FOR ALL TABLES;
    `);
    const common = {
      owner: 'postgres',
      publishes: ['insert', 'update', 'delete', 'truncate'],
      viaRoot: false,
      publishesGenerated: false,
      allTables: false,
      schemas: [],
      tables: [],
      comment: null,
    };
    expect(await listPublications(catalog.db)).toEqual([
      { ...common, name: 'everything', allTables: true },
      {
        ...common,
        name: 'part',
        publishes: ['insert', 'delete'],
        tables: [{ schema: 'public', name: 'item', columns: ['id', 'Name'], filter: '(id > 5)' }],
      },
      { ...common, name: 'whole', viaRoot: true, schemas: ['Feed'], comment: 'of a schema' },
    ]);
  });

  it('are made again from their definitions', async () => {
    await catalog.database.query(`
      DROP PUBLICATION part, whole, everything;
      CREATE TABLE shown (id int PRIMARY KEY, "is shown" bool, n int GENERATED ALWAYS AS (id) STORED);
      ALTER TABLE shown REPLICA IDENTITY FULL;
      CREATE PUBLICATION bare FOR TABLE shown WHERE ("is shown"), item WHERE (true);
      CREATE PUBLICATION computed FOR TABLE shown WITH (publish_generated_columns = stored);
    `);
    const before = await listPublications(catalog.db);
    const facts = (): Promise<{ rows: unknown[] }> =>
      catalog.database.query('SELECT pubname, pubgencols FROM pg_publication ORDER BY 1');
    const { rows } = await facts();
    await catalog.database.query('DROP PUBLICATION bare, computed');
    for (const definition of before.map(publicationDefinition)) {
      await catalog.database.query(definition);
    }
    expect(await listPublications(catalog.db)).toEqual(before);
    expect((await facts()).rows).toEqual(rows);
  });
});

describe('the definition of a relation', () => {
  it('makes again what later servers can declare', async () => {
    await catalog.database.query(`
      CREATE TABLE declared (
        id int CONSTRAINT "has; id" NOT NULL NO INHERIT,
        late int,
        doubled int GENERATED ALWAYS AS (id * 2) VIRTUAL,
        CONSTRAINT loose CHECK (id > 0) NOT ENFORCED);
      ALTER TABLE declared ADD CONSTRAINT soon NOT NULL late NOT VALID;
    `);
    const read = async (): Promise<unknown> => {
      const info = await getTableInfo(catalog.db, 'public', 'declared');
      return { ...info, table: { ...info.table, oid: 0 } };
    };
    const before = await read();
    const definition = await getRelationDefinition(catalog.db, 'public', 'declared');
    await catalog.database.query(`DROP TABLE declared; ${definition}`);
    expect(await read()).toEqual(before);
  });
});
