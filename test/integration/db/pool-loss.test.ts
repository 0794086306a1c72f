import { expect, it, vi } from 'vitest';
import { collectLost, usePools } from './pool-fixture';

const { database, createPool, startProxy } = usePools();

async function terminate(processId: number): Promise<void> {
  await database().query('SELECT pg_terminate_backend($1)', [processId]);
}

it('survives the end of an idle session and replaces it', async () => {
  const pool = createPool({ limits: { minConnections: 2 } });
  const lost = collectLost(pool);
  await pool.start();
  await vi.waitFor(() => expect(pool.stats().idle).toBe(2));
  const client = await pool.acquire();
  client.release();
  await terminate(client.processId);
  await vi.waitFor(() => expect(lost).toHaveLength(1));
  expect(lost[0]).toMatchObject({
    processId: client.processId,
    holder: null,
    error: { data: { kind: 'ConnectionLost', sqlState: '57P01' } },
  });
  await vi.waitFor(() => expect(pool.stats()).toMatchObject({ total: 2, idle: 2 }));
});

it('survives the end of a busy session and says whose it was', async () => {
  const pool = createPool({ limits: { maxConnections: 1 } });
  const lost = collectLost(pool);
  const client = await pool.acquire({ holder: 'tab Orders' });
  const running = client.query('SELECT pg_sleep(60)');
  void terminate(client.processId);
  await expect(running).rejects.toMatchObject({
    data: { kind: 'ConnectionLost', sqlState: '57P01' },
  });
  await vi.waitFor(() => expect(lost).toHaveLength(1));
  expect(lost[0]).toMatchObject({ processId: client.processId, holder: 'tab Orders' });
  await expect(client.query('SELECT 1')).rejects.toMatchObject({
    data: { kind: 'ConnectionLost' },
  });
  client.release();
  expect(await pool.query('SELECT 1 AS n')).toEqual([{ n: '1' }]);
});

it('survives a reset of every link', async () => {
  const proxy = await startProxy();
  const pool = createPool({ settings: { port: proxy.port } });
  const lost = collectLost(pool);
  const [first, second] = await Promise.all([pool.acquire(), pool.acquire()]);
  second.release();
  const running = first.query('SELECT pg_sleep(60)');
  proxy.cut();
  await expect(running).rejects.toMatchObject({
    data: { kind: 'ConnectionLost', systemCode: 'ECONNRESET' },
  });
  await vi.waitFor(() => expect(lost).toHaveLength(2));
  first.release();
  expect(await pool.query('SELECT 1 AS n')).toEqual([{ n: '1' }]);
  await terminate(first.processId);
});

it('asks a client that was idle for long for a sign of life before it is handed out', async () => {
  const proxy = await startProxy();
  const pool = createPool({
    settings: { port: proxy.port },
    timing: { pingAfterIdleMs: 0, pingTimeoutMs: 50 },
  });
  const lost = collectLost(pool);
  const before = await Promise.all([pool.acquire(), pool.acquire()]);
  for (const client of before) client.release();
  proxy.fallSilent();
  proxy.recover();
  await vi.waitFor(async () => {
    const client = await pool.acquire();
    client.release();
    // Within the same millisecond they do not count as idle for long yet.
    expect(before.map(({ processId }) => processId)).not.toContain(client.processId);
  });
  expect(new Set(lost.map(({ processId }) => processId))).toEqual(
    new Set(before.map(({ processId }) => processId)),
  );
  await Promise.all(before.map(({ processId }) => terminate(processId)));
});

it('cuts every session of a link that is known to be dead', async () => {
  const proxy = await startProxy();
  const pool = createPool({ settings: { port: proxy.port } });
  const [first, second] = await Promise.all([pool.acquire(), pool.acquire()]);
  second.release();
  proxy.fallSilent();
  const running = first.query('SELECT 1');
  pool.cut();
  await expect(running).rejects.toMatchObject({ data: { kind: 'ConnectionLost' } });
  expect(pool.stats().total).toBe(0);
  proxy.recover();
  first.release();
  expect(await pool.query('SELECT 1 AS n')).toEqual([{ n: '1' }]);
  await Promise.all([first, second].map(({ processId }) => terminate(processId)));
});

it('keeps trying to reach the minimum while the server is away', async () => {
  const proxy = await startProxy();
  const pool = createPool({
    settings: { port: proxy.port },
    limits: { minConnections: 2, acquireTimeoutMs: 100 },
    random: () => 0.01,
  });
  await pool.start();
  await vi.waitFor(() => expect(pool.stats().idle).toBe(2));
  proxy.fallSilent();
  proxy.cut();
  const acceptedBefore = proxy.accepted;
  await vi.waitFor(() => expect(proxy.accepted).toBeGreaterThan(acceptedBefore + 2));
  expect(pool.stats().total).toBe(0);
  proxy.recover();
  await vi.waitFor(() => expect(pool.stats().idle).toBe(2));
});
