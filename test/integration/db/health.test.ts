import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { Pool } from '../../../src/main/db/pool/pool';
import { OpenConnection } from '../../../src/main/services/connections/open-connection';
import { onOwnClient } from '../../../src/main/services/export/sources/leases';
import { HealthService } from '../../../src/main/services/health-service';
import type { MonitorTiming } from '../../../src/main/services/health/monitor-options';
import { ReadOnlySession } from '../../../src/main/services/table-data/read-only-session';
import { dbHealthSchema } from '../../../src/shared/models/health';
import { createDatabase, type TestDatabase } from '../database';
import { TcpProxy } from '../tcp-proxy';
import { failureOf } from './failure-of';
import { sleepingSessions } from '../sleeping';

let database: TestDatabase;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  database = await createDatabase();
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => database.drop());

const label = {
  profileId: null,
  origin: 'environment',
  name: 'test',
  color: 'gray',
  environment: 'local',
} as const;

const patience = { timeout: 10_000 };

/** For a server that answers, however busy the computer is. */
const unhurried = { intervalMs: 60_000, pingTimeoutMs: 10_000, connectTimeoutMs: 10_000 };

/** A watched connection through a proxy, with shorter limits than the real ones. */
async function watch(timing: Partial<MonitorTiming> = {}, silenceMs = 20_000) {
  const proxy = await TcpProxy.start(inject('postgres'));
  const limits = { ...database.settings.limits, acquireTimeoutMs: 5_000 };
  const settings = { ...database.settings, port: proxy.port, limits };
  const pool = new Pool({
    settings,
    timing: { closeTimeoutMs: 100, silenceMs },
  });
  const health = new HealthService({
    timing: {
      intervalMs: 100,
      pingTimeoutMs: 400,
      connectTimeoutMs: 1_000,
      graceMs: 100,
      ...timing,
    },
  });
  const connectionId = randomUUID();
  const connection = new OpenConnection(
    { ...label, ...settings, connectionId, serverVersion: '', tls: null },
    settings,
    pool,
  );
  const states: string[] = [];
  health.on('changed', ({ state }) => states.push(state));
  health.watch({ connectionId, pool });
  closers.push(
    () => proxy.close(),
    () => pool.close(),
    () => health.unwatch(connectionId),
  );
  return { proxy, pool, health, connectionId, connection, states };
}

describe('checkDbHealth', () => {
  it('says that the server answers, how fast, and how the pool stands', async () => {
    const { health, connectionId, pool } = await watch(unhurried);
    const client = await pool.acquire();
    const answer = dbHealthSchema.parse(await health.checkDbHealth(connectionId));
    expect(answer).toMatchObject({ connectionId, state: 'live', pool: { active: 1, total: 1 } });
    expect(answer.latencyMs).toBeGreaterThan(0);
    expect(answer.samples?.at(-1)?.latencyMs).toBe(answer.latencyMs);
    client.release();
  });

  it('answers when every client of the pool is in use', async () => {
    const { health, connectionId, pool } = await watch(unhurried);
    const clients = await Promise.all(Array.from({ length: 5 }, () => pool.acquire()));
    expect(await health.checkDbHealth(connectionId)).toMatchObject({
      state: 'live',
      pool: { active: 5, max: 5 },
    });
    for (const client of clients) client.release();
  });

  it('says that the server does not answer', async () => {
    const { health, connectionId, proxy } = await watch();
    await health.checkDbHealth(connectionId);
    proxy.fallSilent();
    expect(await health.checkDbHealth(connectionId)).toMatchObject({
      state: 'lost',
      latencyMs: null,
    });
  });

  it('raises NotFound for a connection that is closed', async () => {
    const { health, connectionId } = await watch();
    await health.unwatch(connectionId);
    expect((await failureOf(health.checkDbHealth(connectionId))).kind).toBe('NotFound');
    expect(() => health.getPoolStats(connectionId)).toThrow('This connection is closed.');
  });
});

it('tells by itself how the pool stands', async () => {
  const { health, connectionId, pool } = await watch();
  const told: unknown[] = [];
  health.on('pool', (id, { active, total }) => told.push([id, active, total]));
  const client = await pool.acquire();
  await vi.waitFor(() => expect(told.at(-1)).toEqual([connectionId, 1, 1]), patience);
  client.release();
  await vi.waitFor(() => expect(told.at(-1)).toEqual([connectionId, 0, 1]), patience);
});

