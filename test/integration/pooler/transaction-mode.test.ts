import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import { ExportService } from '../../../src/main/services/export/export-service';
import { TableDataService } from '../../../src/main/services/table-data/table-data-service';
import { OutputFile } from '../../../src/main/storage/output-file';
import { UnfinishedFiles } from '../../../src/main/storage/unfinished-files';
import { exportOptionsSchema } from '../../../src/shared/models/export';
import type { QueryResult, QueryRun } from '../../../src/shared/models/query-result';
import { rowTexts } from '../../../src/shared/models/row-batch';
import { createDatabase, type TestDatabase } from '../database';
import { startPgBouncer, type RunningPgBouncer } from '../pgbouncer';
import { QueryServices, type Tab } from '../services/question-fixture';
import { selectionOf, textsOf } from '../table-data/fixture';

let database: TestDatabase;
let pooler: RunningPgBouncer;
let services: QueryServices;
let settings: ConnectionSettings;

beforeAll(async () => {
  database = await createDatabase();
  await database.query(`
    CREATE TABLE numbers (id int PRIMARY KEY, twin int REFERENCES numbers DEFERRABLE INITIALLY DEFERRED);
    INSERT INTO numbers SELECT n FROM generate_series(1, 5000) n;
    CREATE SCHEMA other;
    CREATE TABLE other.elsewhere (id int);
    CREATE FUNCTION unlock() RETURNS text LANGUAGE sql VOLATILE
      AS $$ SELECT set_config('transaction_read_only', 'off', false) $$`);
  // Two backends for all: the next statement often meets another one.
  pooler = await startPgBouncer(inject('postgres'), { mode: 'transaction', poolSize: 2 });
  settings = { ...database.settings, port: pooler.address.port };
  services = await QueryServices.start();
});
afterAll(async () => {
  await services.stop();
  await pooler.stop();
  await database.drop();
});

async function open(change: Partial<ConnectionSettings> = {}): Promise<Tab> {
  return services.tab(await services.connect({ ...settings, ...change }));
}

const valuesOf = ({ rows }: Pick<QueryResult, 'rows'>): (string | null)[] =>
  Array.from({ length: rows.rowCount }, (_, row) => rowTexts(rows, row)[0] ?? null);

function results({ outcomes }: QueryRun): QueryResult[] {
  return outcomes.map((outcome) => {
    if (outcome.status !== 'done') throw new Error(JSON.stringify(outcome));
    return outcome.result;
  });
}

/** The first value of the last statement. */
async function valueOf(tab: Tab, text: string): Promise<string | null> {
  const last = results(await tab.run(text, 'run')).at(-1);
  if (last === undefined) throw new Error('Nothing ran.');
  return valuesOf(last)[0] ?? null;
}

/** The backends of the pooler as the server has them: what they were left with. */
async function leftovers(): Promise<unknown> {
  const tab = await open();
  const seen = new Set<string | null>();
  for (let count = 0; count < 4; count += 1) {
    seen.add(
      await valueOf(
        tab,
        `SELECT concat_ws(' ', current_setting('default_transaction_read_only'),
           current_setting('statement_timeout'), current_setting('search_path'))`,
      ),
    );
  }
  return [...seen];
}

it('is known of the connection', async () => {
  const connectionId = await services.connect(settings);
  expect(services.registry.get(connectionId).info.pooler).toBe('transaction');
  const direct = await services.connect(database.settings);
  expect(services.registry.get(direct).info.pooler).toBeUndefined();
});

