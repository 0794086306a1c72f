import { chmod, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { connectClient } from '../../../src/main/db/session/client';
import type { Session } from '../../../src/main/db/session/session';
import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import { createDatabase, type TestDatabase } from '../database';
import { TcpProxy, type ProxyTls } from '../tcp-proxy';
import { failureOf } from './failure-of';

const fixtures = fileURLToPath(new URL('../../fixtures/tls/', import.meta.url));
let database: TestDatabase;
let folder: string;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  database = await createDatabase();
  // A checkout gives every file the permissions that a key must not have.
  folder = await mkdtemp(join(tmpdir(), 'postern-tls-'));
  for (const name of ['client.key', 'client-encrypted.key', 'other.key']) {
    await copyFile(join(fixtures, name), join(folder, name));
    await chmod(join(folder, name), 0o600);
  }
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.drop();
});

const fixture = (name: string): string => join(fixtures, name);
const authority = fixture('authority.crt');

async function serverTls(certificate = 'server.crt'): Promise<Exclude<ProxyTls, string>> {
  return {
    cert: await readFile(fixture(certificate)),
    key: await readFile(fixture('server.key')),
  };
}

/** Connects through a proxy that answers the request for TLS as told. */
async function connect(
  tls: ProxyTls,
  ssl: ConnectionSettings['ssl'],
  host = 'localhost',
): Promise<Session> {
  const proxy = await TcpProxy.start(inject('postgres'), tls);
  closers.push(() => proxy.close());
  const settings = { ...database.settings, host, port: proxy.port, ssl };
  const client = await connectClient(settings, { timeoutMs: 5_000 });
  closers.push(() => client.end());
  return client;
}

describe('without TLS at the server', () => {
  it('"prefer" continues without it', async () => {
    const client = await connect('refuse', { mode: 'prefer' });
    expect(client.tlsVersion).toBeNull();
  });

  it.each(['require', 'verify-full'] as const)('"%s" fails and says so', async (mode) => {
    const error = await failureOf(connect('refuse', { mode }));
    expect(error.data).toMatchObject({
      kind: 'ConnectionFailed',
      message: expect.stringContaining('does not offer TLS'),
      advice: expect.stringContaining('"prefer"'),
    });
  });
});

describe('a certificate that nobody vouches for', () => {
  it.each(['prefer', 'require'] as const)('does for "%s", which checks nothing', async (mode) => {
    const client = await connect(await serverTls(), { mode });
    expect(client.tlsVersion).toBe('TLSv1.3');
  });

  it('does not do for "verify-full", which then trusts public authorities only', async () => {
    const error = await failureOf(connect(await serverTls(), { mode: 'verify-full' }));
    expect(error.data).toMatchObject({
      kind: 'ConnectionFailed',
      systemCode: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      advice: expect.stringContaining('root certificate'),
    });
  });

  it('"disable" never asks for TLS', async () => {
    const client = await connect(await serverTls(), { mode: 'disable' });
    expect(client.tlsVersion).toBeNull();
  });
});

describe('an encrypted link', () => {
  it('can be cut at once, also when the server is silent', async () => {
    const proxy = await TcpProxy.start(inject('postgres'), await serverTls());
    closers.push(() => proxy.close());
    const settings: ConnectionSettings = {
      ...database.settings,
      port: proxy.port,
      ssl: { mode: 'require' },
    };
    const client = await connectClient(settings, { timeoutMs: 5_000 });
    proxy.fallSilent();
    const query = client.query('SELECT 1');
    client.destroy();
    await expect(query).rejects.toThrow('Connection terminated');
    await expect.poll(() => proxy.open).toBe(0);
  });

  it('gives up at the deadline when the handshake stalls', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.write('S'));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(async () => {
      server.close();
      await once(server, 'close');
    });
    const { port } = server.address() as AddressInfo;
    const settings: ConnectionSettings = {
      ...database.settings,
      port,
      ssl: { mode: 'require' },
    };
    const error = await failureOf(connectClient(settings, { timeoutMs: 100 }));
    expect(error.kind).toBe('Timeout');
  });
});

