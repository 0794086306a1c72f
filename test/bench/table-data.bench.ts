/**
 * The first, a deep and the last page of a large table, read as the table view reads them, against psql
 * running the same query on a session of its own that is already open. psql must be on the PATH.
 *
 * POSTERN_BENCH_ROWS sets the number of rows, 5,000,000 unless told otherwise. The tables are made for
 * this run and dropped with their database: 50,000,000 rows take some 12 GB of the temporary folder
 * while it lasts.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ConnectionSettings } from '../../src/main/db/session/connection-settings';
import {
  readPage,
  openTables,
  selectionOf,
  textsOf,
  type TableFixture,
} from '../integration/table-data/fixture';

const rows = Number(process.env['POSTERN_BENCH_ROWS'] ?? 5_000_000);
const runs = 15;
/** Milliseconds after which what is slow is not repeated any more. */
const patience = 30_000;
const pageRows = 500;

let fixture: TableFixture;
let psql: Psql;

beforeAll(async () => {
  fixture = await openTables();
  const start = performance.now();
  // Unlogged, the index built behind the rows, and the series in the select list, where it is not kept.
  for (const statement of [
    `SET maintenance_work_mem = '512MB'`,
    `CREATE UNLOGGED TABLE large (id bigint NOT NULL, at timestamptz NOT NULL, name text, amount numeric(10,2), note text)`,
    `INSERT INTO large
       SELECT n, timestamptz '2020-01-01 00:00+00' + n * interval '1 s', 'name ' || n, n % 1000 / 7.0,
              repeat('note ', (n % 10)::int)
         FROM (SELECT generate_series(1::bigint, ${rows}) AS n) AS series`,
    `ALTER TABLE large ADD PRIMARY KEY (id)`,
    `CREATE INDEX ON large (amount, id)`,
    `CREATE UNLOGGED TABLE unkeyed AS SELECT * FROM large`,
    `VACUUM ANALYZE large`,
    `VACUUM ANALYZE unkeyed`,
  ]) {
    await fixture.database.query(statement);
  }
  const { rows: sizes } = await fixture.database.query<{ size: string }>(
    `SELECT pg_size_pretty(pg_database_size(current_database())) AS size`,
  );
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(`${rows.toLocaleString('en')} rows, ${sizes[0]?.size ?? ''}, made in ${seconds} s`);
  psql = await Psql.open(fixture.database.settings);
}, 7_200_000);
afterAll(async () => {
  psql.close();
  await fixture.close();
});

/** psql with a session that stays open. */
class Psql {
  readonly #process: ChildProcessWithoutNullStreams;
  #output = '';

  private constructor(process: ChildProcessWithoutNullStreams) {
    this.#process = process;
    process.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
    });
  }

  static async open(settings: ConnectionSettings): Promise<Psql> {
    const { host, port, user, database } = settings;
    const child = spawn('psql', ['-X', '-q', '-A', '-v', 'ON_ERROR_STOP=1'], {
      env: {
        ...process.env,
        PGHOST: host,
        PGPORT: String(port),
        PGUSER: user,
        PGDATABASE: database,
        PGPASSWORD: (await settings.password()) ?? '',
      },
    });
    await once(child, 'spawn');
    const psql = new Psql(child);
    await psql.run('SELECT 1');
    return psql;
  }

  /** Runs a query and resolves with its output once all of it is there. */
  async run(query: string): Promise<string> {
    const end = randomUUID();
    this.#output = '';
    this.#process.stdin.write(`${query};\n\\echo ${end}\n`);
    while (!this.#output.includes(end)) await once(this.#process.stdout, 'data');
    return this.#output;
  }

  close(): void {
    this.#process.stdin.end('\\q\n');
  }
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Both in turn, so that whatever else the machine does slows both alike; the best of each, milliseconds. */
async function compare(what: string, ours: () => Promise<unknown>, query: string): Promise<void> {
  const best = { ours: Number.POSITIVE_INFINITY, psql: Number.POSITIVE_INFINITY };
  const start = performance.now();
  for (let run = 0; run < runs && performance.now() - start < patience; run += 1) {
    best.ours = Math.min(best.ours, await elapsed(ours));
    best.psql = Math.min(best.psql, await elapsed(() => psql.run(query)));
  }
  console.log(
    `${what.padEnd(40)} ${best.ours.toFixed(1).padStart(8)} ms` +
      `   psql ${best.psql.toFixed(1).padStart(8)} ms   ratio ${(best.ours / best.psql).toFixed(2)}`,
  );
}

it(`pages of ${pageRows} of ${rows.toLocaleString('en')} rows`, async () => {
  const { tables, connectionId } = fixture;
  const large = selectionOf('large');
  const last = await readPage(fixture, large, { direction: 'backward', maxRows: pageRows });
  expect(textsOf(last).at(-1)?.[0]).toBe(String(rows));
  await compare(
    'describe and first page',
    async () => {
      await tables.describe(connectionId, large.relation);
      await readPage(fixture, large, { maxRows: pageRows });
    },
    `SELECT * FROM large ORDER BY id LIMIT ${pageRows}`,
  );
  await compare(
    'first page',
    () => readPage(fixture, large, { maxRows: pageRows }),
    `SELECT * FROM large ORDER BY id LIMIT ${pageRows}`,
  );
  await compare(
    'last page',
    () => readPage(fixture, large, { direction: 'backward', maxRows: pageRows }),
    `SELECT * FROM (SELECT * FROM large ORDER BY id DESC LIMIT ${pageRows}) p ORDER BY id`,
  );
  const middle = Math.floor(rows / 2);
  await compare(
    'a page from the middle on',
    () => readPage(fixture, large, { from: [String(middle)], maxRows: pageRows }),
    `SELECT * FROM large WHERE id > ${middle} ORDER BY id LIMIT ${pageRows}`,
  );
  const sort = [{ column: 'amount', descending: true, nulls: 'last' as const }];
  await compare(
    'first page by a nullable column, NULLS LAST',
    () => readPage(fixture, selectionOf('large', { sort }), { maxRows: pageRows }),
    `SELECT * FROM large ORDER BY amount DESC NULLS LAST, id DESC LIMIT ${pageRows}`,
  );
  await compare(
    'no key: first page',
    () => readPage(fixture, selectionOf('unkeyed'), { maxRows: pageRows }),
    `SELECT *, ctid FROM unkeyed LIMIT ${pageRows}`,
  );
  await compare(
    'no key: last page',
    () => readPage(fixture, selectionOf('unkeyed'), { direction: 'backward', maxRows: pageRows }),
    `SELECT *, ctid FROM unkeyed OFFSET ${rows - pageRows}`,
  );
});
