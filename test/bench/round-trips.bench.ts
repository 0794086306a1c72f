/**
 * How many times what a person does every day goes to the server and back, over a link that takes 100 ms
 * for that: the yardstick is what bare pg needs to connect and to answer a statement. Main alone, without
 * the page.
 */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { ConnectionSettings } from '../../src/main/db/session/connection-settings';
import { TableDataService } from '../../src/main/services/table-data/table-data-service';
import { createDatabase, type TestDatabase } from '../integration/database';
import { QueryServices, type Tab } from '../integration/services/question-fixture';
import { selectionOf } from '../integration/table-data/fixture';
import { TcpProxy } from '../integration/tcp-proxy';

const roundTripMs = 100;

let database: TestDatabase;
let proxy: TcpProxy;
let services: QueryServices;
let settings: ConnectionSettings;

beforeAll(async () => {
  database = await createDatabase();
  await database.query(`
    CREATE TABLE numbers (id int PRIMARY KEY, name text);
    INSERT INTO numbers SELECT n, 'name ' || n FROM generate_series(1, 5000) n;
    ANALYZE numbers`);
  proxy = await TcpProxy.start(inject('postgres'));
  proxy.delayMs = roundTripMs / 2;
  settings = { ...database.settings, host: '127.0.0.1', port: proxy.port };
  services = await QueryServices.start();
});
afterAll(async () => {
  await services.stop();
  await proxy.close();
  await database.drop();
});

const counted: Record<string, string> = {};

/** Notes how many round trips some work takes by its time. */
async function count<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const answer = await work();
  counted[what] = ((performance.now() - startedAt) / roundTripMs).toFixed(1);
  return answer;
}

async function barePg(): Promise<void> {
  const { user, database: name, host, port } = settings;
  const { password } = inject('postgres');
  const client = new Client({ host, port, user, database: name, password });
  await count('bare pg: connect', () => client.connect());
  await count('bare pg: SELECT 1', () => client.query('SELECT 1'));
  await client.end();
}

async function statements(tab: Tab): Promise<void> {
  await count('SELECT 1 right behind the opening', () => tab.run('SELECT 1', 'run'));
  await count('SELECT 1', () => tab.run('SELECT 1', 'run'));
  await count('first page of 5,000 rows', () => tab.run('SELECT * FROM numbers', 'run'));
  await count('the question before a DELETE', () => tab.run('DELETE FROM numbers', 'cancel'));
  await count('BEGIN, UPDATE, COMMIT', () =>
    tab.run("BEGIN; UPDATE numbers SET name = '' WHERE id = 1; COMMIT", 'run'),
  );
}

async function catalog(connectionId: string): Promise<void> {
  const { service } = services;
  await count('schemas', () => service.listSchemas(connectionId));
  await count('relations of a schema', () => service.listTables(connectionId, 'public'));
  await count('columns, keys, indexes', () =>
    service.getTableInfo(connectionId, 'public', 'numbers'),
  );
}

async function table(connectionId: string): Promise<void> {
  const tables = new TableDataService(services.registry);
  const readPage = () =>
    tables.readPage(connectionId, {
      readId: randomUUID(),
      tabId: 'table',
      selection: selectionOf('numbers'),
      page: { direction: 'forward', maxRows: 500, from: null },
    });
  await count('opening a table', readPage);
  await count('another page of it', readPage);
}

it('round trips over a slow link', async () => {
  await barePg();
  const connectionId = await count('opening a connection', () => services.connect(settings));
  await statements(services.tab(connectionId));
  await catalog(connectionId);
  await table(connectionId);
  expect(Object.keys(counted)).not.toHaveLength(0);
  console.table(
    Object.fromEntries(Object.entries(counted).map(([what, trips]) => [what, { trips }])),
  );
});