describe('with a root certificate', () => {
  it.each(['require', 'verify-ca', 'verify-full'] as const)(
    '"%s" takes a certificate of its authority',
    async (mode) => {
      const client = await connect(await serverTls(), { mode, rootCertificate: authority });
      expect(client.tlsVersion).toBe('TLSv1.3');
    },
  );

  it.each(['require', 'verify-ca', 'verify-full'] as const)(
    '"%s" refuses a certificate of another authority',
    async (mode) => {
      const error = await failureOf(
        connect(await serverTls(), { mode, rootCertificate: fixture('other-authority.crt') }),
      );
      expect(error.data).toMatchObject({
        kind: 'ConnectionFailed',
        systemCode: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      });
    },
  );

  it('refuses an expired certificate', async () => {
    const error = await failureOf(
      connect(await serverTls('expired.crt'), { mode: 'verify-ca', rootCertificate: authority }),
    );
    expect(error.data).toMatchObject({ systemCode: 'CERT_HAS_EXPIRED' });
  });

  it('"verify-full" refuses another host name, "verify-ca" does not look at it', async () => {
    const ssl = { rootCertificate: authority };
    const error = await failureOf(
      connect(await serverTls(), { mode: 'verify-full', ...ssl }, '127.0.0.1'),
    );
    expect(error.data).toMatchObject({
      systemCode: 'ERR_TLS_CERT_ALTNAME_INVALID',
      message: `The server's certificate was not issued for "127.0.0.1", but for "localhost".`,
      advice: expect.stringContaining('enter the name of the certificate as host'),
    });
    const client = await connect(await serverTls(), { mode: 'verify-ca', ...ssl }, '127.0.0.1');
    expect(client.tlsVersion).toBe('TLSv1.3');
  });
});

describe('a client certificate', () => {
  it('is shown to a server that asks for it', async () => {
    const tls = { ...(await serverTls()), ca: await readFile(authority) };
    const demanding = { ...tls, requestCert: true, rejectUnauthorized: true };
    const client = await connect(demanding, {
      mode: 'require',
      clientCertificate: fixture('client.crt'),
      clientKey: join(folder, 'client.key'),
    });
    expect((await client.query('SELECT 1 AS n')).rows).toEqual([{ n: '1' }]);
    const error = await failureOf(connect(demanding, { mode: 'require' }));
    expect(error.kind).toBe('ConnectionFailed');
  });
});

describe('files', () => {
  const certificate = { clientCertificate: fixture('client.crt') };

  it.each([
    ['is missing', { mode: 'verify-ca' }, 'sslRootCertificate', 'needs a root certificate'],
    [
      'is not there',
      { mode: 'verify-full', rootCertificate: '/nonexistent.crt' },
      'sslRootCertificate',
      'was not found',
    ],
    [
      'is a folder',
      { mode: 'verify-full', rootCertificate: fixtures },
      'sslRootCertificate',
      'is a folder',
    ],
    [
      'holds no certificate',
      { mode: 'verify-full', rootCertificate: fixture('README.md') },
      'sslRootCertificate',
      'no root certificate in PEM form',
    ],
    [
      'is half of a pair',
      { mode: 'require', ...certificate },
      'sslClientKey',
      'client key is missing',
    ],
    [
      'is a certificate instead of a key',
      { mode: 'require', clientCertificate: fixture('server.key'), clientKey: authority },
      'sslClientCertificate',
      'no client certificate in PEM form',
    ],
  ] as const)('says which file %s', async (_, ssl, field, text) => {
    const error = await failureOf(connect(await serverTls(), ssl));
    expect(error.data).toMatchObject({
      kind: 'InvalidInput',
      field,
      message: expect.stringContaining(text),
    });
  });

  it.each([
    ['client-encrypted.key', 'passphrase'],
    ['other.key', 'does not belong to the client certificate'],
  ])('says what is wrong with the key %s', async (name, text) => {
    const clientKey = join(folder, name);
    const error = await failureOf(
      connect(await serverTls(), { mode: 'require', ...certificate, clientKey }),
    );
    expect(error.data).toMatchObject({ field: 'sslClientKey' });
    expect(error.message).toContain(text);
  });

  it.runIf(process.platform !== 'win32')('refuses a key that others can read', async () => {
    const clientKey = join(folder, 'open.key');
    await writeFile(clientKey, await readFile(fixture('client.key')));
    await chmod(clientKey, 0o644);
    const error = await failureOf(
      connect(await serverTls(), { mode: 'require', ...certificate, clientKey }),
    );
    expect(error.data).toMatchObject({
      field: 'sslClientKey',
      advice: expect.stringContaining('chmod 600'),
    });
  });
});
