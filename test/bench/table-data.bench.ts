/**
 * The first, a deep and the last page of a large table, read as the table view reads them, against psql
 * running the same query on a session of its own that is already open. POSTERN_BENCH_ROWS sets the
 * number of rows, 500,000 unless told otherwise; psql must be on the PATH.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ConnectionSettings } from '../../src/main/db/connection-settings';
import {
  readPage,
  openTables,
  selectionOf,
  textsOf,
  type TableFixture,
} from '../integration/table-data/fixture';

const rows = Number(process.env['POSTERN_BENCH_ROWS'] ?? 500_000);
const runs = 15;
const pageRows = 500;

let fixture: TableFixture;
let psql: Psql;

beforeAll(async () => {
  fixture = await openTables();
  await fixture.database.query(`
    CREATE TABLE large (id bigint PRIMARY KEY, at timestamptz NOT NULL, name text, amount numeric(10,2), note text);
    INSERT INTO large
      SELECT n, timestamptz '2020-01-01 00:00+00' + n * interval '1 s', 'name ' || n, n % 1000 / 7.0,
             repeat('note ', (n % 10)::int)
        FROM generate_series(1::bigint, ${rows}) n;
    CREATE INDEX ON large (amount, id);
    CREATE TABLE unkeyed AS SELECT * FROM large;`);
  await fixture.database.query('VACUUM ANALYZE');
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
  for (let run = 0; run < runs; run += 1) {
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
