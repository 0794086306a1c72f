import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getTableInfo } from '../../../src/main/services/introspection/get-table-info';
import { listPublications } from '../../../src/main/services/introspection/list-publications';
import { createDatabase, type TestDatabase } from '../database';
import { openTextClient, type TextClient } from './text-client';

/*
 * What servers after the oldest supported one brought: these tests need SQL that PostgreSQL 14 does
 * not know, and run on the newest alone.
 */

let database: TestDatabase;
let db: TextClient;

beforeAll(async () => {
  database = await createDatabase();
  db = await openTextClient(database.settings);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

describe('columns', () => {
  it('tell virtual generated columns from stored ones', async () => {
    await database.query(`
      CREATE TABLE computed (n int, v int GENERATED ALWAYS AS (n + 1) VIRTUAL);
    `);
    const { columns } = await getTableInfo(db, 'public', 'computed');
    expect(columns[1]).toMatchObject({ default: '(n + 1)', generated: 'virtual' });
  });
});

describe('publications', () => {
  it('have their tables with columns and filter, and their schemas', async () => {
    await database.query(`
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
      allTables: false,
      schemas: [],
      tables: [],
      comment: null,
    };
    expect(await listPublications(db)).toEqual([
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
});
