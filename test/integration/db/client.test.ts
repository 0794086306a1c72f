import { readFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, inject, it, vi } from 'vitest';
import {
  connectClient,
  createClient,
  type ConnectOptions,
} from '../../../src/main/db/session/client';
import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import { createDatabase, type TestDatabase } from '../database';
import { TcpProxy } from '../tcp-proxy';
import { failureOf } from './failure-of';

/** Null on Windows. */
const { socketFolder } = inject('postgres');
let database: TestDatabase;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  database = await createDatabase();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => database.drop());

async function connect(
  changes: Partial<ConnectionSettings> = {},
  options: Partial<ConnectOptions> = {},
): ReturnType<typeof connectClient> {
  const client = await connectClient(
    { ...database.settings, ...changes },
    { timeoutMs: 5_000, ...options },
  );
  closers.push(() => client.end());
  return client;
}

async function startProxy(): Promise<TcpProxy> {
  const proxy = await TcpProxy.start(inject('postgres'));
  closers.push(() => proxy.close());
  return proxy;
}

it('takes nothing from the environment', async () => {
  const environment = {
    PGHOST: '192.0.2.1',
    PGHOSTADDR: '192.0.2.1',
    PGPORT: '1',
    PGDATABASE: 'elsewhere',
    PGUSER: 'somebody',
    PGPASSWORD: 'wrong',
    PGPASSFILE: '/nonexistent',
    PGSERVICE: 'nowhere',
    PGSSLMODE: 'verify-full',
    PGSSLNEGOTIATION: 'direct',
    PGOPTIONS: '-c search_path=elsewhere -c statement_timeout=1',
    PGAPPNAME: 'somebody else',
    PGCLIENT_ENCODING: 'LATIN1',
    PGREPLICATION: 'database',
    PGCONNECT_TIMEOUT: '1',
    PGBINARY: '1',
    PGTZ: 'Asia/Tokyo',
    PGDATESTYLE: 'German',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const client = await connect();
  const { rows } = await client.query(
    `SELECT current_database() AS database, current_user AS "user",
            current_setting('application_name') AS application_name,
            current_setting('search_path') AS search_path,
            current_setting('statement_timeout') AS statement_timeout,
            current_setting('client_encoding') AS client_encoding,
            current_setting('TimeZone') AS time_zone,
            current_setting('DateStyle') AS date_style`,
  );
  expect(rows).toEqual([
    {
      database: database.name,
      user: database.settings.user,
      application_name: 'postern-test',
      search_path: '"$user", public',
      statement_timeout: '0',
      client_encoding: 'UTF8',
      time_zone: 'UTC',
      date_style: 'ISO, MDY',
    },
  ]);
});

it.each(['host', 'user', 'database'] as const)(
  'refuses an empty %s, which pg would take from the environment, and one with a NUL',
  (field) => {
    for (const value of ['', 'a\0b']) {
      expect(() => createClient({ ...database.settings, [field]: value }, false)).toThrow(
        expect.objectContaining({ data: expect.objectContaining({ kind: 'InvalidInput', field }) }),
      );
    }
  },
);

it.runIf(process.platform === 'linux')('has TCP look after an idle link', async () => {
  const { stream } = (await connect()).connection;
  if (!(stream instanceof Socket)) throw new Error('The session has no socket.');
  const port = (stream.localPort ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const sockets = (await readFile('/proc/net/tcp', 'utf8')).split('\n');
  const [, , , , , timer = ''] =
    sockets
      .map((line) => line.trim().split(/\s+/))
      .find(([, local]) => local === `0100007F:${port}`) ?? [];
  // Timer 2 is that of keepalive; its time is in hundredths of a second (proc_net_tcp of the kernel).
  const [kind, due = ''] = timer.split(':');
  expect(kind).toBe('02');
  expect(Number.parseInt(due, 16)).toBeLessThanOrEqual(3_000);
});

it('applies the settings of the profile', async () => {
  const client = await connect({ readOnly: true, statementTimeoutMs: 4321 });
  const { rows } = await client.query(
    `SELECT current_setting('default_transaction_read_only') AS read_only,
            current_setting('statement_timeout') AS statement_timeout`,
  );
  expect(rows).toEqual([{ read_only: 'on', statement_timeout: '4321ms' }]);
  await expect(client.query('CREATE TABLE t ()')).rejects.toMatchObject({ code: '25006' });
});

it('leaves the role’s own settings where the profile asks for nothing', async () => {
  const role = await database.createRole();
  await database.query(`ALTER ROLE ${role.name} SET statement_timeout = '7s'`);
  const client = await connect(role.settings);
  const { rows } = await client.query('SHOW statement_timeout');
  expect(rows).toEqual([{ statement_timeout: '7s' }]);
});

it('shows every value exactly as the server sent it', async () => {
  const client = await connect();
  const { rows } = await client.query({
    rowMode: 'array',
    text: `SELECT 9007199254740993::int8, 0.1::float8, 'NaN'::numeric, 1.10::numeric(10,2),
                  '2024-02-29 12:34:56.123456+00'::timestamptz, 'infinity'::date,
                  '1 year 2 mons'::interval, '{"b": 1, "a": 1.0}'::json, true,
                  ARRAY['a,b', NULL], '\\x00ff'::bytea, '', NULL`,
  });
  expect(rows).toEqual([
    [
      '9007199254740993',
      '0.1',
      'NaN',
      '1.10',
      '2024-02-29 12:34:56.123456+00',
      'infinity',
      '1 year 2 mons',
      '{"b": 1, "a": 1.0}',
      't',
      '{"a,b",NULL}',
      '\\x00ff',
      '',
      null,
    ],
  ]);
});

it('asks for the password at each connect and keeps it nowhere', async () => {
  const password = vi.fn<ConnectionSettings['password']>(database.settings.password);
  const client = await connect({ password });
  expect(password).toHaveBeenCalledOnce();
  expect(client.password).toBeUndefined();
  const secret = await database.settings.password();
  expect(inspect(client, { showHidden: true, depth: 20 })).not.toContain(secret);
});

it('says that a password is missing', async () => {
  for (const missing of [null, '']) {
    const error = await failureOf(connect({ password: () => Promise.resolve(missing) }));
    expect(error.data).toMatchObject({ kind: 'AuthenticationFailed', field: 'password' });
  }
});

it('passes on why a password could not be had', async () => {
  const locked = new Error('The keychain is locked.');
  const error = await failureOf(connect({ password: () => Promise.reject(locked) }));
  expect(error.cause).toBe(locked);
});

it.runIf(socketFolder !== null)(
  'connects through a Unix socket, without TLS whatever the mode',
  async () => {
    const client = await connect({ host: socketFolder ?? '', ssl: { mode: 'verify-full' } });
    const { rows } = await client.query('SELECT inet_server_addr() AS address');
    expect(rows).toEqual([{ address: null }]);
  },
);

it('says so when there is no such socket', async () => {
  const error = await failureOf(connect({ host: '/nonexistent' }));
  expect(error.data).toMatchObject({ kind: 'ConnectionFailed', systemCode: 'ENOENT' });
  expect(error.message).toContain('/nonexistent/.s.PGSQL.');
});

it('gives up at the deadline when the server does not answer', async () => {
  const proxy = await startProxy();
  proxy.fallSilent();
  const error = await failureOf(connect({ port: proxy.port }, { timeoutMs: 50 }));
  expect(error.kind).toBe('Timeout');
  expect(error.message).toBe(`127.0.0.1:${proxy.port} gave no session within 50 ms.`);
  await expect.poll(() => proxy.open).toBe(0);
});

it('stops at once when the signal fires', async () => {
  const proxy = await startProxy();
  proxy.fallSilent();
  const abort = new AbortController();
  const connecting = failureOf(connect({ port: proxy.port }, { signal: abort.signal }));
  await expect.poll(() => proxy.open).toBe(1);
  abort.abort();
  expect((await connecting).kind).toBe('Cancelled');
  await expect.poll(() => proxy.open).toBe(0);
  const late = await failureOf(connect({}, { signal: abort.signal }));
  expect(late.kind).toBe('Cancelled');
});

it('survives the loss of the link without a listener of the caller’s', async () => {
  const proxy = await startProxy();
  const client = await connect({ port: proxy.port });
  const ended = new Promise((resolve) => client.once('end', () => resolve('ended')));
  proxy.cut();
  expect(await ended).toBe('ended');
});
