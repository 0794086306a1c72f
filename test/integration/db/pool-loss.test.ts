import { expect, it, vi } from 'vitest';
import { collectLost, usePools } from './pool-fixture';

const { database, createPool, startProxy } = usePools();

async function terminate(...processIds: number[]): Promise<void> {
  await database().query(
    'SELECT pg_terminate_backend(process_id) FROM unnest($1::int[]) AS process_id',
    [processIds],
  );
}

it('survives the end of an idle session and replaces it', async () => {
  const pool = createPool({ limits: { minConnections: 2 } });
  const lost = collectLost(pool);
  await pool.start();
  await expect.poll(() => pool.stats().idle).toBe(2);
  const client = await pool.acquire();
  client.release();
  await terminate(client.processId);
  await expect.poll(() => lost).toHaveLength(1);
  expect(lost[0]).toMatchObject({
    processId: client.processId,
    holder: null,
    error: { data: { kind: 'ConnectionLost', sqlState: '57P01' } },
  });
  await expect.poll(() => pool.stats()).toMatchObject({ total: 2, idle: 2 });
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
  await expect.poll(() => lost).toHaveLength(1);
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
  await expect.poll(() => lost).toHaveLength(2);
  first.release();
  expect(await pool.query('SELECT 1 AS n')).toEqual([{ n: '1' }]);
  await terminate(first.processId);
});

it('asks an idle client for a sign of life, and gives up its equals with it', async () => {
  const proxy = await startProxy();
  // There is no time to ask one after the other.
  const pool = createPool({
    settings: { port: proxy.port },
    limits: { acquireTimeoutMs: 800 },
    timing: { pingTimeoutMs: 300 },
  });
  const lost = collectLost(pool);
  const before = await Promise.all([pool.acquire(), pool.acquire(), pool.acquire()]);
  for (const client of before) client.release();
  proxy.fallSilent();
  proxy.recover();
  pool.distrustIdle();
  const client = await pool.acquire();
  const processIds = before.map(({ processId }) => processId);
  expect(processIds).not.toContain(client.processId);
  expect(new Set(lost.map(({ processId }) => processId))).toEqual(new Set(processIds));
  client.release();
  await terminate(...processIds);
});

it('hands out an idle client that gives a sign of life', async () => {
  const pool = createPool();
  const first = await pool.acquire();
  first.release();
  pool.distrustIdle();
  expect((await pool.acquire()).processId).toBe(first.processId);
});

it('pings a client only after it was idle for long', async () => {
  const proxy = await startProxy();
  const pool = createPool({
    settings: { port: proxy.port },
    timing: { pingAfterIdleMs: 60_000 },
  });
  const first = await pool.acquire();
  first.release();
  proxy.fallSilent();
  expect((await pool.acquire()).processId).toBe(first.processId);
  pool.cut();
  await terminate(first.processId);
});

it('pings a client too when the clock was set back, which tells nothing of its rest', async () => {
  const proxy = await startProxy();
  const pool = createPool({ settings: { port: proxy.port } });
  const first = await pool.acquire();
  first.release();
  proxy.fallSilent();
  proxy.recover();
  const day = 24 * 3_600_000;
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => performance.timeOrigin - day);
  const second = await pool.acquire();
  clock.mockRestore();
  expect(second.processId).not.toBe(first.processId);
  await terminate(first.processId);
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
  await terminate(first.processId, second.processId);
});

it('keeps no session of a host once another one is in use', async () => {
  const one = await startProxy();
  const other = await startProxy();
  const { host } = database().settings;
  const pool = createPool({
    settings: { port: one.port, otherHosts: [{ host, port: other.port }] },
  });
  const [held, rested] = await Promise.all([pool.acquire(), pool.acquire()]);
  rested.release();
  one.refuses = true;
  // As the probe does.
  const probe = await pool.connector.connect({ timeoutMs: 5_000, isPlain: true });
  expect(pool.connector.current?.address.port).toBe(other.port);
  expect(pool.stats()).toMatchObject({ total: 1, idle: 0 });
  held.release();
  expect(pool.stats().total).toBe(0);
  await expect.poll(() => one.open).toBe(0);
  await probe.end();
});

it('returns to the minimum once a session could be opened that was refused before', async () => {
  const { password: right } = database().settings;
  let password = right;
  const pool = createPool({
    settings: { password: () => password() },
    limits: { minConnections: 3 },
  });
  await pool.start();
  await expect.poll(() => pool.stats().idle).toBe(3);
  password = () => Promise.resolve('wrong');
  pool.cut();
  await expect(pool.query('SELECT 1')).rejects.toMatchObject({
    data: { kind: 'AuthenticationFailed' },
  });
  password = right;
  // Those that were on their way with the wrong one may still be refused.
  await expect.poll(() => pool.query('SELECT 1 AS n')).toEqual([{ n: '1' }]);
  await expect.poll(() => pool.stats().idle).toBe(3);
});

it('keeps trying to reach the minimum while the server is away', async () => {
  const proxy = await startProxy();
  const pool = createPool({
    settings: { port: proxy.port },
    limits: { minConnections: 2 },
    random: () => 0.01,
  });
  await pool.start();
  await expect.poll(() => pool.stats().idle).toBe(2);
  proxy.refuses = true;
  proxy.cut();
  const acceptedBefore = proxy.accepted;
  await expect.poll(() => proxy.accepted).toBeGreaterThan(acceptedBefore + 2);
  expect(pool.stats().total).toBe(0);
  proxy.refuses = false;
  await expect.poll(() => pool.stats().idle).toBe(2);
});
