import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { connectClient } from '../../../src/main/db/session/client';
import type { Session } from '../../../src/main/db/session/session';
import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import { ServerConnector } from '../../../src/main/db/server/server-connector';
import { createDatabase, type TestDatabase } from '../database';
import { startPgBouncer, type PgBouncerOptions, type RunningPgBouncer } from '../pgbouncer';

let database: TestDatabase;
const poolers: RunningPgBouncer[] = [];
const sessions: Session[] = [];

beforeAll(async () => {
  database = await createDatabase();
});
afterEach(async () => {
  for (const session of sessions.splice(0)) session.destroy();
  await Promise.all(poolers.splice(0).map((pooler) => pooler.stop()));
});
afterAll(() => database.drop());

async function behind(options: PgBouncerOptions): Promise<ConnectionSettings> {
  const pooler = await startPgBouncer(inject('postgres'), options);
  poolers.push(pooler);
  return { ...database.settings, port: pooler.address.port };
}

async function modeOf(settings: ConnectionSettings): Promise<string | null> {
  const connector = new ServerConnector(settings);
  sessions.push(await connector.connect({ timeoutMs: 5_000 }));
  return connector.current?.poolMode ?? null;
}

/** Other clients that run short statements without a pause, until the returned function is called. */
async function load(settings: ConnectionSettings, clients: number): Promise<() => Promise<void>> {
  const others = { goOn: true };
  const opened = await Promise.all(
    Array.from({ length: clients }, () => connectClient(settings, { timeoutMs: 5_000 })),
  );
  const ends = opened.map(async (session) => {
    while (others.goOn) await session.query('SELECT pg_sleep(0.001)');
    session.destroy();
  });
  return async () => {
    others.goOn = false;
    await Promise.all(ends);
  };
}

it('finds no pooler before a plain server, idle or loaded', async () => {
  expect(await modeOf(database.settings)).toBeNull();
  const stop = await load(database.settings, 6);
  expect(await modeOf(database.settings)).toBeNull();
  await stop();
});

describe('transaction mode', () => {
  it.each([1, 2, 3, 20])('is found on an idle pooler with %i backends', async (poolSize) => {
    expect(await modeOf(await behind({ mode: 'transaction', poolSize }))).toBe('transaction');
  });

  it('is found where backends are used in turn', async () => {
    for (const poolSize of [1, 2, 3, 4]) {
      const settings = await behind({
        mode: 'transaction',
        poolSize,
        settings: { server_round_robin: 1, min_pool_size: poolSize },
      });
      expect(await modeOf(settings)).toBe('transaction');
    }
  });

  it.each([1, 4, 20])('is found on a loaded pooler with %i backends', async (poolSize) => {
    const settings = await behind({ mode: 'transaction', poolSize });
    const stop = await load(settings, 8);
    for (let count = 0; count < 5; count += 1) expect(await modeOf(settings)).toBe('transaction');
    await stop();
  });
});

describe('session mode', () => {
  it('is found on an idle and on a loaded pooler', async () => {
    const settings = await behind({ mode: 'session', poolSize: 20 });
    expect(await modeOf(settings)).toBe('session');
    const stop = await load(settings, 8);
    expect(await modeOf(settings)).toBe('session');
    await stop();
  });

  it('is found where there is one backend alone', async () => {
    expect(await modeOf(await behind({ mode: 'session', poolSize: 1 }))).toBe('session');
  });
});

it('leaves no setting of a profile behind in transaction mode', async () => {
  const settings = await behind({ mode: 'transaction', poolSize: 1 });
  const profile = { ...settings, readOnly: true, statementTimeoutMs: 1_234 };
  sessions.push(await new ServerConnector(profile).connect({ timeoutMs: 5_000 }));
  const other = await connectClient(settings, { timeoutMs: 5_000 });
  sessions.push(other);
  const { rows } = await other.query(
    `SELECT current_setting('default_transaction_read_only') AS read_only,
            current_setting('statement_timeout') AS timeout`,
  );
  expect(rows).toEqual([{ read_only: 'off', timeout: '0' }]);
});
