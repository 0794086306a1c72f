import { describe, expect, it, vi } from 'vitest';
import { collectLost, usePools } from './pool-fixture';
import { failureOf } from './failure-of';

const { database, createPool, startProxy } = usePools();

/** Sessions of the pool under test as the server counts them. */
async function serverSessions(): Promise<number> {
  const { rows } = await database().query<{ n: string }>(
    `SELECT count(*) AS n FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  return Number(rows[0]?.n);
}

async function terminate(processId: number): Promise<void> {
  await database().query('SELECT pg_terminate_backend($1)', [processId]);
}

const patience = { timeout: 10_000 };

describe('size', () => {
  it('opens the minimum at start', async () => {
    const pool = createPool({ limits: { minConnections: 3 } });
    await pool.start();
    await expect.poll(() => pool.stats()).toMatchObject({ total: 3, idle: 3, active: 0 });
    expect(await serverSessions()).toBe(3);
  });

  it('never exceeds the maximum and serves everyone', async () => {
    const pool = createPool({ limits: { maxConnections: 5 } });
    const totals: number[] = [];
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const rows = await pool.query('SELECT $1::int AS n FROM pg_sleep(0.001)', [index]);
        totals.push(pool.stats().total);
        return rows[0]?.['n'];
      }),
    );
    expect(answers).toEqual(Array.from({ length: 200 }, (_, index) => String(index)));
    expect(Math.max(...totals)).toBe(5);
    expect(await serverSessions()).toBe(5);
  });

  it('closes idle sessions down to the minimum', async () => {
    const pool = createPool({ limits: { minConnections: 1, idleTimeoutMs: 50 } });
    const clients = await Promise.all([pool.acquire(), pool.acquire(), pool.acquire()]);
    for (const client of clients) client.release();
    expect(pool.stats()).toMatchObject({ total: 3, idle: 3 });
    await expect.poll(() => pool.stats().total).toBe(1);
    await expect.poll(() => serverSessions()).toBe(1);
  });

  it('replaces an idle session at the end of its lifetime', async () => {
    const pool = createPool({ limits: { minConnections: 1, maxLifetimeMs: 100 } });
    const lost = collectLost(pool);
    await pool.start();
    const first = await pool.acquire();
    first.release();
    await vi.waitFor(async () => {
      const next = await pool.acquire();
      next.release();
      expect(next.processId).not.toBe(first.processId);
    }, patience);
    expect(lost).toEqual([]);
  });

  it('closes a session that is given back after its lifetime', async () => {
    const pool = createPool({ limits: { maxLifetimeMs: 20 } });
    const client = await pool.acquire();
    await client.query('SELECT pg_sleep(0.03)');
    client.release();
    expect(pool.stats().total).toBe(0);
    await expect.poll(() => serverSessions()).toBe(0);
  });

  it('gives those who wait a new session when one comes back after its lifetime', async () => {
    const pool = createPool({ limits: { maxConnections: 1, maxLifetimeMs: 50 } });
    const client = await pool.acquire();
    const waiting = pool.acquire();
    await client.query('SELECT pg_sleep(0.06)');
    client.release();
    expect((await waiting).processId).not.toBe(client.processId);
  });
});

describe('the queue', () => {
  it('serves callers in the order in which they came', async () => {
    const pool = createPool({ limits: { maxConnections: 1 } });
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const client = await pool.acquire();
        order.push(index);
        await client.query('SELECT 1');
        client.release();
      }),
    );
    expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('gives an idle session to who comes while another one is being made', async () => {
    const proxy = await startProxy();
    const pool = createPool({
      settings: { port: proxy.port },
      limits: { minConnections: 2, acquireTimeoutMs: 20_000 },
    });
    await pool.start();
    proxy.delayMs = 1_000;
    await expect.poll(() => proxy.accepted).toBe(2);
    const client = await pool.acquire();
    expect(pool.stats()).toMatchObject({ total: 1, active: 1 });
    client.release();
  });

  it('says who holds the sessions when none comes free in time', async () => {
    const pool = createPool({ limits: { maxConnections: 2, acquireTimeoutMs: 60_000 } });
    const first = await pool.acquire({ holder: 'tab Orders' });
    await pool.acquire({ holder: 'tab Customers' });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const failure = failureOf(pool.acquire({ holder: 'catalog' }));
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect((await failure).data).toMatchObject({
      kind: 'PoolExhausted',
      detail: expect.stringMatching(/tab Orders, for \d+ s\n.*tab Customers, for \d+ s/),
    });
    expect(pool.stats()).toMatchObject({ waiting: 0, active: 2 });
    first.release();
    expect((await pool.acquire()).processId).toBe(first.processId);
  });

  it('has one deadline over waiting and connecting', async () => {
    const proxy = await startProxy();
    const pool = createPool({
      settings: { port: proxy.port },
      limits: { maxConnections: 1, acquireTimeoutMs: 60_000 },
    });
    const first = await pool.acquire();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const failure = failureOf(pool.acquire());
    vi.advanceTimersByTime(50_000);
    proxy.fallSilent();
    // The waiter now waits for a new session, which never comes.
    first.destroy();
    await expect.poll(() => proxy.accepted).toBe(2);
    vi.advanceTimersByTime(10_000);
    vi.useRealTimers();
    expect((await failure).kind).toBe('Timeout');
    expect(pool.stats().waiting).toBe(0);
  });

  it.each([
    [{ startupStatements: ['SELECT pg_sleep(60)'] }, /^The start-up SQL did not end/],
    [{ password: () => new Promise<null>(() => undefined) }, /^The password .* was not there/],
  ])('says what took so long: %o', async (settings, message) => {
    const pool = createPool({ settings, limits: { acquireTimeoutMs: 300 } });
    expect((await failureOf(pool.acquire())).data).toMatchObject({
      kind: 'Timeout',
      message: expect.stringMatching(message),
    });
  });

  it('lets a caller give up while it waits', async () => {
    const pool = createPool({ limits: { maxConnections: 1 } });
    const first = await pool.acquire();
    const abort = new AbortController();
    const waiting = pool.acquire({ signal: abort.signal });
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ data: { kind: 'Cancelled' } });
    await expect(pool.acquire({ signal: abort.signal })).rejects.toMatchObject({
      data: { kind: 'Cancelled' },
    });
    first.release();
    expect(pool.stats()).toMatchObject({ waiting: 0, idle: 1 });
  });

  it('keeps the session that a caller who gave up had asked for', async () => {
    const pool = createPool();
    const abort = new AbortController();
    const waiting = pool.acquire({ signal: abort.signal });
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ data: { kind: 'Cancelled' } });
    await expect.poll(() => pool.stats().idle).toBe(1);
  });

  it('waits for a session when the server has room for no more', async () => {
    const role = await database().createRole('CONNECTION LIMIT 1');
    const proxy = await startProxy();
    const pool = createPool({
      settings: { ...role.settings, port: proxy.port },
      limits: { maxConnections: 3 },
      timing: { roomRetryMs: 20 },
    });
    const first = await pool.acquire();
    const second = pool.acquire();
    // A second and a third link were refused.
    await expect.poll(() => proxy.accepted).toBeGreaterThan(2);
    first.release();
    expect((await second).processId).toBe(first.processId);
  });

  it('says that the server is full when that lasts', async () => {
    const role = await database().createRole('CONNECTION LIMIT 1');
    const pool = createPool({
      settings: role.settings,
      limits: { maxConnections: 3, acquireTimeoutMs: 300 },
    });
    await pool.acquire();
    await expect(pool.acquire()).rejects.toMatchObject({
      data: { kind: 'TooManyConnections', sqlState: '53300' },
    });
  });

  it('tries a refused password once and tells it at once', async () => {
    const proxy = await startProxy();
    const pool = createPool({
      settings: { port: proxy.port, password: () => Promise.resolve('wrong') },
      limits: { minConnections: 3 },
    });
    await expect(pool.start()).rejects.toMatchObject({ data: { kind: 'AuthenticationFailed' } });
    expect(proxy.accepted).toBe(1);
  });

  it('tells everyone who waits at once that the password was refused', async () => {
    const proxy = await startProxy();
    const pool = createPool({
      settings: { port: proxy.port, password: () => Promise.resolve('wrong') },
      limits: { maxConnections: 1 },
    });
    const failures = await Promise.all(Array.from({ length: 10 }, () => failureOf(pool.acquire())));
    expect(failures.map(({ kind }) => kind)).toEqual(Array(10).fill('AuthenticationFailed'));
    expect(proxy.accepted).toBe(1);
  });
});

describe('giving back', () => {
  it('rolls an open transaction back before the next holder comes', async () => {
    await database().query('CREATE TABLE left_open (n int)');
    const pool = createPool({ limits: { maxConnections: 1 } });
    const first = await pool.acquire();
    await first.query('BEGIN');
    await first.query('INSERT INTO left_open VALUES (1)');
    first.release();
    const second = await pool.acquire();
    expect(second.processId).toBe(first.processId);
    expect(second.client.getTransactionStatus()).toBe('I');
    expect(await second.query('SELECT * FROM left_open')).toEqual([]);
  });

  it('rolls a failed transaction back', async () => {
    const pool = createPool({ limits: { maxConnections: 1 } });
    const first = await pool.acquire();
    await first.query('BEGIN');
    await expect(first.query('SELECT 1/0')).rejects.toMatchObject({
      data: { kind: 'QueryFailed', sqlState: '22012' },
    });
    first.release();
    const second = await pool.acquire();
    expect(second.processId).toBe(first.processId);
    expect(await second.query('SELECT 1 AS n')).toEqual([{ n: '1' }]);
  });

  it('destroys a client that is still busy after the limit', async () => {
    const pool = createPool({ limits: { maxConnections: 1 }, timing: { tidyTimeoutMs: 50 } });
    const first = await pool.acquire();
    const stuck = failureOf(first.query('SELECT pg_sleep(60)'));
    first.release();
    const second = await pool.acquire();
    expect(second.processId).not.toBe(first.processId);
    expect((await stuck).kind).toBe('ConnectionLost');
    await terminate(first.processId);
  });

  it('keeps a session whose statement failed', async () => {
    const pool = createPool();
    await pool.query('SELECT 1');
    await expect(pool.query('SELEC 1')).rejects.toMatchObject({
      data: { kind: 'InvalidQuery', position: 0 },
    });
    // The server sends ReadyForQuery in a packet of its own after an error.
    await expect.poll(() => pool.stats()).toMatchObject({ total: 1, idle: 1 });
  });

  it('discards what the holder left in the session, and sets the profile’s settings again', async () => {
    const pool = createPool({
      limits: { maxConnections: 1 },
      settings: { readOnly: true, statementTimeoutMs: 4321 },
    });
    const first = await pool.acquire();
    await first.query('SET default_transaction_read_only = off');
    await first.query('SET search_path = pg_catalog');
    await first.query('CREATE TEMPORARY TABLE left_over (n int)');
    first.release({ resetSession: true });
    const second = await pool.acquire();
    expect(second.processId).toBe(first.processId);
    expect(
      await second.query(
        `SELECT current_setting('default_transaction_read_only') AS read_only,
                current_setting('statement_timeout') AS timeout,
                current_setting('search_path') AS path,
                to_regclass('pg_temp.left_over') AS left_over`,
      ),
    ).toEqual([{ read_only: 'on', timeout: '4321ms', path: '"$user", public', left_over: null }]);
  });

  it('refuses statements on a client that was given back', async () => {
    const pool = createPool();
    const client = await pool.acquire();
    client.release();
    client.release();
    client.destroy();
    await expect(client.query('SELECT 1')).rejects.toMatchObject({ data: { kind: 'Internal' } });
    expect(pool.stats()).toMatchObject({ total: 1, idle: 1 });
  });
});

describe('close', () => {
  it('ends idle and busy sessions and everyone who waits', async () => {
    const pool = createPool({ limits: { maxConnections: 2 } });
    const busy = await pool.acquire();
    const idle = await pool.acquire();
    const running = failureOf(busy.query('SELECT pg_sleep(60)'));
    const waiting = failureOf(pool.acquire());
    await pool.close(50);
    expect((await waiting).kind).toBe('Cancelled');
    expect((await running).kind).toBe('ConnectionLost');
    expect(pool.stats()).toMatchObject({ total: 0, waiting: 0 });
    await expect(pool.acquire()).rejects.toMatchObject({ data: { kind: 'Cancelled' } });
    await terminate(busy.processId);
    idle.release();
    await expect.poll(() => serverSessions()).toBe(0);
  });

  it('stops a session that is being made', async () => {
    const proxy = await startProxy();
    proxy.fallSilent();
    // Its own limit of time is far away.
    const limits = { acquireTimeoutMs: 60_000 };
    const pool = createPool({ settings: { port: proxy.port }, limits });
    const waiting = failureOf(pool.acquire());
    await expect.poll(() => proxy.open).toBe(1);
    await pool.close();
    expect((await waiting).kind).toBe('Cancelled');
    await expect.poll(() => proxy.open).toBe(0);
  });
});
