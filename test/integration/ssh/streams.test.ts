import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import { cancelRunningStatement } from '../../../src/main/db/statements/cancel';
import { Pool } from '../../../src/main/db/pool/pool';
import { failureOf } from '../db/failure-of';
import { TcpProxy } from '../tcp-proxy';
import { SshBench } from './ssh-bench';
import { knownTo, MemoryKnownHosts } from './ssh-fixture';

const bench = new SshBench();

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/tls/${name}`, import.meta.url));

/** A network between this computer and the SSH host. */
async function networkToServer(): Promise<TcpProxy> {
  const proxy = await TcpProxy.start(bench.server);
  bench.afterTest(() => proxy.close());
  return proxy;
}

/** The server is known by the port of the network too. */
const knownAt = (port: number): MemoryKnownHosts =>
  new MemoryKnownHosts(knownTo({ ...bench.server, port }));

describe('a tunnel', () => {
  it('carries all sessions of a pool and a cancel request in one SSH connection', async () => {
    const proxy = await networkToServer();
    const tunnel = bench.tunnel({ port: proxy.port, knownHosts: knownAt(proxy.port) });
    const pool = new Pool({ settings: { ...bench.database.settings, tunnel } });
    bench.afterTest(() => pool.close());
    const clients = await Promise.all([pool.acquire(), pool.acquire(), pool.acquire()]);
    for (const client of clients) client.release();
    const session = await bench.connect(tunnel);
    const sleeping = session.query('SELECT pg_sleep(60)');
    const failure = sleeping.catch((error: unknown) => error);
    await expect
      .poll(async () => {
        const { rows } = await bench.database.query<{ state: string }>(
          'SELECT state FROM pg_stat_activity WHERE pid = $1',
          [session.processID],
        );
        return rows[0]?.state;
      })
      .toBe('active');
    await cancelRunningStatement(session, { ...bench.database.settings, tunnel });
    expect(await failure).toMatchObject({ code: '57014' });
    expect(proxy.accepted).toBe(1);
    expect(proxy.open).toBe(1);
  });

  it('brings many rows through unharmed, also when they are read slowly', async () => {
    const session = await bench.connect(bench.tunnel());
    const { rows } = await session.query<{ sum: string; length: string }>(
      `SELECT sum(n) AS sum, sum(length(filler)) AS length
       FROM (SELECT n, repeat('x', 1000) AS filler FROM generate_series(1, 20000) AS n) AS rows`,
    );
    expect(rows).toEqual([{ sum: '200010000', length: '20000000' }]);
    const all = await session.query<{ filler: string }>(
      "SELECT n || repeat('x', 1000) AS filler FROM generate_series(1, 20000) AS n",
    );
    expect(all.rows).toHaveLength(20_000);
    expect(all.rows.at(-1)?.filler).toBe(`20000${'x'.repeat(1000)}`);
  });

  it.runIf(process.platform !== 'win32')('leads to a Unix socket of the SSH host', async () => {
    const host = inject('postgres').socketFolder ?? '';
    expect(await bench.databaseBehind(bench.tunnel(), { host })).toBe(bench.database.name);
  });

  it('has TLS to the database inside, checked against the name of the database host', async () => {
    const proxy = await TcpProxy.start(inject('postgres'), {
      cert: await readFile(fixture('server.crt')),
      key: await readFile(fixture('server.key')),
    });
    bench.afterTest(() => proxy.close());
    const ssl = { mode: 'verify-full', rootCertificate: fixture('authority.crt') } as const;
    const tunnel = bench.tunnel();
    const session = await bench.connect(tunnel, { host: 'localhost', port: proxy.port, ssl });
    expect(session.tlsVersion).toBe('TLSv1.3');
    const sleeping = session.query('SELECT pg_sleep(60)').catch((error: unknown) => error);
    await expect.poll(() => session.readyForQuery).toBe(false);
    await cancelRunningStatement(session, { ...bench.database.settings, ssl, tunnel });
    expect(await sleeping).toMatchObject({ code: '57014' });
    const { data } = await failureOf(
      bench.connect(tunnel, { host: '127.0.0.1', port: proxy.port, ssl }),
    );
    expect(data.systemCode).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('that is cut ends its sessions at once, and the next one gets a new tunnel', async () => {
    const proxy = await networkToServer();
    const tunnel = bench.tunnel({ port: proxy.port, knownHosts: knownAt(proxy.port) });
    const pool = new Pool({ settings: { ...bench.database.settings, tunnel } });
    bench.afterTest(() => pool.close());
    const client = await pool.acquire();
    const lost = new Promise<{ error: Error }>((resolve) => pool.once('lost', resolve));
    const sleeping = failureOf(client.query('SELECT pg_sleep(60)'));
    proxy.cut();
    const { data } = await sleeping;
    expect(data.kind).toBe('ConnectionLost');
    expect(data.message).toContain(`The SSH connection to 127.0.0.1:${proxy.port} was lost`);
    await lost;
    const [row] = await pool.query('SELECT current_database() AS name');
    expect(row).toEqual({ name: bench.database.name });
    expect(proxy.accepted).toBe(2);
  });

  it('that falls silent is given up by itself', async () => {
    const proxy = await networkToServer();
    const tunnel = bench.tunnel({
      port: proxy.port,
      knownHosts: knownAt(proxy.port),
      timing: { keepAliveMs: 100 },
    });
    const session = await bench.connect(tunnel);
    // Idle links live on: the server answers.
    await session.query('SELECT pg_sleep(0.5)');
    const sleeping = failureOf(session.query('SELECT pg_sleep(60)').then(() => undefined));
    proxy.fallSilent();
    expect((await sleeping).data.kind).toBe('ConnectionLost');
    proxy.recover();
    expect(await bench.databaseBehind(tunnel)).toBe(bench.database.name);
  });

  it('ends with the connection, and opens nothing afterwards', async () => {
    const proxy = await networkToServer();
    const tunnel = bench.tunnel({ port: proxy.port, knownHosts: knownAt(proxy.port) });
    await bench.connect(tunnel);
    tunnel.close();
    await expect.poll(() => proxy.open).toBe(0);
    expect((await failureOf(bench.connect(tunnel))).kind).toBe('Cancelled');
  });
});
