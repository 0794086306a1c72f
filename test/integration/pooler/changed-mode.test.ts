import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { HealthService } from '../../../src/main/services/health-service';
import { createDatabase, type TestDatabase } from '../database';
import { startPgBouncer, type RunningPgBouncer } from '../pgbouncer';

let database: TestDatabase;
let pooler: RunningPgBouncer;

beforeAll(async () => {
  database = await createDatabase();
  pooler = await startPgBouncer(inject('postgres'), { mode: 'session', poolSize: 4 });
});
afterAll(async () => {
  await pooler.stop();
  await database.drop();
});

it('a pooler that no longer keeps its backends is noticed, and told', async () => {
  const timing = { intervalMs: 20, pingTimeoutMs: 10_000, connectTimeoutMs: 10_000 };
  const told: (string | undefined)[] = [];
  const registry = new ConnectionRegistry({
    health: new HealthService({ timing }),
    onChange: ([connection]) => told.push(connection?.pooler),
  });
  const settings = {
    ...database.settings,
    port: pooler.address.port,
    readOnly: true,
    statementTimeoutMs: 4_321,
  };
  const { connectionId } = await registry.open(settings, {
    profileId: null,
    origin: 'environment',
    name: 'pooled',
    color: 'gray',
    environment: 'local',
  });
  const connection = registry.get(connectionId);
  expect(connection.info.pooler).toBe('session');
  await pooler.changeMode('transaction');
  await expect
    .poll(
      async () => {
        // Whoever else works takes the backend that the probe had.
        await Promise.all(Array.from({ length: 3 }, () => connection.pool.query('SELECT 1')));
        return connection.info.pooler;
      },
      { timeout: 20_000, interval: 5 },
    )
    .toBe('transaction');
  expect(told.at(-1)).toBe('transaction');
  const refused = await connection
    .tab(randomUUID())
    .run({
      text: 'CREATE TABLE never_made ()',
      range: { from: 0, to: 0 },
      strategy: 'complete',
      changesSession: false,
    })
    .then(
      () => null,
      (error: unknown) => error,
    );
  expect(refused).toMatchObject({ error: { data: { sqlState: '25006' } } });
  const client = await connection.pool.acquire();
  expect(client.transactionSettings).toEqual(['SET LOCAL statement_timeout = 4321']);
  client.release();
  await registry.closeAll();
});
