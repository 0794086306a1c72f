import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { connectClient } from '../../../src/main/db/session/client';
import type { Session } from '../../../src/main/db/session/session';
import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import { Pool } from '../../../src/main/db/pool/pool';
import { createDatabase, type TestDatabase } from '../database';
import { failureOf } from './failure-of';

let database: TestDatabase;
const sessions: Session[] = [];

beforeAll(async () => {
  database = await createDatabase();
});
afterEach(() => {
  for (const session of sessions.splice(0)) session.destroy();
});
afterAll(() => database.drop());

async function connect(changes: Partial<ConnectionSettings>): Promise<Session> {
  const session = await connectClient({ ...database.settings, ...changes }, { timeoutMs: 5_000 });
  sessions.push(session);
  return session;
}

const settingsOf = `
  SELECT current_setting('lock_timeout') AS lock_timeout,
         current_setting('idle_in_transaction_session_timeout') AS idle_timeout,
         current_setting('search_path') AS search_path,
         current_setting('application_name') AS application_name`;

it('sets timeouts, search path and application name', async () => {
  const session = await connect({
    lockTimeoutMs: 1500,
    idleInTransactionTimeoutMs: 60_000,
    searchPath: 'app, "My Schema"',
    applicationName: 'nightly report',
  });
  const { rows } = await session.query(settingsOf);
  expect(rows).toEqual([
    {
      lock_timeout: '1500ms',
      idle_timeout: '1min',
      search_path: 'app, "My Schema"',
      application_name: 'nightly report',
    },
  ]);
});

it('overrides a role’s setting with 0, which is no limit', async () => {
  const role = await database.createRole();
  await database.query(`ALTER ROLE ${role.name} SET lock_timeout = '7s'`);
  const session = await connect({ ...role.settings, lockTimeoutMs: 0 });
  const { rows } = await session.query('SHOW lock_timeout');
  expect(rows).toEqual([{ lock_timeout: '0' }]);
});

it('runs the start-up statements in order, after the settings', async () => {
  const session = await connect({
    searchPath: 'pg_catalog',
    startupStatements: [
      `CREATE TEMPORARY TABLE startup AS SELECT current_setting('search_path') AS path`,
      `SET work_mem = '5MB'`,
    ],
  });
  const { rows } = await session.query(
    `SELECT path, current_setting('work_mem') AS work_mem FROM startup`,
  );
  expect(rows).toEqual([{ path: 'pg_catalog', work_mem: '5MB' }]);
});

it('names the start-up statement that failed, and keeps what the server said', async () => {
  const error = await failureOf(
    connect({ startupStatements: ['SELECT 1', 'SELECT * FROM no_such_table', 'SELECT 2'] }),
  );
  expect(error.data).toMatchObject({
    kind: 'TableNotFound',
    field: 'startupSql',
    sqlState: '42P01',
    message: 'Statement 2 of 3 of the start-up SQL failed: relation "no_such_table" does not exist',
    detail: 'SELECT * FROM no_such_table',
  });
});

it('refuses start-up SQL that leaves a transaction open', async () => {
  const error = await failureOf(connect({ startupStatements: ['BEGIN', 'SELECT 1'] }));
  expect(error.data).toMatchObject({ kind: 'InvalidInput', field: 'startupSql' });
});

it('says that the start-up SQL takes too long, and not that the server is silent', async () => {
  const startupStatements = ['SELECT pg_sleep(60)'];
  const error = await failureOf(
    connectClient({ ...database.settings, startupStatements }, { timeoutMs: 500 }),
  );
  expect(error.data).toMatchObject({ kind: 'Timeout', field: 'startupSql' });
});

it('stays read-only whatever the start-up SQL sets', async () => {
  const session = await connect({
    readOnly: true,
    startupStatements: ['SET default_transaction_read_only = off'],
  });
  await expect(session.query('CREATE TABLE t ()')).rejects.toMatchObject({ code: '25006' });
});

