import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import { HealthService } from '../../../src/main/services/health-service';
import { loadParser } from '../../../src/main/sql/parser';
import { createDatabase, type TestDatabase } from '../database';
import { TcpProxy } from '../tcp-proxy';

const label = {
  profileId: null,
  origin: 'environment',
  name: 'test',
  color: 'gray',
  environment: 'local',
} as const;

let database: TestDatabase;
let registry: ConnectionRegistry;
let service: DatabaseService;
let connectionId: string;

beforeAll(async () => {
  await loadParser();
  database = await createDatabase();
  await database.query('create table held (n int)');
  registry = new ConnectionRegistry({ health: new HealthService() });
  service = new DatabaseService(registry);
  ({ connectionId } = await registry.open(database.settings, label));
});
afterAll(async () => {
  await registry.closeAll();
  await database.drop();
});

/** Each waits on the server in another way of the protocol when its link is cut. */
it.each([
  ['streamed rows', 'select pg_sleep(100)'],
  ['pages of rows in a transaction', 'begin; select pg_sleep(100)'],
  ['no rows', 'do $$ begin perform pg_sleep(100); end $$'],
  ['the rows of a COPY', `copy held from stdin;\n1\n\\.\n`],
  ['the rows of a COPY in a transaction', `begin; copy held from stdin;\n1\n\\.\n`],
  ['the second of a script', 'select 1; select pg_sleep(100)'],
])('a statement that waits is lost with its link, and never done: %s', async (_way, text) => {
  const tabId = randomUUID();
  const blocker = text.includes('copy') ? await blockTable() : null;
  const running = service.executeQuery(
    connectionId,
    { tabId, executionId: randomUUID(), text, target: { kind: 'all' } },
    {
      confirm: () => Promise.resolve({ choice: 'run', waive: false }),
      onProgress: () => undefined,
    },
  );
  const { pool } = registry.get(connectionId);
  const waiting = `state = 'active' AND wait_event IN ('PgSleep', 'relation')`;
  await expect.poll(() => sessions(waiting)).toBe(1);
  pool.cut();
  const { outcomes, nothingSent, transaction } = await running;
  expect(outcomes.at(-1)).toMatchObject({
    status: 'failed',
    error: { kind: 'ConnectionLost', advice: expect.stringContaining('is not known') },
  });
  expect(nothingSent).toBeUndefined();
  expect(transaction).toBe('idle');
  await service.closeTab(connectionId, tabId);
  await blocker?.();
  await database.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and ${waiting}`,
    [database.name],
  );
  await expect.poll(() => sessions(waiting)).toBe(0);
});

// A pg before 8.23 kept the reset of a link to itself once a Sync was sent.
it('names the reset of a link', async () => {
  const { host, port } = database.settings;
  const proxy = await TcpProxy.start({ host, port });
  const settings = { ...database.settings, port: proxy.port };
  const through = await registry.open(settings, { ...label, name: 'through the proxy' });
  const { pool } = registry.get(through.connectionId);
  const lost: unknown[] = [];
  pool.on('lost', ({ error }) => lost.push(error.data.systemCode));
  const running = service.executeQuery(
    through.connectionId,
    {
      tabId: randomUUID(),
      executionId: randomUUID(),
      text: 'select pg_sleep(100)',
      target: { kind: 'all' },
    },
    {
      confirm: () => Promise.resolve({ choice: 'run', waive: false }),
      onProgress: () => undefined,
    },
  );
  await expect.poll(() => sessions(`wait_event = 'PgSleep'`)).toBe(1);
  proxy.cut();
  expect((await running).outcomes).toMatchObject([
    { status: 'failed', error: { kind: 'ConnectionLost', systemCode: 'ECONNRESET' } },
  ]);
  await expect.poll(() => new Set(lost)).toEqual(new Set(['ECONNRESET']));
  await registry.close(through.connectionId);
  await proxy.close();
});

async function sessions(condition: string): Promise<number> {
  const { rows } = await database.query(
    `SELECT FROM pg_stat_activity WHERE datname = $1 AND ${condition}`,
    [database.name],
  );
  return rows.length;
}

/** Holds the table, in a session apart, until the returned function is called. */
async function blockTable(): Promise<() => Promise<void>> {
  const { host, port, user, database: name } = database.settings;
  const password = (await database.settings.password()) ?? '';
  const client = new Client({ host, port, user, password, database: name, ssl: false });
  await client.connect();
  await client.query('begin; lock table held');
  return () => client.end();
}
