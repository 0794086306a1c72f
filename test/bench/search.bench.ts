import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildIndex } from '../../src/main/services/search/search-service';
import { searchNames } from '../../src/main/services/search/search-names';
import { nameOfEntry, type SearchIndex } from '../../src/main/services/search/search-index';
import { createDatabase, type TestDatabase } from '../integration/database';
import { openTextClient, type TextClient } from '../integration/introspection/text-client';

const schemaCount = 200;
const tablesInSchema = 100;
const columnsInTable = 20;
/** Typed letter by letter. */
const words = [
  'customer_12',
  'schema_7.invoice',
  'ordit',
  'created_at_1999',
  'xqzj',
  // What fits nearly everything, or nearly fits it.
  'i',
  'e',
  '_',
  '1',
  'aaa',
  'c.a',
  // Long, and in no name, though its beginnings are in many.
  'createdatstatuscodeamountnotex',
  'ooooooooooooooo',
  // All three parts.
  'schema_7.invoice.created',
  's.i.c',
];

/** What a client without an index would ask for each keystroke. */
const ilikeQuery = `
  SELECT n.nspname, c.relname, a.attname
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
     AND (c.relname ILIKE $1 OR a.attname ILIKE $1)
   ORDER BY c.relname, a.attname
   LIMIT 50`;

let database: TestDatabase;
let db: TextClient;

beforeAll(async () => {
  database = await createDatabase();
  // Every column has a name of its own but for the key: the hardest case for the index.
  await database.query(`DO $$
    DECLARE
      nouns text[] := ARRAY['customer', 'invoice', 'order_item', 'Payment', 'createdAt', 'shipment_address'];
      name text;
    BEGIN
      FOR schema_number IN 1..${schemaCount} LOOP
        EXECUTE format('CREATE SCHEMA schema_%s', schema_number);
        FOR table_number IN 1..${tablesInSchema} LOOP
          name := nouns[table_number % 6 + 1] || '_' || (schema_number * ${tablesInSchema} + table_number);
          EXECUTE (
            SELECT format('CREATE TABLE schema_%s.%I (id bigint, %s)', schema_number, name,
              string_agg(format('%I int', (ARRAY['created_at', 'amount', 'statusCode', 'note'])[n % 4 + 1]
                || '_' || schema_number || '_' || table_number || '_' || n), ', '))
              FROM generate_series(2, ${columnsInTable}) n);
        END LOOP;
        COMMIT;
      END LOOP;
    END $$`);
  await database.query('VACUUM ANALYZE');
  db = await openTextClient(database.settings);
}, 900_000);
afterAll(async () => {
  await db.close();
  await database.drop();
});

/** What a search took, milliseconds: by the clock, and of the processor, which others may use too. */
interface Taken {
  readonly text: string;
  readonly wall: number;
  readonly cpu: number;
}

/** Milliseconds from a key that follows a search at once until that search has stopped. */
async function givenUpAfter(index: SearchIndex, text: string): Promise<number> {
  let isGivenUp = false;
  const search = searchNames(index, { text, group: null, recent: [] }, () => isGivenUp);
  isGivenUp = true;
  const start = performance.now();
  await search;
  return performance.now() - start;
}

/** The value below which a share of the others lies. */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function bytesOf(index: SearchIndex): number {
  const own = Object.values(index).concat(Object.values(index.names));
  return own.reduce((sum, part) => sum + (ArrayBuffer.isView(part) ? part.byteLength : 0), 0);
}

it('searches everything in a large database within a keystroke', async () => {
  let longestPause = 0;
  let last = performance.now();
  const pulse = setInterval(() => {
    longestPause = Math.max(longestPause, performance.now() - last);
    last = performance.now();
  }, 1);

  const built = performance.now();
  const index = await buildIndex(db);
  const buildMs = performance.now() - built;
  expect(index.entryCount).toBeGreaterThan(schemaCount * tablesInSchema * (columnsInTable + 1));
  const buildPause = longestPause;
  longestPause = 0;

  const taken: Taken[] = [];
  const ilike: number[] = [];
  for (const word of words) {
    for (let length = 1; length <= word.length; length += 1) {
      const text = word.slice(0, length);
      const cpu = process.cpuUsage();
      let start = performance.now();
      const found = await searchNames(index, { text, group: null, recent: [] }, () => false);
      const { user, system } = process.cpuUsage(cpu);
      taken.push({ text, wall: performance.now() - start, cpu: (user + system) / 1_000 });
      expect(found?.best.length).toBeLessThanOrEqual(50);
      start = performance.now();
      await db.query(ilikeQuery, [`%${text.split('.').at(-1)}%`]);
      ilike.push(performance.now() - start);
    }
  }
  clearInterval(pulse);
  const found = await searchNames(
    index,
    { text: 'schema_7.invoice', group: null, recent: [] },
    () => false,
  );
  expect(nameOfEntry(index, found?.best[0]?.entry ?? 0)).toMatch(/^invoice/);

  const worst = taken.toSorted((one, other) => other.wall - one.wall)[0];
  const ours = taken.map(({ wall }) => wall);
  const line = (what: string, values: readonly number[]): string =>
    `${what}  p50 ${percentile(values, 0.5).toFixed(1)} ms  p95 ${percentile(values, 0.95).toFixed(1)} ms  worst ${Math.max(...values).toFixed(1)} ms`;
  console.log(
    [
      `${index.entryCount} entries, ${index.names.count} names: built in ${buildMs.toFixed(0)} ms (longest pause ${buildPause.toFixed(0)} ms), ${(bytesOf(index) / 2 ** 20).toFixed(1)} MB`,
      line('search, by the clock', ours) +
        `  ("${worst?.text}", ${worst?.cpu.toFixed(1)} ms of the processor)  longest pause ${longestPause.toFixed(0)} ms`,
      line(
        'search, processor   ',
        taken.map(({ cpu }) => cpu),
      ),
      `given up by the next key after ${(await givenUpAfter(index, 'i')).toFixed(1)} ms`,
      line('ILIKE ', ilike),
      `ratio p50 ${(percentile(ours, 0.5) / percentile(ilike, 0.5)).toFixed(3)}  p95 ${(percentile(ours, 0.95) / percentile(ilike, 0.95)).toFixed(3)}`,
    ].join('\n'),
  );
});