it('says which setting the server refuses', async () => {
  const error = await failureOf(connect({ lockTimeoutMs: 3_000_000_000 }));
  expect(error.data).toMatchObject({ field: 'lockTimeoutMs', sqlState: '22023' });
});

it('tells an unreachable session apart from a failed statement', async () => {
  const error = await failureOf(
    connect({ startupStatements: ['SELECT pg_terminate_backend(pg_backend_pid())'] }),
  );
  expect(error.data.field).toBeUndefined();
  expect(error.data.sqlState).toBe('57P01');
});

it('sets everything again after a session was reset', async () => {
  const pool = new Pool({
    settings: {
      ...database.settings,
      limits: { ...database.settings.limits, maxConnections: 1 },
      lockTimeoutMs: 1500,
      searchPath: 'pg_catalog',
      startupStatements: [`SET work_mem = '5MB'`],
    },
  });
  try {
    const first = await pool.acquire();
    await first.query(`SET work_mem = '9MB'`);
    await first.query('SET lock_timeout = 0');
    first.release({ resetSession: true });
    const second = await pool.acquire();
    expect(second.processId).toBe(first.processId);
    expect(
      await second.query(
        `SELECT current_setting('lock_timeout') AS lock_timeout,
                current_setting('search_path') AS search_path,
                current_setting('work_mem') AS work_mem`,
      ),
    ).toEqual([{ lock_timeout: '1500ms', search_path: 'pg_catalog', work_mem: '5MB' }]);
    second.release();
  } finally {
    await pool.close();
  }
});

it('makes a session read-only whatever functions of the same name the search path has', async () => {
  await database.query(`
    CREATE SCHEMA shadow;
    CREATE FUNCTION shadow.set_config(text, text, boolean) RETURNS text LANGUAGE sql AS 'SELECT $2';
    GRANT USAGE ON SCHEMA shadow TO PUBLIC`);
  const role = await database.createRole();
  await database.query(`ALTER ROLE ${role.name} SET search_path = shadow, pg_catalog`);
  const session = await connect({ ...role.settings, readOnly: true });
  const { rows } = await session.query('SHOW default_transaction_read_only');
  expect(rows).toEqual([{ default_transaction_read_only: 'on' }]);
});

it('has the server end a statement whose client is gone', async () => {
  const session = await connect({});
  const { rows } = await session.query('SHOW client_connection_check_interval');
  expect(rows).toEqual([{ client_connection_check_interval: '5s' }]);
  const pid = session.processID;
  const running = async (): Promise<unknown[]> => {
    const found = await database.query(
      `SELECT state FROM pg_stat_activity WHERE pid = $1 AND query LIKE 'SELECT pg_sleep%'`,
      [pid],
    );
    return found.rows;
  };
  const sleeping = session.query('SELECT pg_sleep(600)').catch(String);
  await expect.poll(() => running()).toEqual([{ state: 'active' }]);
  session.destroy();
  expect(await sleeping).toContain('terminated');
  await vi.waitFor(async () => expect(await running()).toEqual([]), {
    timeout: 20_000,
    interval: 200,
  });
});

it('leaves an interval that the server or a role has set', async () => {
  const role = await database.createRole();
  await database.query(`ALTER ROLE ${role.name} SET client_connection_check_interval = '70s'`);
  const session = await connect(role.settings);
  const { rows } = await session.query('SHOW client_connection_check_interval');
  expect(rows).toEqual([{ client_connection_check_interval: '70s' }]);
});

it('reads strings as they were examined, whatever a role has set', async () => {
  const role = await database.createRole();
  await database.query(`ALTER ROLE ${role.name} SET standard_conforming_strings = off`);
  const session = await connect(role.settings);
  const { rows } = await session.query(String.raw`SELECT 'a\' AS text`);
  expect(rows).toEqual([{ text: 'a\\' }]);
});
