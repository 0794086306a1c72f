import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openExportFixture, type ExportFixture } from '../integration/export/export-fixture';

/** Rows of the join; BENCH_EXPORT_ROWS changes it. */
const rowCount = Number(process.env['BENCH_EXPORT_ROWS'] ?? 500_000);
const runs = 3;

/** Twenty columns of the types that tables mostly have, from two relations. */
const statement = `
  SELECT o.id, o.reference, o.customer_id, o.status, o.placed_at, o.shipped_on, o.total, o.paid, o.note, o.tags,
         c.id AS customer, c.name, c.email, c.city, c.country, c.since, c.balance, c.score, c.active, c.profile
    FROM bench_order o JOIN bench_customer c ON c.id = o.customer_id`;

let fixture: ExportFixture;
let folder: string;

beforeAll(async () => {
  fixture = await openExportFixture();
  folder = await mkdtemp(join(tmpdir(), 'postern-bench-'));
  await fixture.database.query(`
    CREATE TABLE bench_customer AS
      SELECT n AS id, 'Customer ' || n AS name, 'c' || n || '@example.org' AS email,
             'City, of ' || n % 100 AS city, 'FR' AS country, date '2020-01-01' + n % 1000 AS since,
             (n % 10000)::numeric(12,2) / 7 AS balance, random() AS score, n % 2 = 0 AS active,
             jsonb_build_object('n', n, 'a', 'b') AS profile
        FROM generate_series(1, 10000) n;
    CREATE TABLE bench_order AS
      SELECT n AS id, gen_random_uuid() AS reference, 1 + n % 10000 AS customer_id, 'delivered' AS status,
             now() + n * interval '1 second' AS placed_at, CASE n % 3 WHEN 0 THEN NULL ELSE date '2024-01-01' END AS shipped_on,
             (n % 1000)::numeric(10,2) AS total, n % 5 > 0 AS paid,
             CASE n % 4 WHEN 0 THEN 'says "hi", and more' WHEN 1 THEN NULL ELSE 'a note of some length' END AS note,
             ARRAY['x', 'y'] AS tags
        FROM generate_series(1, ${rowCount}) n;
    ANALYZE bench_customer; ANALYZE bench_order;`);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await fixture.close();
});

/** psql writes the same rows to a file of its own, over the same TCP connection. */
async function psqlCopy(path: string): Promise<void> {
  const { host, port, user, database, password } = fixture.database.settings;
  const query = statement.replaceAll(/\s+/gu, ' ');
  const args = ['-X', '-q', '-h', host, '-p', String(port), '-U', user, '-d', database, '-c'];
  const program = spawn('psql', [...args, `\\copy (${query}) to '${path}' (format csv, header)`], {
    env: { ...process.env, PGPASSWORD: (await password()) ?? '' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((resolve, reject) => {
    program.once('error', reject);
    program.once('exit', resolve);
  });
  expect(code).toBe(0);
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const milliseconds = (nanoseconds = 0): string => (nanoseconds / 1e6).toFixed(1);

/** From asking to cancel until the file is gone and the session free, in the middle of the rows. */
async function reportCancel(): Promise<void> {
  const times: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const exportId = randomUUID();
    const endless = fixture.statement('select generate_series(1, 1000000000) as n');
    const written = fixture.write('endless.csv', { format: 'csv' }, endless, exportId);
    await expect.poll(() => fixture.progress.at(-1)?.exportId === exportId).toBe(true);
    const start = performance.now();
    fixture.service.cancel(exportId);
    await expect(written).rejects.toMatchObject({ data: { kind: 'Cancelled' } });
    times.push(performance.now() - start);
  }
  console.log(`Cancelling took ${times.map((time) => time.toFixed(0)).join(', ')} ms`);
}

it(`all rows of a join of 20 columns, ${rowCount.toLocaleString('en')} rows`, async () => {
  const formats = ['csv', 'tsv', 'ndjson', 'insert', 'xlsx'] as const;
  const best = new Map<string, number>();
  const sizes = new Map<string, number>();
  const waits = new Map<string, IntervalHistogram>();
  const note = async (name: string, file: string, work: () => Promise<unknown>): Promise<void> => {
    const wait = monitorEventLoopDelay({ resolution: 1 });
    wait.enable();
    const time = await elapsed(work);
    wait.disable();
    waits.set(name, wait);
    best.set(name, Math.min(time, best.get(name) ?? Number.POSITIVE_INFINITY));
    sizes.set(name, (await stat(file)).size);
  };
  for (let run = 0; run < runs; run += 1) {
    const psqlFile = join(folder, 'psql.csv');
    await note('psql \\copy (csv)', psqlFile, () => psqlCopy(psqlFile));
    for (const format of formats) {
      const options = { format, ...(format === 'insert' && { table: 'target' }) };
      const file = join(fixture.folder, `export.${format}`);
      await note(format, file, () =>
        fixture.write(`export.${format}`, options, fixture.statement(statement)),
      );
    }
  }
  const psql = best.get('psql \\copy (csv)') ?? 0;
  console.table(
    Object.fromEntries(
      [...best].map(([name, time]) => [
        name,
        {
          'best of runs (ms)': Math.round(time),
          'ratio to psql': (time / psql).toFixed(2),
          'file (MB)': ((sizes.get(name) ?? 0) / 1e6).toFixed(1),
          // What an answer to the window waits for, since the same thread gives it.
          'main is busy for, p95 (ms)': milliseconds(waits.get(name)?.percentile(95)),
          'max (ms)': milliseconds(waits.get(name)?.max),
          'rows/s': Math.round((rowCount / time) * 1000).toLocaleString('en'),
        },
      ]),
    ),
  );
  await reportCancel();
  expect(sizes.get('csv')).toBe(sizes.get('psql \\copy (csv)'));
  console.log(`Memory at the end: ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
});
