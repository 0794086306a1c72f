import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { ConnectionTest } from '@shared/models/connection-profile';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import { testConnection } from '../../../src/main/services/profiles/connection-test';
import { createDatabase, type TestDatabase } from '../database';
import { sleepingSessions } from '../sleeping';
import { TcpProxy, type ProxyTls } from '../tcp-proxy';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/tls/${name}`, import.meta.url));

let database: TestDatabase;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  database = await createDatabase();
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
afterAll(() => database.drop());

const test = (changes: Partial<ConnectionSettings> = {}): Promise<ConnectionTest> =>
  testConnection({ ...database.settings, ...changes }, { timeoutMs: 5_000 });

/** Tests through a proxy that answers the request for TLS as told. */
async function testThrough(
  tls: ProxyTls,
  ssl: ConnectionSettings['ssl'],
  host = 'localhost',
): Promise<ConnectionTest> {
  const proxy = await TcpProxy.start(inject('postgres'), tls);
  closers.push(() => proxy.close());
  return await test({ host, port: proxy.port, ssl });
}

async function serverTls(certificate = 'server.crt'): Promise<Exclude<ProxyTls, string>> {
  return {
    cert: await readFile(fixture(certificate)),
    key: await readFile(fixture('server.key')),
  };
}

/** Every step as "name", the failed one as "name!". */
const names = ({ steps }: ConnectionTest): string[] =>
  steps.map(({ name, ok }) => (ok ? name : `${name}!`));

const detailOf = ({ steps }: ConnectionTest, wanted: string): string | undefined =>
  steps.find(({ name }) => name === wanted)?.detail;

const everyStep = ['resolve', 'connect', 'tls', 'authenticate', 'version'];

describe('testConnection that succeeds', () => {
  it('names every step in order, with its time and what it found', async () => {
    const result = await test({ host: 'localhost' });
    expect(result.ok).toBe(true);
    expect(result.error).toBeUndefined();
    expect(names(result)).toEqual(everyStep);
    expect(result.steps.every(({ durationMs }) => durationMs >= 0)).toBe(true);
    expect(detailOf(result, 'resolve')).toMatch(/127\.0\.0\.1/);
    expect(detailOf(result, 'connect')).toBe(`127.0.0.1:${database.settings.port}`);
    expect(detailOf(result, 'tls')).toContain('disable');
    expect(detailOf(result, 'authenticate')).toContain('SCRAM-SHA-256');
    expect(detailOf(result, 'version')).toMatch(/^PostgreSQL 18/);
  });

  it('says so when there was no name to look up', async () => {
    const result = await test();
    expect(names(result)).toEqual(everyStep);
    expect(detailOf(result, 'resolve')).toBe('127.0.0.1 is an address');
  });

  it('tells of TLS: protocol, certificate and whether it was checked', async () => {
    const checked = await testThrough(await serverTls(), {
      mode: 'verify-full',
      rootCertificate: fixture('authority.crt'),
    });
    expect(names(checked)).toEqual(everyStep);
    expect(detailOf(checked, 'tls')).toMatch(
      /^TLSv1\.3, certificate of localhost, valid until .*2120/,
    );
    const unchecked = await testThrough(await serverTls(), { mode: 'require' });
    expect(detailOf(unchecked, 'tls')).toContain('not checked');
  });

  it('warns that "prefer" went on without TLS', async () => {
    const result = await testThrough('refuse', { mode: 'prefer' });
    expect(names(result)).toEqual(everyStep);
    expect(detailOf(result, 'tls')).toContain('not encrypted');
  });

  it('leaves no session behind', async () => {
    await test({ applicationName: 'postern-test-step' });
    await expect
      .poll(async () => {
        const { rows } = await database.query(
          "SELECT 1 FROM pg_stat_activity WHERE application_name = 'postern-test-step'",
        );
        return rows.length;
      })
      .toBe(0);
  });

  it.runIf(process.platform !== 'win32')('connects by a Unix socket', async () => {
    const result = await test({ host: inject('postgres').socketFolder ?? '' });
    expect(names(result)).toEqual(['connect', 'tls', 'authenticate', 'version']);
    expect(detailOf(result, 'connect')).toContain('/.s.PGSQL.');
  });
});

describe('testConnection that fails', () => {
  const answered = ['resolve', 'connect', 'tls'];

  it.each<[string, () => Promise<ConnectionTest>, string[], Record<string, unknown>]>([
    [
      'an unknown host',
      () => test({ host: 'no-such-host.invalid' }),
      ['resolve!'],
      { kind: 'ConnectionFailed' },
    ],
    [
      'a closed port',
      () => closedPort().then((port) => test({ port })),
      ['resolve', 'connect!'],
      { kind: 'ConnectionFailed', systemCode: 'ECONNREFUSED' },
    ],
    [
      'a socket folder without a socket',
      () => test({ host: '/nonexistent' }),
      ['connect!'],
      { kind: 'ConnectionFailed', systemCode: 'ENOENT' },
    ],
    [
      'a wrong password',
      () => test({ password: () => Promise.resolve('wrong') }),
      [...answered, 'authenticate!'],
      { kind: 'AuthenticationFailed', sqlState: '28P01' },
    ],
    [
      'no password',
      () => test({ password: () => Promise.resolve(null) }),
      [...answered, 'authenticate!'],
      { kind: 'AuthenticationFailed', field: 'password' },
    ],
    [
      'an unknown database',
      () => test({ database: 'nowhere' }),
      [...answered, 'authenticate!'],
      { kind: 'DatabaseNotFound', sqlState: '3D000' },
    ],
    [
      'a server without TLS',
      () => testThrough('refuse', { mode: 'require' }),
      ['resolve', 'connect', 'tls!'],
      { kind: 'ConnectionFailed' },
    ],
    [
      'an unknown authority',
      async () => testThrough(await serverTls(), { mode: 'verify-full' }),
      ['resolve', 'connect', 'tls!'],
      { systemCode: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    ],
    [
      'another name in the certificate',
      async () =>
        testThrough(
          await serverTls(),
          { mode: 'verify-full', rootCertificate: fixture('authority.crt') },
          '127.0.0.1',
        ),
      ['resolve', 'connect', 'tls!'],
      { systemCode: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    ],
    [
      'an expired certificate',
      async () =>
        testThrough(await serverTls('expired.crt'), {
          mode: 'verify-full',
          rootCertificate: fixture('authority.crt'),
        }),
      ['resolve', 'connect', 'tls!'],
      { systemCode: 'CERT_HAS_EXPIRED' },
    ],
    [
      'a wrong password over TLS',
      async () => testThroughWithPassword(await serverTls(), 'wrong'),
      [...answered, 'authenticate!'],
      { sqlState: '28P01' },
    ],
    [
      'a certificate file that is missing',
      () => test({ ssl: { mode: 'verify-full', rootCertificate: '/nonexistent' } }),
      ['tls!'],
      { kind: 'InvalidInput', field: 'sslRootCertificate' },
    ],
  ])('by %s says where and what to do', async (_, run, steps, error) => {
    const result = await run();
    expect(result.ok).toBe(false);
    expect(names(result)).toEqual(steps);
    expect(result.error).toMatchObject(error);
    expect(result.error?.advice).toMatch(/\w/);
    expect(result.steps.at(-1)?.detail).toBe(result.error?.message);
  });

  async function testThroughWithPassword(tls: ProxyTls, password: string): Promise<ConnectionTest> {
    const proxy = await TcpProxy.start(inject('postgres'), tls);
    closers.push(() => proxy.close());
    const ssl = { mode: 'require' } as const;
    return await test({ port: proxy.port, ssl, password: () => Promise.resolve(password) });
  }

  it('by having no connection left for the role', async () => {
    const role = await database.createRole('CONNECTION LIMIT 0');
    const result = await testConnection(role.settings, { timeoutMs: 5_000 });
    expect(names(result)).toEqual([...answered, 'authenticate!']);
    expect(result.error).toMatchObject({ kind: 'TooManyConnections', sqlState: '53300' });
  });

  it('by a server that accepts and then says nothing', async () => {
    const silent = await listen(createServer());
    const result = await testConnection(
      { ...database.settings, port: silent, ssl: { mode: 'require' } },
      { timeoutMs: 50 },
    );
    expect(names(result)).toEqual(['resolve', 'connect', 'tls!']);
    expect(result.error).toMatchObject({ kind: 'Timeout' });
  });

  it('by something else than PostgreSQL', async () => {
    const other = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    const result = await test({ port: await listen(other), ssl: { mode: 'require' } });
    expect(names(result)).toEqual(['resolve', 'connect', 'tls!']);
    expect(result.error).toMatchObject({ kind: 'ConnectionFailed' });
  });

  it('by being cancelled', async () => {
    const silent = await listen(createServer());
    const controller = new AbortController();
    const result = testConnection(
      { ...database.settings, port: silent },
      { timeoutMs: 0, signal: controller.signal },
    );
    controller.abort();
    expect((await result).error).toMatchObject({ kind: 'Cancelled' });
  });

  it('by being cancelled during the start-up SQL, which ends on the server too', async () => {
    const controller = new AbortController();
    const result = testConnection(
      { ...database.settings, startupStatements: ['SELECT pg_catalog.pg_sleep(600)'] },
      { timeoutMs: 0, signal: controller.signal },
    );
    await expect.poll(() => sleepingSessions(database)).toBe(1);
    controller.abort();
    expect((await result).error).toMatchObject({ kind: 'Cancelled' });
    await expect.poll(() => sleepingSessions(database)).toBe(0);
  });

  it('never repeats a password', async () => {
    const password = 'hunter2-of-this-test';
    const results = [
      await test({ password: () => Promise.resolve(password) }),
      await test({ password: () => Promise.resolve(password), database: 'nowhere' }),
    ];
    expect(JSON.stringify(results)).not.toContain(password);
  });

  async function listen(server: Server): Promise<number> {
    const sockets = new Set<{ destroy(): unknown }>();
    server.on('connection', (socket) => sockets.add(socket));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    closers.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    return portOf(server);
  }

  async function closedPort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const port = portOf(server);
    await new Promise((resolve) => server.close(resolve));
    return port;
  }

  const portOf = (server: Server): number => (server.address() as AddressInfo).port;
});
