import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Client, Query, type QueryArrayConfig } from 'pg';
import Cursor from 'pg-cursor';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { exactText } from '../../src/main/db/statements/type-parsers';
import { ConnectionRegistry } from '../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../src/main/services/db-service';
import { HealthService } from '../../src/main/services/health-service';
import { loadParser } from '../../src/main/sql/parser';
import type { QueryResult } from '../../src/shared/models/query-result';
import { createDatabase, type TestDatabase } from '../integration/database';
import { label } from '../integration/results/fixture';

/** Rows of the large results; BENCH_ROWS makes them fewer. */
const rows = Number(process.env['BENCH_ROWS'] || 10_000_000);
/** Rows of the throughput comparison: enough for seconds. */
const throughputRows = Math.min(rows, 300_000);
/** Rows that the baseline reads from its cursor at once: quicker than 200 and 10,000. */
const cursorPage = 1_000;
const nothing = (): void => undefined;

let database: TestDatabase;
let registry: ConnectionRegistry;
let service: DatabaseService;
let connectionId: string;
let bare: Client;

/** 20 columns of the types of everyday tables, some NULL. */
const createWide = `
  CREATE TABLE wide AS SELECT n AS id, n % 1000 AS customer, (n % 7)::smallint AS kind, n * 1.17 AS price,
    'name of number ' || n AS name, md5(n::text) AS code, now() - n * interval '1 minute' AS created_at,
    n % 2 = 0 AS active, n / 3.0::float8 AS ratio, NULLIF(n % 5, 0) AS maybe, 'status ' || n % 4 AS status,
    current_date - n % 3000 AS day, repeat('x', n % 50) AS note, n * 1000000007::bigint AS large,
    (n % 100)::numeric(5, 2) AS percent, 'a@example.org' AS mail, NULL::text AS nothing, n::text AS digits,
    ARRAY[n, n + 1] AS pair, 'fin' AS final
  FROM generate_series(1, ${throughputRows}) AS n`;

beforeAll(async () => {
  await loadParser();
  database = await createDatabase();
  await database.query(createWide);
  await database.query('CREATE TABLE small AS SELECT * FROM wide WHERE id <= 1000');
  await database.query('VACUUM ANALYZE');
  registry = new ConnectionRegistry({ health: new HealthService() });
  service = new DatabaseService(registry);
  ({ connectionId } = await registry.open(database.settings, label));
  const { host, port, user, password } = inject('postgres');
  bare = new Client({ host, port, user, password, database: database.name, ssl: false });
  await bare.connect();
}, 300_000);
afterAll(async () => {
  await bare.end();
  await registry.closeAll();
  await database.drop();
});

async function run(text: string, tabId: string): Promise<QueryResult> {
  const { outcomes } = await service.executeQuery(
    connectionId,
    { tabId, executionId: randomUUID(), text, target: { kind: 'all' } },
    { confirm: () => Promise.reject(new Error('Nothing here is risky.')), onProgress: nothing },
  );
  const [outcome] = outcomes;
  if (outcome?.status !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.result;
}

/** The median of several runs, each given in milliseconds. */
async function median(runs: number, work: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < runs; count += 1) times.push(await work());
  return times.sort((a, b) => a - b)[runs >> 1] ?? 0;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The bare baseline: pg's own Query, one array of strings a row, by row events. Resolves with the count. */
function readBare(text: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let count = 0;
    const config: QueryArrayConfig & { types: typeof exactText } = {
      text,
      rowMode: 'array',
      types: exactText,
    };
    const query = new Query(config);
    query.on('row', () => {
      count += 1;
    });
    query.on('end', () => resolve(count));
    query.on('error', reject);
    bare.query(query);
  });
}

/** Milliseconds until psql, reading by FETCH_COUNT, has written its first row. Null without psql. */
function firstRowOfPsql(text: string): Promise<number | null> {
  const { host, port, user, password } = inject('postgres');
  return new Promise((resolve, reject) => {
    const psql = spawn(
      'psql',
      [
        '-X',
        '-A',
        '-t',
        '-v',
        'FETCH_COUNT=500',
        '-h',
        host,
        '-p',
        String(port),
        '-U',
        user,
        database.name,
      ],
      { env: { ...process.env, PGPASSWORD: password }, stdio: ['pipe', 'pipe', 'inherit'] },
    );
    psql.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve(null);
      else reject(error);
    });
    let start = 0;
    // Its start and its login are not the query's: the clock starts with the answer to a first line.
    psql.stdout.once('data', () => {
      psql.stdout.once('data', () => {
        resolve(performance.now() - start);
        psql.kill();
      });
      start = performance.now();
      psql.stdin.write(`${text};\n`);
    });
    psql.stdin.write('select 0;\n');
  });
}

