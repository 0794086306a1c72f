import { execFileSync } from 'node:child_process';
import { chmod, chown, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Connection } from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { cancelRunningStatement } from '../../../src/main/db/statements/cancel';
import { connectClient } from '../../../src/main/db/session/client';
import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import { createDatabase, type TestDatabase } from '../database';
import { startTestServer, type RunningTestServer } from '../server';
import { TcpProxy } from '../tcp-proxy';
import { failureOf } from './failure-of';

const fixtures = fileURLToPath(new URL('../../fixtures/tls/', import.meta.url));
const rules = `
hostssl all certified 127.0.0.1/32 scram-sha-256 clientcert=verify-ca
host    all all       127.0.0.1/32 scram-sha-256
`;

let folder: string;
let server: RunningTestServer;
let database: TestDatabase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-tls-server-'));
  await chmod(folder, 0o755);
  await putKeyPair('server');
  const hostBased = join(folder, 'pg_hba.conf');
  await writeFile(hostBased, rules, { mode: 0o644 });
  server = await startTestServer({
    hba_file: hostBased,
    ssl: 'on',
    ssl_cert_file: join(folder, 'server.crt'),
    ssl_key_file: join(folder, 'server.key'),
    // It knows no authority that issued a certificate of a client.
    ssl_ca_file: join(fixtures, 'other-authority.crt'),
  });
  database = await createDatabase(server.address);
});
afterAll(async () => {
  await database.drop();
  await server.stop();
  await rm(folder, { recursive: true });
});

/** Copies a certificate and its key to where the server looks, with the rights that it asks for. */
async function putKeyPair(name: string): Promise<void> {
  const key = join(folder, 'server.key');
  await copyFile(join(fixtures, `${name}.crt`), join(folder, 'server.crt'));
  await copyFile(join(fixtures, `${name}.key`), key);
  await chmod(key, 0o600);
  // Where the tests run as root, the server runs as a user of its own, who must own the key.
  if (userInfo().uid === 0) await chown(key, idOf('-u'), idOf('-g'));
}

function idOf(which: '-u' | '-g'): number {
  return Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
}

/** Connects, and tells which login was used and whether the server encrypts the session. */
async function login(
  ssl: ConnectionSettings['ssl'],
): Promise<{ mechanism: unknown; ssl: unknown }> {
  const sent = vi.spyOn(
    Connection.prototype as unknown as SaslConnection,
    'sendSASLInitialResponseMessage',
  );
  try {
    const settings = { ...database.settings, host: 'localhost', ssl };
    const client = await connectClient(settings, { timeoutMs: 5_000 });
    const { rows } = await client.query<{ ssl: string }>(
      'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
    );
    await client.end();
    return { mechanism: sent.mock.calls[0]?.[0], ssl: rows[0]?.ssl };
  } finally {
    sent.mockRestore();
  }
}

/** pg's type declarations leave the login messages out. */
interface SaslConnection {
  sendSASLInitialResponseMessage(mechanism: string, response: string): void;
}

it.each([
  { mode: 'prefer' },
  { mode: 'require' },
  { mode: 'verify-full', rootCertificate: join(fixtures, 'authority.crt') },
] as const)('binds the login to the certificate: $mode', async (ssl) => {
  expect(await login(ssl)).toEqual({ mechanism: 'SCRAM-SHA-256-PLUS', ssl: 't' });
});

it('logs in without TLS where the profile says so', async () => {
  expect(await login({ mode: 'disable' })).toEqual({ mechanism: 'SCRAM-SHA-256', ssl: 'f' });
});

it('says that the server refused the client certificate', async () => {
  const clientKey = join(folder, 'client.key');
  await copyFile(join(fixtures, 'client.key'), clientKey);
  await chmod(clientKey, 0o600);
  const clientCertificate = join(fixtures, 'client.crt');
  const ssl = { mode: 'require', clientCertificate, clientKey } as const;
  const settings = { ...database.settings, host: 'localhost', ssl };
  const error = await failureOf(connectClient(settings, { timeoutMs: 5_000 }));
  expect(error.data).toMatchObject({
    kind: 'ConnectionFailed',
    message: expect.stringMatching(/refused the client certificate: .*unknown ca\.$/),
    advice: expect.stringContaining('ssl_ca_file'),
  });
});

it('says that the server asks for a client certificate', async () => {
  const ssl = { mode: 'require' } as const;
  const settings = { ...database.settings, host: 'localhost', user: 'certified', ssl };
  const error = await failureOf(connectClient(settings, { timeoutMs: 5_000 }));
  expect(error.data).toMatchObject({
    kind: 'AuthenticationFailed',
    sqlState: '28000',
    advice: expect.stringContaining('choose one and its key'),
  });
});

it('logs in unbound where the certificate has no hash to bind to', async () => {
  await present('ed25519');
  // The postmaster, which new sessions come from, reads the files a moment later.
  await expect
    .poll(() => login({ mode: 'verify-full', rootCertificate: join(fixtures, 'ed25519.crt') }))
    .toEqual({ mechanism: 'SCRAM-SHA-256', ssl: 't' });
  await present('server');
  await expect
    .poll(() => login({ mode: 'require' }))
    .toEqual({ mechanism: 'SCRAM-SHA-256-PLUS', ssl: 't' });
});

/** Has the server use another certificate from now on. */
async function present(name: string): Promise<void> {
  await putKeyPair(name);
  await database.query('SELECT pg_reload_conf()');
}

it('takes a role whose password was hashed with many iterations', async () => {
  await database.query('SET scram_iterations = 200000');
  const role = await database.createRole();
  const client = await connectClient(role.settings, { timeoutMs: 10_000 });
  expect((await client.query('SELECT current_user AS name')).rows).toEqual([{ name: role.name }]);
  await client.end();
});

it('cancels with TLS too: the key of the session is never sent in clear', async () => {
  const proxy = await TcpProxy.start(server.address);
  const ssl = { mode: 'require' } as const;
  const settings = { ...database.settings, host: 'localhost', port: proxy.port, ssl };
  const client = await connectClient(settings, { timeoutMs: 5_000 });
  const running = client.query('SELECT pg_sleep(100)').then(
    () => 'ended',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );
  await cancelRunningStatement(client, settings);
  expect(await running).toBe('57014');
  expect(proxy.accepted).toBe(2);
  // CancelRequest, 80877102, and SSLRequest, 80877103 (PostgreSQL manual, "Message Formats").
  const sent = Buffer.concat(proxy.sent);
  expect(sent.includes(Buffer.from([4, 210, 22, 46]))).toBe(false);
  expect(proxy.sent.filter((chunk) => chunk.includes(Buffer.from([4, 210, 22, 47])))).toHaveLength(
    2,
  );
  await client.end();
  await proxy.close();
});
