import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectClient } from '../../../src/main/db/session/client';
import type { Session } from '../../../src/main/db/session/session';
import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import type { ErrorContext } from '../../../src/main/db/errors/error-context';
import { toDatabaseError, type DatabaseError } from '../../../src/main/db/errors/database-error';
import { createDatabase, type TestDatabase } from '../database';
import { failureOf } from './failure-of';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

/** What connecting fails with. */
function connect(changes: Partial<ConnectionSettings>): Promise<DatabaseError> {
  return failureOf(connectClient({ ...database.settings, ...changes }, { timeoutMs: 5_000 }));
}

describe('while connecting', () => {
  it('a wrong password', async () => {
    const error = await connect({ password: () => Promise.resolve('my secret') });
    expect(error.data).toMatchObject({
      kind: 'AuthenticationFailed',
      sqlState: '28P01',
      severity: 'FATAL',
      advice: expect.stringContaining('Check the password of user "postgres"'),
    });
    expect(JSON.stringify(error.data)).not.toContain('my secret');
  });

  it('a role that may not log in', async () => {
    const role = await database.createRole();
    await database.query(`ALTER ROLE ${role.name} NOLOGIN`);
    const error = await connect(role.settings);
    expect(error.data).toMatchObject({
      kind: 'AuthenticationFailed',
      sqlState: '28000',
      advice: expect.stringContaining('the role needs LOGIN'),
    });
  });

  it('an unknown database', async () => {
    const error = await connect({ database: 'Nowhere' });
    expect(error.data).toMatchObject({
      kind: 'DatabaseNotFound',
      sqlState: '3D000',
      advice: expect.stringContaining('"Nowhere"'),
    });
  });

  it('a database that takes no connections', async () => {
    const error = await connect({ database: 'template0' });
    expect(error.data).toMatchObject({
      kind: 'ConnectionFailed',
      sqlState: '55000',
      advice: expect.stringContaining('choose another one'),
    });
  });

  it('a database that the user may not connect to', async () => {
    await database.query(`REVOKE CONNECT ON DATABASE ${database.name} FROM PUBLIC`);
    const role = await database.createRole();
    const error = await connect(role.settings);
    expect(error.data).toMatchObject({
      kind: 'PermissionDenied',
      sqlState: '42501',
      advice: expect.stringContaining('GRANT CONNECT'),
    });
  });

  it('a limit of connections', async () => {
    const role = await database.createRole('CONNECTION LIMIT 0');
    await database.query(`GRANT CONNECT ON DATABASE ${database.name} TO ${role.name}`);
    const error = await connect(role.settings);
    expect(error.data).toMatchObject({ kind: 'TooManyConnections', sqlState: '53300' });
  });

  it('nobody at the port', async () => {
    const error = await connect({ port: 1 });
    expect(error.data).toMatchObject({
      kind: 'ConnectionFailed',
      systemCode: 'ECONNREFUSED',
      message: 'Nothing accepts connections at 127.0.0.1:1.',
    });
  });

  it('nobody at any address of the host', async () => {
    const error = await connect({ host: 'localhost', port: 1 });
    expect(error.data).toMatchObject({
      kind: 'ConnectionFailed',
      systemCode: 'ECONNREFUSED',
      message: 'Nothing accepts connections at localhost:1.',
    });
  });

  it('a host name that does not exist', async () => {
    const error = await connect({ host: 'nowhere.invalid' });
    expect(error.data.kind).toBe('ConnectionFailed');
    expect(error.data.systemCode).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
    expect(error.message).toContain('"nowhere.invalid"');
  });
});

