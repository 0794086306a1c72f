import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RowTotals } from '../../../src/main/services/query/results/row-totals';
import { createDatabase, type TestDatabase } from '../database';
import { OptionsTab } from './tab-fixture';
import { sleepingSessions } from '../sleeping';

let database: TestDatabase;
let tab: OptionsTab;
let totals: RowTotals;

beforeAll(async () => {
  database = await createDatabase();
  await database.query('create table many as select n from generate_series(1, 3000) as n');
  await database.query('analyze many');
  const limits = { ...database.settings.limits, maxConnections: 2 };
  tab = await OptionsTab.open({ ...database.settings, limits });
  totals = new RowTotals(tab.registry);
});
afterAll(async () => {
  await tab.close();
  await database.drop();
});

const request = (statement: string, parameters?: Record<string, string>) => ({
  tabId: tab.tabId,
  readId: randomUUID(),
  statement,
  parameters,
});

it('estimates from the plan alone, and counts exactly', async () => {
  expect(await totals.estimate(tab.connectionId, request('select * from many'))).toEqual({
    total: { kind: 'estimated', rows: 3000 },
    canCount: true,
  });
  expect(await totals.count(tab.connectionId, request('select * from many'))).toEqual({
    kind: 'exact',
    rows: 3000,
  });
});

it.each([
  ['a comment at the end', 'select 1 from many -- all of them'],
  ['columns of the same name', 'select n, n, n as n from many'],
  ['a common table expression and an order', 'with m as (table many) select * from m order by n'],
  ['no columns at all', 'select from many'],
])('counts a statement with %s', async (_what, statement) => {
  expect(await totals.count(tab.connectionId, request(statement))).toMatchObject({ rows: 3000 });
});

it('takes the values of parameters', async () => {
  const counted = request('select * from many where n <= :most', { ':most': '10' });
  expect(await totals.count(tab.connectionId, counted)).toMatchObject({ rows: 10 });
  const { total } = await totals.estimate(tab.connectionId, counted);
  expect(total).toMatchObject({ kind: 'estimated', rows: 10 });
});

it.each([
  'delete from many returning *',
  'with d as (delete from many returning *) select * from d',
  'select * from many for update',
  `select set_config('a.b', 'c', false)`,
  `select nextval('s')`,
  'select somewhere.unknown_function()',
  'explain select 1',
  'select 1; select 2',
])('neither plans nor runs: %s', async (statement) => {
  expect(await totals.estimate(tab.connectionId, request(statement))).toEqual({
    total: { kind: 'unknown' },
    canCount: false,
  });
  await expect(totals.count(tab.connectionId, request(statement))).rejects.toMatchObject({
    data: { kind: 'InvalidInput' },
  });
});

it('leaves a tab alone that sees what others do not', async () => {
  await tab.run('create temporary table many (n int)');
  const { total } = await totals.estimate(tab.connectionId, request('select * from many'));
  expect(total.kind).toBe('unknown');
  await tab.service.closeTab(tab.connectionId, tab.tabId);
});

it('does not wait for a session, and takes none from those who do', async () => {
  const { pool } = tab.registry.get(tab.connectionId);
  const held = [await pool.acquire(), await pool.acquire()];
  expect(await totals.estimate(tab.connectionId, request('select * from many'))).toEqual({
    total: { kind: 'unknown' },
    canCount: true,
  });
  for (const client of held) client.release();
});

it('is stopped by a cancel', async () => {
  const slow = request('select pg_sleep(60) from many');
  const stop = async (): Promise<void> => {
    await expect.poll(() => sleepingSessions(database)).toBe(1);
    await totals.cancel(slow.readId);
  };
  const [counted] = await Promise.allSettled([totals.count(tab.connectionId, slow), stop()]);
  expect(counted).toMatchObject({ status: 'rejected', reason: { data: { kind: 'Cancelled' } } });
});
