import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import type { QueryResult, QueryRun } from '../../../src/shared/models/query-result';
import { rowTexts } from '../../../src/shared/models/row-batch';
import { createDatabase, type TestDatabase } from '../database';
import { startPgBouncer, type RunningPgBouncer } from '../pgbouncer';
import { QueryServices, type Tab } from '../services/question-fixture';

let database: TestDatabase;
let pooler: RunningPgBouncer;
let services: QueryServices;
let settings: ConnectionSettings;

beforeAll(async () => {
  database = await createDatabase();
  pooler = await startPgBouncer(inject('postgres'), { mode: 'session' });
  settings = { ...database.settings, port: pooler.address.port };
  services = await QueryServices.start();
});
afterAll(async () => {
  await services.stop();
  await pooler.stop();
  await database.drop();
});

async function valueOf(tab: Tab, text: string): Promise<string | null> {
  const results = done(await tab.run(text, 'run'));
  const last = results.at(-1);
  return last === undefined ? null : (rowTexts(last.rows, 0)[0] ?? null);
}

function done({ outcomes }: QueryRun): QueryResult[] {
  return outcomes.map((outcome) => {
    if (outcome.status !== 'done') throw new Error(JSON.stringify(outcome));
    return outcome.result;
  });
}

it('keeps the settings of the profile, and what a tab leaves in its session', async () => {
  const connectionId = await services.connect({
    ...settings,
    applicationName: 'postern behind a pooler',
    readOnly: true,
    statementTimeoutMs: 4_000,
    startupStatements: ["SET my.mark = 'started'"],
  });
  expect(services.registry.get(connectionId).info.pooler).toBe('session');
  const tab = services.tab(connectionId);
  expect(await valueOf(tab, 'SHOW default_transaction_read_only')).toBe('on');
  expect(await valueOf(tab, 'SHOW statement_timeout')).toBe('4s');
  expect(await valueOf(tab, 'SHOW my.mark')).toBe('started');
  expect(await valueOf(tab, 'SHOW application_name')).toBe('postern behind a pooler');
  await tab.setUp("SET my.mark = 'changed'");
  expect(await valueOf(tab, 'SHOW my.mark')).toBe('changed');
  await tab.close();
  expect(await valueOf(services.tab(connectionId), 'SHOW my.mark')).toBe('started');
});

it('keeps temporary tables, advisory locks and prepared statements of a tab', async () => {
  const connectionId = await services.connect(settings);
  const tab = services.tab(connectionId);
  await tab.setUp('CREATE TEMPORARY TABLE mine AS SELECT 7 AS n');
  await tab.setUp('PREPARE seven AS SELECT n FROM mine');
  await tab.setUp('SELECT pg_advisory_lock(4711)');
  expect(await valueOf(tab, 'EXECUTE seven')).toBe('7');
  const held = `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  expect((await database.query(held)).rows).toEqual([{ n: 1 }]);
  await tab.close();
  await expect.poll(async () => (await database.query(held)).rows).toEqual([{ n: 0 }]);
});

it('is cancelled through the pooler', async () => {
  const tab = services.tab(await services.connect(settings));
  const run = tab.run('SELECT pg_sleep(61)', 'run');
  const active = `SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(61)' AND state = 'active'`;
  await expect.poll(async () => (await database.query(active)).rows.length).toBe(1);
  await tab.cancel();
  expect((await run).outcomes[0]).toMatchObject({ status: 'failed', error: { kind: 'Cancelled' } });
});