describe('from a statement', () => {
  let client: Session;

  beforeAll(async () => {
    client = await connectClient(database.settings, { timeoutMs: 5_000 });
    await database.query(`
      CREATE SCHEMA shop;
      CREATE TABLE shop.items (id int PRIMARY KEY, price numeric NOT NULL CHECK (price > 0));
      CREATE DOMAIN shop.percent AS int CHECK (VALUE BETWEEN 0 AND 100);
      CREATE FUNCTION shop.broken() RETURNS int LANGUAGE plpgsql AS
        $$ BEGIN RETURN (SELECT '😀', missing FROM shop.items); END $$;
      INSERT INTO shop.items VALUES (1, 1);
    `);
  });
  afterAll(() => client.end());

  /** What a statement fails with. */
  async function fail(
    statement: string,
    context: Partial<ErrorContext> = {},
  ): Promise<DatabaseError['data']> {
    const run = client.query(statement).catch((error: unknown) => {
      throw toDatabaseError(error, { phase: 'query', statement, ...context });
    });
    return (await failureOf(run)).data;
  }

  it('is placed in UTF-16 units of the submitted text', async () => {
    const statement = "SELECT '😀😀', missing";
    expect(await fail(statement)).toMatchObject({
      kind: 'InvalidQuery',
      sqlState: '42703',
      position: statement.indexOf('missing'),
    });
    expect(await fail(statement, { statementOffset: 1000 })).toMatchObject({
      position: 1000 + statement.indexOf('missing'),
    });
  });

  it('is placed at the end where the text ends too early', async () => {
    expect(await fail('SELECT (1')).toMatchObject({ sqlState: '42601', position: 9 });
  });

  it('keeps the query that a function ran, and where', async () => {
    const error = await fail('SELECT shop.broken()');
    expect(error).toMatchObject({
      kind: 'InvalidQuery',
      internalQuery: expect.stringContaining('missing FROM shop.items'),
      internalPosition: error.internalQuery?.indexOf('missing'),
      where: expect.stringContaining('PL/pgSQL function shop.broken()'),
    });
    expect(error).not.toHaveProperty('position');
  });

  it('keeps what the server names', async () => {
    expect(await fail('INSERT INTO shop.items VALUES (1, 2)')).toMatchObject({
      kind: 'ConstraintViolated',
      sqlState: '23505',
      severity: 'ERROR',
      schema: 'shop',
      table: 'items',
      constraint: 'items_pkey',
      detail: 'Key (id)=(1) already exists.',
    });
    expect(await fail('INSERT INTO shop.items VALUES (2, NULL)')).toMatchObject({
      sqlState: '23502',
      column: 'price',
    });
    expect(await fail('SELECT 101::shop.percent')).toMatchObject({
      sqlState: '23514',
      dataType: 'percent',
    });
    expect(await fail('SELECT lenght(1::text)')).toMatchObject({
      sqlState: '42883',
      hint: expect.any(String),
    });
  });

  it.each([
    ['SELECT * FROM nothing', 'TableNotFound'],
    ['SELEC 1', 'InvalidQuery'],
    ['SELECT 1/0', 'QueryFailed'],
    ['BEGIN READ ONLY; CREATE TABLE t ()', 'ReadOnly'],
    ['SELECT 1', 'TransactionFailed'],
  ] as const)('%s is %s', async (statement, kind) => {
    // The last two are one transaction.
    expect((await fail(statement)).kind).toBe(kind);
    if (kind === 'TransactionFailed') await client.query('ROLLBACK');
  });

  it('a missing privilege', async () => {
    const role = await database.createRole();
    await client.query(`SET ROLE ${role.name}`);
    expect(await fail('CREATE SCHEMA forbidden')).toMatchObject({ kind: 'PermissionDenied' });
    await client.query('RESET ROLE');
  });

  it('a lock that somebody else holds', async () => {
    await database.query('BEGIN');
    await database.query('LOCK TABLE shop.items');
    expect(await fail('BEGIN; SET LOCAL lock_timeout = 1; TABLE shop.items')).toMatchObject({
      kind: 'LockNotAvailable',
      sqlState: '55P03',
    });
    await client.query('ROLLBACK');
    await database.query('ROLLBACK');
  });

  it('a serialisation failure', async () => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await client.query('SELECT * FROM shop.items');
    await database.query('UPDATE shop.items SET price = price + 1');
    expect(await fail('UPDATE shop.items SET price = 5')).toMatchObject({
      kind: 'SerializationFailed',
      sqlState: '40001',
    });
    await client.query('ROLLBACK');
  });

  it('a statement timeout is told from a cancel', async () => {
    const slow = 'SELECT pg_sleep(60)';
    await client.query('SET statement_timeout = 10');
    expect(await fail(slow)).toMatchObject({ kind: 'Timeout', sqlState: '57014' });
    await client.query('RESET statement_timeout');
    const cancelled = fail(slow);
    await vi.waitFor(async () => {
      const { rowCount } = await database.query(
        `SELECT pg_cancel_backend(pid) FROM pg_stat_activity
          WHERE pid = $1 AND wait_event = 'PgSleep'`,
        [client.processID],
      );
      expect(rowCount).toBe(1);
    });
    expect(await cancelled).toMatchObject({ kind: 'Cancelled', sqlState: '57014' });
  });

  it('a connection that a function could not make elsewhere is no loss of this one', async () => {
    const text = `DO $$ BEGIN RAISE EXCEPTION 'no answer' USING ERRCODE = '08006'; END $$`;
    expect(await fail(text)).toMatchObject({ kind: 'QueryFailed', sqlState: '08006' });
  });
});