describe('a profile that is read-only and has limits', () => {
  const profile = {
    readOnly: true,
    statementTimeoutMs: 300,
    lockTimeoutMs: 1_000,
    searchPath: 'other, public',
  };
  let tab: Tab;
  beforeEach(async () => {
    tab = await open(profile);
  });

  it('has its settings in each statement, and leaves none of them behind', async () => {
    for (let count = 0; count < 4; count += 1) {
      expect(await valueOf(tab, 'SELECT count(*) FROM elsewhere')).toBe('0');
      expect(await valueOf(tab, 'SHOW transaction_read_only')).toBe('on');
      expect(await valueOf(tab, 'SHOW statement_timeout')).toBe('300ms');
    }
    expect(await leftovers()).toEqual(['off 0 "$user", public']);
  });

  it('stays read-only whatever a function does', async () => {
    const run = await tab.run('SELECT unlock()', 'run');
    expect(run.outcomes[0]).toMatchObject({ status: 'failed', error: { sqlState: '25001' } });
    const inBlock = await tab.run('BEGIN; SELECT 1; SELECT unlock(); ROLLBACK', 'run');
    expect(inBlock.outcomes[2]).toMatchObject({ status: 'failed' });
  });

  it('has its settings in a transaction that the person begins', async () => {
    const text = `BEGIN; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; SHOW transaction_read_only;
      SHOW statement_timeout; COMMIT`;
    const run = await tab.run(text, 'run');
    const shown = results(run).map(valuesOf);
    expect(shown.slice(2, 4)).toEqual([['on'], ['300ms']]);
    expect(run.transaction).toBe('idle');
  });

  it('is stopped by its timeout, which is told as such', async () => {
    const { outcomes, transaction } = await tab.run('SELECT pg_sleep(5)', 'run');
    expect(outcomes[0]).toMatchObject({ status: 'failed', error: { kind: 'Timeout' } });
    expect(transaction).toBe('idle');
    expect(await valueOf(tab, 'SELECT 1')).toBe('1');
  });
});

describe('statements', () => {
  it('commit by themselves, and tell what fails only then', async () => {
    const tab = await open({ statementTimeoutMs: 5_000 });
    await tab.setUp('INSERT INTO numbers VALUES (10001)');
    const { outcomes } = await tab.run('INSERT INTO numbers VALUES (10002, 99999)', 'run');
    expect(outcomes[0]).toMatchObject({ status: 'failed', error: { sqlState: '23503' } });
    const { rows } = await database.query('SELECT id FROM numbers WHERE id > 10000');
    expect(rows).toEqual([{ id: 10001 }]);
    await database.query('DELETE FROM numbers WHERE id > 10000');
  });

  it('run where no transaction block may be', async () => {
    const tab = await open({ statementTimeoutMs: 5_000 });
    await tab.setUp('VACUUM numbers');
    await tab.setUp('CREATE INDEX CONCURRENTLY twins ON numbers (twin)');
    const { rows } = await database.query(
      "SELECT indisvalid FROM pg_index WHERE indexrelid = 'twins'::regclass",
    );
    expect(rows).toEqual([{ indisvalid: true }]);
  });

  it('are read page by page to the end, and given up in the middle', async () => {
    const tab = await open({ statementTimeoutMs: 5_000 });
    const [result] = results(await tab.run('SELECT id FROM numbers ORDER BY id', 'run'));
    if (result?.resultId == null) throw new Error('The rows came at once.');
    expect(result.hasMore).toBe(true);
    const page = await services.service.readRows(result.resultId, { from: 500, count: 100 });
    expect(valuesOf(page)[0]).toBe('501');
    const all = await services.service.readAll(result.resultId, () => undefined);
    expect(all.readRows).toBe(5_000);

    await tab.run('SELECT id FROM numbers, generate_series(1, 100)', 'run');
    expect(await valueOf(tab, 'SELECT 2')).toBe('2');
    await tab.run(
      'INSERT INTO numbers SELECT n FROM generate_series(20001, 25000) n RETURNING id',
      'run',
    );
    await tab.close();
    const { rows } = await database.query(
      'SELECT count(*)::int AS n FROM numbers WHERE id > 20000',
    );
    expect(rows).toEqual([{ n: 5_000 }]);
    await database.query('DELETE FROM numbers WHERE id > 5000');
  });

  it('are cancelled through the pooler', async () => {
    const tab = await open();
    const run = tab.run('SELECT pg_sleep(60)', 'run');
    await expect
      .poll(async () => {
        const { rows } = await database.query(
          `SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)' AND state = 'active'`,
        );
        return rows.length;
      })
      .toBe(1);
    await tab.cancel();
    expect((await run).outcomes[0]).toMatchObject({
      status: 'failed',
      error: { kind: 'Cancelled' },
    });
  });

  it.each([
    'SET default_transaction_read_only = on',
    "SELECT set_config('search_path', 'other', false)",
    'CREATE TEMP TABLE mine (id int)',
    'BEGIN; SET statement_timeout = 1; COMMIT',
    'LISTEN news',
  ])('are asked about when they leave something to others: %s', async (text) => {
    const tab = await open();
    const { statements } = await tab.questionOf(text);
    expect(statements.flatMap(({ risks }) => risks)).toContainEqual(
      expect.objectContaining({ level: 'confirm', code: 'changes-session-safety' }),
    );
    expect(await leftovers()).toEqual(['off 0 "$user", public']);
  });

  it('are not asked about for what ends with their transaction', async () => {
    const tab = await open();
    await tab.setUp("BEGIN; SET LOCAL work_mem = '5MB'; SELECT 1; COMMIT");
    expect(tab.asked).toEqual([]);
  });

  it('say when what they leave in the session will be gone', async () => {
    const tab = await open();
    const [set] = results(await tab.run("SET work_mem = '5MB'", 'run'));
    expect(set?.notices).toEqual([
      { severity: 'WARNING', message: expect.stringContaining('transaction mode') },
    ]);
  });

  it('keep a transaction of the person together, and undo it when the tab closes', async () => {
    const tab = await open();
    const { transaction } = await tab.run('BEGIN; INSERT INTO numbers VALUES (30001)', 'run');
    expect(transaction).toBe('open');
    expect(await valueOf(tab, 'SELECT id FROM numbers WHERE id = 30001')).toBe('30001');
    await tab.close();
    const { rows } = await database.query('SELECT 1 FROM numbers WHERE id = 30001');
    expect(rows).toEqual([]);
  });

  it('are reviewed in a transaction, with its own locks', async () => {
    const tab = await open();
    const { review, transaction } = await tab.run('UPDATE numbers SET twin = id', 'review');
    expect(transaction).toBe('open');
    expect(review?.locks).toEqual([{ relation: 'public.numbers', mode: 'RowExclusiveLock' }]);
    await tab.setUp('ROLLBACK');
  });
});