it(`time to the first of ${rows.toLocaleString('en')} rows joined to a table of 20 columns`, async () => {
  const text = `select * from generate_series(1, ${rows}) as n join small on small.id = n % 1000 + 1`;
  const tabId = randomUUID();
  const first = async (): Promise<number> => {
    const taken = await timed(() => run(text, tabId));
    await service.closeTab(connectionId, tabId);
    return taken;
  };
  const firstByCursor = async (): Promise<number> => {
    const taken = await timed(async () => {
      await bare.query('begin');
      await bare.query(`declare c no scroll cursor for ${text}`);
      await bare.query({ text: 'fetch forward 500 from c', rowMode: 'array' });
    });
    await bare.query('rollback');
    return taken;
  };
  // The first run of a process also loads its code and learns the names of the types.
  await first();
  const times: { ours: number; psql: number | null; cursor: number }[] = [];
  for (let round = 0; round < 5; round += 1) {
    times.push({
      ours: await first(),
      psql: await firstRowOfPsql(text),
      cursor: await firstByCursor(),
    });
  }
  const middle = (numbers: number[]): number =>
    numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
  const ours = middle(times.map((time) => time.ours));
  const cursor = middle(times.map((time) => time.cursor));
  const ofPsql = times.flatMap((time) => time.psql ?? []);
  const psql = ofPsql.length === 0 ? null : middle(ofPsql);
  expect(ours).toBeGreaterThan(0);
  console.table({
    'Postern (ms)': ours.toFixed(0),
    'psql with FETCH_COUNT (ms)': psql?.toFixed(0) ?? 'no psql on this machine',
    'bare pg with a cursor (ms)': cursor.toFixed(0),
    'ratio to psql': psql === null ? '–' : (ours / psql).toFixed(2),
    'ratio to bare pg': (ours / cursor).toFixed(2),
  });
});

it(`rows a second from the server, ${throughputRows.toLocaleString('en')} rows of 20 columns`, async () => {
  const text = 'select * from wide';
  const tabId = randomUUID();
  const readBareRows = async (): Promise<void> => {
    expect(await readBare(text)).toBe(throughputRows);
  };
  const readByCursor = async (): Promise<void> => {
    const cursor = bare.query(new Cursor(text, [], { rowMode: 'array', types: exactText }));
    let read = 0;
    for (;;) {
      const page = await cursor.read(cursorPage);
      if (page.length === 0) break;
      read += page.length;
    }
    await cursor.close();
    expect(read).toBe(throughputRows);
  };
  const readToGrid = async (): Promise<void> => {
    const result = await run(text, tabId);
    let read = result.rows.rowCount;
    while (read < throughputRows) {
      const page = await service.readRows(result.resultId ?? '', { from: read, count: 10_000 });
      read += page.rows.rowCount;
    }
    await service.closeTab(connectionId, tabId);
  };
  const readToStore = async (): Promise<void> => {
    const { resultId } = await run(text, tabId);
    const state = await service.readAll(resultId ?? '', nothing);
    expect(state.readRows).toBe(throughputRows);
    await service.closeTab(connectionId, tabId);
  };
  // One after another in turn: what else the machine does then weighs on all alike.
  const times: { cursor: number; bare: number; grid: number; store: number }[] = [];
  for (let round = 0; round < 5; round += 1) {
    times.push({
      cursor: await timed(readByCursor),
      bare: await timed(readBareRows),
      grid: await timed(readToGrid),
      store: await timed(readToStore),
    });
  }
  const best = (numberOf: (time: (typeof times)[number]) => number): number =>
    Math.min(...times.map(numberOf));
  const cursorMs = best(({ cursor }) => cursor);
  const bareMs = best(({ bare: ms }) => ms);
  const toGrid = best(({ grid }) => grid);
  const toStore = best(({ store }) => store);
  const perSecond = (ms: number): string =>
    Math.round(throughputRows / (ms / 1000)).toLocaleString('en');
  console.table({
    'bare pg, a cursor read by 1,000 rows (rows/s)': perSecond(cursorMs),
    'bare pg, all rows at once (rows/s)': perSecond(bareMs),
    'into batches for the grid (rows/s)': perSecond(toGrid),
    'read to the end into the store (rows/s)': perSecond(toStore),
    'grid, ratio to the cursor (target ≥ 0.9)': (cursorMs / toGrid).toFixed(2),
    'grid, ratio to all at once': (bareMs / toGrid).toFixed(2),
    'store, ratio to the cursor (target ≥ 0.9)': (cursorMs / toStore).toFixed(2),
    'store, ratio to all at once': (bareMs / toStore).toFixed(2),
  });
});

it('added latency of `select 1`', async () => {
  const tabId = randomUUID();
  const runs = 1_000;
  for (let warm = 0; warm < 200; warm += 1) {
    await run('select 1', tabId);
    await bare.query('select 1');
  }
  const ours = await median(runs, () => timed(() => run('select 1', tabId)));
  const theirs = await median(runs, () => timed(() => bare.query('select 1')));
  expect(ours).toBeGreaterThan(0);
  console.table({
    'Postern (ms)': ours.toFixed(3),
    'bare pg (ms)': theirs.toFixed(3),
    'added (ms)': (ours - theirs).toFixed(3),
    ratio: (ours / theirs).toFixed(2),
  });
});
