import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import { HealthService } from '../../../src/main/services/health-service';
import { ResultStore } from '../../../src/main/services/query/results/result-store';
import { createDatabase, type TestDatabase } from '../database';
import { OptionsTab } from './tab-fixture';

let database: TestDatabase;
let tab: OptionsTab;
beforeAll(async () => {
  database = await createDatabase();
  await database.query(`
    CREATE TABLE receipts (id int);
    CREATE SEQUENCE numbers;
    CREATE FUNCTION record(id int) RETURNS void LANGUAGE sql AS 'INSERT INTO receipts VALUES (id)'`);
});
afterAll(() => database.drop());
beforeEach(async () => {
  tab = await OptionsTab.open(database.settings);
});
afterEach(async () => {
  await tab.close();
  await database.query('TRUNCATE receipts');
});

async function othersSee(query: string): Promise<unknown> {
  const { rows } = await database.query<{ seen: number }>(`SELECT (${query})::int AS seen`);
  return rows[0]?.seen;
}

// Outside a transaction the server commits behind the last row.
it.each([
  ['insert into receipts select generate_series(1, 5000) returning id', 'INSERT 0 5000'],
  [
    'with new as (insert into receipts select generate_series(1, 5000) returning id) select * from new',
    'SELECT 5000',
  ],
  ['select record(n) from generate_series(1, 5000) as n', 'SELECT 5000'],
])('is done when it says so, however many rows it returns: %s', async (text, commandTag) => {
  const result = await tab.only(text);
  expect(await othersSee('SELECT count(*) FROM receipts')).toBe(5_000);
  expect(result).toMatchObject({ commandTag, rowCount: 5_000, readRows: 5_000, hasMore: false });
  await expect.poll(() => tab.registry.get(tab.connectionId).pool.stats().active).toBe(0);
});

it('calls a function that changes something for every row', async () => {
  await tab.only(`select nextval('numbers') from generate_series(1, 5000)`);
  expect(await othersSee('SELECT last_value FROM numbers')).toBe(5_000);
});

it('locks no row for longer than the statement', async () => {
  await tab.only('insert into receipts select generate_series(1, 5000)');
  await tab.only('select id from receipts for update');
  const locked = 'SELECT count(*) FROM (SELECT FROM receipts FOR UPDATE NOWAIT) AS free';
  expect(await othersSee(locked)).toBe(5_000);
});

it('is read as it is scrolled to within a transaction, which ends it anyway', async () => {
  await tab.run('begin');
  const result = await tab.only('insert into receipts select generate_series(1, 5000) returning 1');
  expect(result).toMatchObject({ readRows: 500, hasMore: true });
  await tab.run('commit');
  expect(await othersSee('SELECT count(*) FROM receipts')).toBe(5_000);
});

it('reads what only reads as it is scrolled to', async () => {
  const result = await tab.only('select n from generate_series(1, 5000) as n');
  expect(result).toMatchObject({ readRows: 500, hasMore: true });
});

it.each([
  ['its first rows', 1],
  ['its further rows', 2_000_000],
])('stays, and says so, when there is no room for %s', async (_which, budget) => {
  // No folder can be made there.
  const results = new ResultStore({ folder: `${process.execPath}/results`, budget });
  const registry = new ConnectionRegistry({ health: new HealthService(), results });
  const { connectionId } = await registry.open(database.settings, {
    profileId: null,
    origin: 'environment',
    name: 'test',
    color: 'gray',
    environment: 'local',
  });
  const { outcomes } = await new DatabaseService(registry).executeQuery(
    connectionId,
    {
      tabId: randomUUID(),
      executionId: randomUUID(),
      text: `insert into receipts select generate_series(1, 5000) returning repeat('x', 1000)`,
      target: { kind: 'all' },
    },
    {
      confirm: () => Promise.resolve({ choice: 'run', waive: false }),
      onProgress: () => undefined,
    },
  );
  const seen = await othersSee('SELECT count(*) FROM receipts');
  await registry.closeAll();
  expect(seen).toBe(5_000);
  expect(outcomes).toMatchObject([
    { error: { kind: 'StorageFailed', advice: expect.stringContaining('changed stays') } },
  ]);
});
