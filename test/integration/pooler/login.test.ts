import { chmod, copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { Cancellation } from '../../../src/main/db/statements/cancellation';
import { connectClient } from '../../../src/main/db/session/client';
import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import { isTransientConnectError } from '../../../src/main/db/retry';
import { ServerConnector } from '../../../src/main/db/server/server-connector';
import { createDatabase, type TestDatabase } from '../database';
import { failureOf } from '../db/failure-of';
import { startPgBouncer, type RunningPgBouncer } from '../pgbouncer';

const user = 'pooled_user';
const password = 'a password; with = signs';
const certificates = fileURLToPath(new URL('../../fixtures/tls/', import.meta.url));

let database: TestDatabase;
let pooler: RunningPgBouncer;
let folder: string;
let settings: ConnectionSettings;

/** TLS is required; whoever is not in PgBouncer's own file is looked up at the server. */
beforeAll(async () => {
  database = await createDatabase();
  await database.query(`CREATE ROLE ${user} LOGIN PASSWORD '${password}'`);
  folder = await mkdtemp(join(tmpdir(), 'postern-pooler-tls-'));
  // PgBouncer runs as another user where the tests run as root.
  await chmod(folder, 0o755);
  for (const name of ['server.key', 'server.crt']) {
    await copyFile(join(certificates, name), join(folder, name));
    await chmod(join(folder, name), 0o644);
  }
  const server = inject('postgres');
  pooler = await startPgBouncer(server, {
    mode: 'transaction',
    settings: {
      auth_user: server.user,
      auth_query: 'SELECT usename, passwd FROM pg_catalog.pg_shadow WHERE usename = $1',
      client_tls_sslmode: 'require',
      client_tls_key_file: join(folder, 'server.key'),
      client_tls_cert_file: join(folder, 'server.crt'),
    },
  });
  settings = {
    ...database.settings,
    host: 'localhost',
    port: pooler.address.port,
    user,
    password: () => Promise.resolve(password),
    ssl: { mode: 'verify-full', rootCertificate: join(certificates, 'authority.crt') },
  };
});
afterAll(async () => {
  await pooler.stop();
  await database.query(`DROP OWNED BY ${user}; DROP ROLE ${user}`);
  await database.drop();
  await rm(folder, { recursive: true });
});

it('logs in over TLS with a password that the pooler asks the server for', async () => {
  const connector = new ServerConnector(settings);
  const session = await connector.connect({ timeoutMs: 10_000 });
  expect(session.tlsVersion).toMatch(/^TLSv1\.[23]$/);
  expect(connector.current?.poolMode).toBe('transaction');
  expect((await session.query('SELECT current_user AS name')).rows).toEqual([{ name: user }]);
  await session.end();
});

it('cancels over TLS', async () => {
  const session = await connectClient(settings, { timeoutMs: 10_000 });
  const running = session.query('SELECT pg_sleep(62)').catch((error: unknown) => error);
  const active = `SELECT FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(62)' AND state = 'active'`;
  await expect.poll(async () => (await database.query(active)).rows.length).toBe(1);
  await new Cancellation(settings).request(session);
  expect(await running).toMatchObject({ code: '57014' });
  await session.end();
});

it.each([
  ['a wrong password', { password: () => Promise.resolve('wrong') }, 'AuthenticationFailed'],
  ['a user that the server does not know', { user: 'nobody_at_all' }, 'AuthenticationFailed'],
  ['no TLS, which the pooler requires', { ssl: { mode: 'disable' } }, 'ConnectionFailed'],
] as const)('refuses %s', async (_what, change, kind) => {
  const failure = await failureOf(connectClient({ ...settings, ...change }, { timeoutMs: 10_000 }));
  expect(failure.kind).toBe(kind);
  // A password that was refused is not tried again by itself.
  expect(isTransientConnectError(failure)).toBe(kind === 'ConnectionFailed');
});
