import { expect, it } from 'vitest';
import { Portal } from '../../../src/main/db/statements/portal';
import { collectLost, usePools, type TestPoolOptions } from './pool-fixture';

const { database, createPool, startProxy } = usePools();

/** A pool behind a proxy; the time a statement may wait in silence is over at the second look. */
async function silentPool(options: TestPoolOptions = {}) {
  const proxy = await startProxy();
  const pool = createPool({
    settings: { port: proxy.port },
    timing: { silenceMs: 0 },
    ...options,
  });
  return { proxy, pool, lost: collectLost(pool) };
}

it('ends what waits, with an error that says that what became of it is not known', async () => {
  const { proxy, pool, lost } = await silentPool();
  const client = await pool.acquire({ holder: 'tab Orders' });
  const running = client.query('SELECT pg_sleep(60)');
  proxy.fallSilent();
  pool.noteSilence();
  await expect(running).rejects.toMatchObject({
    data: {
      kind: 'ConnectionLost',
      systemCode: 'ETIMEDOUT',
      advice: expect.stringContaining('is not known'),
    },
  });
  expect(lost).toMatchObject([
    { holder: 'tab Orders', error: { data: { kind: 'ConnectionLost' } } },
  ]);
  proxy.recover();
  client.release();
  expect(await pool.query('SELECT 1 AS n')).toEqual([{ n: '1' }]);
  await database().query('SELECT pg_terminate_backend($1)', [client.processId]);
});

it('leaves a statement alone for as long as it may wait, and anew after an answer', async () => {
  const { pool } = await silentPool({ timing: { silenceMs: 60_000 } });
  const client = await pool.acquire();
  const running = client.query('SELECT 1 AS n FROM pg_sleep(0.1)');
  pool.noteSilence();
  pool.noteSilence();
  pool.noteAnswer();
  expect(await running).toEqual([{ n: '1' }]);
});

it('leaves an open transaction alone while nobody waits for an answer', async () => {
  const { proxy, pool, lost } = await silentPool();
  const client = await pool.acquire();
  await client.query('BEGIN; CREATE TEMPORARY TABLE kept AS SELECT 1 AS n');
  pool.noteSilence();
  pool.noteSilence();
  expect(lost).toEqual([]);
  expect(await client.query('SELECT n FROM kept')).toEqual([{ n: '1' }]);
  proxy.fallSilent();
  const committed = client.query('COMMIT');
  pool.noteSilence();
  await expect(committed).rejects.toMatchObject({ data: { kind: 'ConnectionLost' } });
});

it.each(['paged', 'streamed'] as const)(
  'leaves rows alone that wait to be read: %s',
  async (strategy) => {
    const { pool, lost } = await silentPool();
    const { client } = await pool.acquire();
    const portal = new Portal("SELECT n, repeat('x', 1000) FROM generate_series(1, 20000) AS n", {
      strategy,
    });
    expect((await portal.start(client, 10)).hasMore).toBe(true);
    // A stream is halted once a page is gathered ahead.
    await expect.poll(() => client.isWaiting).toBe(false);
    pool.noteSilence();
    pool.noteSilence();
    expect(lost).toEqual([]);
    let count = 10;
    for (let hasMore = true; hasMore;) {
      const page = await portal.read(5_000);
      count += page.rows.rowCount;
      ({ hasMore } = page);
    }
    expect(count).toBe(20_000);
    expect(client.isWaiting).toBe(false);
  },
);

it('cuts only sessions that heard nothing since a time', async () => {
  const { pool, lost } = await silentPool();
  const old = await pool.acquire();
  await expect.poll(() => performance.now()).toBeGreaterThan(old.client.heardAt);
  const since = performance.now();
  const recent = await pool.acquire();
  pool.cut(since);
  expect(lost.map(({ processId }) => processId)).toEqual([old.processId]);
  expect(await recent.query('SELECT 1 AS n')).toEqual([{ n: '1' }]);
});

it('asks an idle session for a sign of life, and gives it to nobody before', async () => {
  const { proxy, pool } = await silentPool();
  expect(pool.askIdle()).toBeNull();
  const first = await pool.acquire();
  first.release();
  await pool.askIdle();
  expect(pool.stats()).toMatchObject({ total: 1, idle: 1 });
  proxy.fallSilent();
  const asked = pool.askIdle();
  expect(pool.stats()).toMatchObject({ total: 1, idle: 0 });
  proxy.recover();
  const second = await pool.acquire();
  expect(second.processId).not.toBe(first.processId);
  pool.cut(second.client.heardAt);
  await expect(asked).rejects.toThrow('no longer answers');
  await database().query('SELECT pg_terminate_backend($1)', [first.processId]);
});