describe('the monitor', () => {
  it('finds a link that fell silent, and its recovery, by itself', async () => {
    const { health, connectionId, proxy, states } = await watch();
    await health.checkDbHealth(connectionId);
    proxy.fallSilent();
    await vi.waitFor(() => expect(states.at(-1)).toBe('lost'), patience);
    proxy.recover();
    await vi.waitFor(() => expect(states.at(-1)).toBe('live'), patience);
  });

  it('ends what waits on a link that stays silent: statements, reads of tables, exports, the catalog', async () => {
    const { health, connectionId, proxy, pool, connection, states } = await watch({}, 200);
    await health.checkDbHealth(connectionId);
    const [client, table] = await Promise.all([
      pool.acquire({ holder: 'query tab' }),
      ReadOnlySession.open(connection, new AbortController().signal),
    ]);
    const sleep = 'SELECT pg_sleep(60)';
    const exported = onOwnClient(connection, { text: sleep, values: [] }, []);
    const running = [
      client.query(sleep),
      table.run({ text: sleep, values: [] }),
      exported(new AbortController().signal, () => Promise.resolve()),
      pool.query(sleep, [], { holder: 'catalog' }),
    ].map((statement) => failureOf(statement));
    await expect.poll(() => sleepingSessions(database), patience).toBe(4);
    proxy.fallSilent();
    for (const failure of await Promise.all(running)) {
      expect(failure.data).toMatchObject({ kind: 'ConnectionLost', systemCode: 'ETIMEDOUT' });
    }
    expect(states.at(-1)).toBe('lost');
    await database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event = 'PgSleep'`,
    );
  });

  it('ends statements that wait on a dead link once the server answers on a new one', async () => {
    const { health, connectionId, proxy, pool } = await watch();
    await health.checkDbHealth(connectionId);
    const client = await pool.acquire();
    const running = failureOf(client.query('SELECT pg_sleep(60)'));
    proxy.fallSilent();
    proxy.recover();
    expect((await running).kind).toBe('ConnectionLost');
    expect(pool.stats().total).toBe(0);
    await database.query('SELECT pg_terminate_backend($1)', [client.processId]);
  });

  it('leaves a running statement alone while the server merely delays', async () => {
    const { health, connectionId, proxy, pool, states } = await watch({
      graceMs: 5_000,
      pingTimeoutMs: 100,
      connectTimeoutMs: 100,
    });
    await health.checkDbHealth(connectionId);
    const client = await pool.acquire();
    const running = client.query('SELECT 1 AS n FROM pg_sleep(0.5)');
    proxy.delayMs = 150;
    await vi.waitFor(() => expect(states).toContain('lost'), patience);
    proxy.delayMs = 0;
    await vi.waitFor(() => expect(states.at(-1)).toBe('live'), patience);
    expect(await running).toEqual([{ n: '1' }]);
    client.release();
  });

  it('replaces its session when that alone was ended', async () => {
    const { health, connectionId, states } = await watch(unhurried);
    await health.checkDbHealth(connectionId);
    await database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    await vi.waitFor(async () => {
      const { rows } = await database.query<{ n: string }>(
        `SELECT count(*) AS n FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
      expect(rows[0]?.n).toBe('0');
    }, patience);
    expect(await health.checkDbHealth(connectionId)).toMatchObject({ state: 'live' });
    expect(states).toEqual(['checking', 'live']);
  });

  it('looks at once when a session of the pool has ended', async () => {
    const { health, connectionId, proxy, pool, states } = await watch(unhurried);
    await health.checkDbHealth(connectionId);
    (await pool.acquire()).release();
    await proxy.close();
    await vi.waitFor(() => expect(states).toEqual(['checking', 'lost']), patience);
  });

  it('leaves no session behind', async () => {
    const { health, connectionId } = await watch();
    await health.checkDbHealth(connectionId);
    await health.unwatch(connectionId);
    await vi.waitFor(async () => {
      const { rows } = await database.query<{ n: string }>(
        `SELECT count(*) AS n FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
      expect(rows[0]?.n).toBe('0');
    }, patience);
  });
});

it('checks every connection at once', async () => {
  const first = await watch(unhurried);
  const other = randomUUID();
  first.health.watch({ connectionId: other, pool: first.pool });
  closers.push(() => first.health.unwatch(other));
  const all = await first.health.checkAll();
  expect(all.map(({ connectionId, state }) => [connectionId, state])).toEqual([
    [first.connectionId, 'live'],
    [other, 'live'],
  ]);
});
