import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import type {
  ConnectionSettings,
  ResolvedPoolLimits,
} from '../../../src/main/db/session/connection-settings';
import { Pool } from '../../../src/main/db/pool/pool';
import type { LostSession, PoolOptions } from '../../../src/main/db/pool/pool-options';
import { createDatabase, type TestDatabase } from '../database';
import { TcpProxy } from '../tcp-proxy';

/** Options of a test's pool; what is left out is quick to give up. */
export interface TestPoolOptions extends Omit<Partial<PoolOptions>, 'settings'> {
  readonly limits?: Partial<ResolvedPoolLimits>;
  readonly settings?: Partial<ConnectionSettings>;
}

/** A database for the file; the pools and proxies that a test makes are closed after it. */
export function usePools(): {
  readonly database: () => TestDatabase;
  readonly createPool: (options?: TestPoolOptions) => Pool;
  readonly startProxy: () => Promise<TcpProxy>;
} {
  let database: TestDatabase | undefined;
  const pools: Pool[] = [];
  const proxies: TcpProxy[] = [];
  const current = (): TestDatabase => {
    if (database === undefined) throw new Error('The database is made before the tests run.');
    return database;
  };

  beforeAll(async () => {
    database = await createDatabase();
  });
  afterEach(async () => {
    await Promise.all(pools.splice(0).map((pool) => pool.close()));
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  });
  afterAll(() => current().drop());

  return {
    database: current,
    createPool: ({ limits, settings, timing, ...options } = {}) => {
      const base = { ...current().settings, ...settings };
      const pool = new Pool({
        ...options,
        settings: { ...base, limits: { ...base.limits, ...limits } },
        timing: { pingTimeoutMs: 200, tidyTimeoutMs: 200, closeTimeoutMs: 200, ...timing },
      });
      pools.push(pool);
      return pool;
    },
    startProxy: async () => {
      const proxy = await TcpProxy.start(inject('postgres'));
      proxies.push(proxy);
      return proxy;
    },
  };
}

/** The sessions that a pool loses from now on. */
export function collectLost(pool: Pool): readonly LostSession[] {
  const lost: LostSession[] = [];
  pool.on('lost', (session) => lost.push(session));
  return lost;
}