it('does not wait for a backend that it holds itself', async () => {
  const narrow = await startPgBouncer(inject('postgres'), { mode: 'transaction', poolSize: 1 });
  try {
    await database.query("CREATE TYPE mood AS ENUM ('glad')");
    const connectionId = await services.connect({ ...settings, port: narrow.address.port });
    const tab = services.tab(connectionId);
    // The type is new to the application, and its transaction has the one backend that could tell.
    const run = await tab.run("BEGIN; SELECT 'glad'::mood AS mood; ROLLBACK", 'run');
    const [, row] = results(run);
    expect(row?.columns).toMatchObject([
      { name: 'mood', type: `type ${row?.columns?.[0]?.typeOid}` },
    ]);
    const again = await tab.run("SELECT 'glad'::mood AS mood", 'run');
    expect(results(again)[0]?.columns).toMatchObject([{ name: 'mood', type: 'mood' }]);
  } finally {
    await narrow.stop();
  }
});

it('finds the parameters of a statement along the search path of the profile', async () => {
  const connectionId = await services.connect({ ...settings, searchPath: 'other' });
  const found = await services.service.listParameters(connectionId, {
    tabId: randomUUID(),
    text: 'SELECT * FROM elsewhere WHERE id = $1',
    target: { kind: 'all' },
  });
  expect(found).toMatchObject([{ name: '$1', type: { name: 'integer' } }]);
});

it('reads tables, the catalog and exports with the settings of the profile', async () => {
  const connectionId = await services.connect({ ...settings, readOnly: true, searchPath: 'other' });
  const tables = new TableDataService(services.registry);
  const first = { direction: 'forward', maxRows: 100, from: null } as const;
  const page = await tables.readPage(connectionId, {
    readId: randomUUID(),
    tabId: randomUUID(),
    selection: selectionOf('numbers'),
    page: first,
  });
  expect(textsOf(page)).toHaveLength(100);
  const schemas = await services.service.listSchemas(connectionId);
  expect(schemas.map(({ name }) => name)).toContain('other');
  expect(await services.service.listTables(connectionId, 'other')).toHaveLength(1);

  const folder = await mkdtemp(join(tmpdir(), 'postern-pooler-'));
  const exports = new ExportService({
    connections: services.registry,
    results: services.service,
    selections: tables,
    createFile: (path) => OutputFile.create(path, new UnfinishedFiles(join(folder, 'notes'))),
    onProgress: () => undefined,
  });
  const { fileId } = exports.files.add(join(folder, 'rows.csv'));
  await exports.start({
    exportId: randomUUID(),
    fileId,
    options: exportOptionsSchema.parse({ format: 'csv' }),
    source: {
      kind: 'statement',
      connectionId,
      tabId: randomUUID(),
      statement: 'SELECT count(*) AS n FROM elsewhere',
    },
  });
  expect(await readFile(join(folder, 'rows.csv'), 'utf8')).toContain('0');
  await rm(folder, { recursive: true });
});
