import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Pool } from '../../../src/main/db/pool/pool';
import type { Queryable } from '../../../src/main/db/statements/queryable';
import { getTableAttachments } from '../../../src/main/services/introspection/get-table-attachments';
import { getTableInfo } from '../../../src/main/services/introspection/get-table-info';
import { listSequences } from '../../../src/main/services/introspection/list-sequences';
import { listTables } from '../../../src/main/services/introspection/list-tables';
import { describeRelation } from '../../../src/main/services/table-data/describe-relation';
import { createDatabase, type TestDatabase } from '../database';
import { openTextClient, type TextClient } from './text-client';

let database: TestDatabase;
let db: TextClient;
/** A session of somebody else. */
let other: Client;

beforeAll(async () => {
  database = await createDatabase();
  db = await openTextClient(database.settings);
  const { host, port, user } = database.settings;
  const password = (await database.settings.password()) ?? '';
  other = new Client({ host, port, user, password, database: database.name });
  await other.connect();
});
afterAll(async () => {
  await other.end();
  await db.close();
  await database.drop();
});

/** Waits until a session of the database waits for a lock. */
async function aSessionWaits(): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rowCount } = await database.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      expect(rowCount).toBe(1);
    },
    { timeout: 20_000 },
  );
}

describe('introspection while others work', () => {
  it('says that a table that was dropped after it was listed is gone', async () => {
    await database.query('CREATE TABLE "Short lived" (id int)');
    expect((await listTables(db, 'public')).map((table) => table.name)).toContain('Short lived');
    await database.query('DROP TABLE "Short lived"');
    await expect(getTableInfo(db, 'public', 'Short lived')).rejects.toMatchObject({
      kind: 'TableNotFound',
      message: 'There is no relation "Short lived" in schema "public" (any more).',
    });
  });

  it.each([
    ['a table with an index', 'CREATE TABLE gone (id int PRIMARY KEY)', 'DROP TABLE gone'],
    ['a bare table', 'CREATE TABLE gone (id int)', 'DROP TABLE gone'],
    ['a view', 'CREATE VIEW gone AS SELECT 1 AS one', 'DROP VIEW gone'],
    [
      'a materialised view',
      'CREATE MATERIALIZED VIEW gone AS SELECT 1 AS one',
      'DROP MATERIALIZED VIEW gone',
    ],
    ['a sequence', 'CREATE SEQUENCE gone', 'DROP SEQUENCE gone'],
  ])('says that %s is gone that is dropped while it is read', async (_kind, create, drop) => {
    await database.query(create);
    await other.query(`BEGIN; ${drop}`);
    const [outcome] = await Promise.allSettled([
      getTableInfo(db, 'public', 'gone', { lockTimeoutMs: 0 }),
      aSessionWaits().then(() => other.query('COMMIT')),
    ]);
    expect(outcome).toMatchObject({ status: 'rejected', reason: { kind: 'TableNotFound' } });
  });

  it('says that a table is gone that is dropped while its rows are about to be read', async () => {
    await database.query('CREATE TABLE gone (id int PRIMARY KEY)');
    const pool = new Pool({ settings: database.settings });
    const early = await pool.acquire();
    try {
      // Its rows of the catalog stay as they are from here on, as during a single statement.
      await early.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      await early.query('SELECT 1');
      await database.query('DROP TABLE gone');
      let isFirst = true;
      const meanwhile: Queryable = {
        query: (...statement) => {
          const reader = isFirst ? early : db;
          isFirst = false;
          return reader.query(...statement);
        },
      };
      await expect(
        describeRelation(meanwhile, { schema: 'public', name: 'gone' }),
      ).rejects.toMatchObject({
        kind: 'TableNotFound',
        data: { advice: expect.stringContaining('refresh the schema') },
      });
    } finally {
      early.destroy();
      await pool.close();
    }
  });

  it('reads again when an index is dropped while the table is read', async () => {
    await database.query(`
      CREATE TABLE kept (id int PRIMARY KEY, n int);
      CREATE INDEX by_n ON kept (n);
    `);
    await other.query('BEGIN; DROP INDEX by_n');
    const reading = getTableInfo(db, 'public', 'kept', { lockTimeoutMs: 0 });
    await aSessionWaits();
    await other.query('COMMIT');
    expect((await reading).indexes.map((index) => index.name)).toEqual(['kept_pkey']);
  });

  it.each([
    ['a table', 'below'],
    ['a view of a table', 'above'],
  ])('does not wait for ever for %s that another session has locked', async (_kind, name) => {
    await database.query(`
      CREATE TABLE IF NOT EXISTS below (id int PRIMARY KEY);
      CREATE OR REPLACE VIEW above AS SELECT id FROM below;
      CREATE OR REPLACE RULE quiet AS ON INSERT TO above DO INSTEAD NOTHING;
    `);
    await other.query('BEGIN; LOCK TABLE below, above IN ACCESS EXCLUSIVE MODE');
    const locked = {
      kind: 'LockNotAvailable',
      message: 'Another session has an exclusive lock on this relation or on one that it uses.',
    };
    try {
      await expect(getTableInfo(db, 'public', name, { lockTimeoutMs: 20 })).rejects.toMatchObject(
        locked,
      );
      // Listing needs no lock.
      expect((await listTables(db, 'public')).map((table) => table.name)).toContain(name);
      await expect(getTableAttachments(db, 'public', 'above')).rejects.toMatchObject(locked);
    } finally {
      await other.query('ROLLBACK');
    }
    expect((await getTableInfo(db, 'public', name)).table.name).toBe(name);
  });

  it('leaves the value of a sequence out that another session is changing', async () => {
    await database.query(`
      CREATE SCHEMA counters;
      CREATE SEQUENCE counters.changing;
      CREATE SEQUENCE counters.free;
      SELECT nextval('counters.changing'), nextval('counters.free');
    `);
    await other.query('BEGIN; ALTER SEQUENCE counters.changing RESTART 100');
    try {
      expect(await listSequences(db, 'counters')).toMatchObject([
        { name: 'changing', lastValue: null, isLocked: true },
        { name: 'free', lastValue: '1', isLocked: false },
      ]);
    } finally {
      await other.query('ROLLBACK');
    }
    expect((await listSequences(db, 'counters'))[0]).toMatchObject({ lastValue: '1' });
  });

  it('leaves the session’s lock_timeout as it was', async () => {
    await database.query('CREATE TABLE plain ()');
    await db.query(`SET lock_timeout TO '7s'`);
    await getTableInfo(db, 'public', 'plain');
    expect(await db.query('SHOW lock_timeout')).toEqual([{ lock_timeout: '7s' }]);
    await db.query('RESET lock_timeout');
  });
});
