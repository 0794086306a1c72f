import { beforeAll, expect, it } from 'vitest';
import { QueryValidator } from '../../src/main/services/query-validator';
import { loadParser, parseSql } from '../../src/main/sql/parser';
import { splitStatements, statementAt } from '../../src/shared/sql/statements';

const megabyte = 1024 * 1024;

const everyday = [
  "INSERT INTO public.orders (id, customer_id, note, total) VALUES (1, 2, 'it''s a note — é', 12.34);",
  'SELECT a, b, c FROM t1 JOIN t2 USING (id) WHERE t1.x = 5 AND t2.y IN (1, 2, 3) ORDER BY 1;',
  '-- the next one changes a row\nUPDATE t SET a = 1, b = lower(b) WHERE id = 3;',
  "DELETE FROM public.events WHERE created_at < now() - interval '30 days' AND kind = $1;",
  'CREATE FUNCTION f(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM t WHERE id = a; RETURN a; END $$;',
].join('\n');

/** A script of so many bytes, different at its end each time so that no cache answers. */
let serial = 0;
function script(bytes: number): string {
  serial += 1;
  return `${everyday.repeat(Math.ceil(bytes / everyday.length))}\nSELECT ${serial};`;
}

/** The median of several runs, in milliseconds. */
function median(runs: number, work: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return times[runs >> 1] ?? 0;
}

beforeAll(loadParser);

it('splitting, analysing and finding the cursor in a script of 5 MB', async () => {
  QueryValidator.analyse(script(megabyte / 4));
  const whole = median(3, () => {
    expect(parseSql(script(5 * megabyte)).ok).toBe(true);
  });
  // The whole parse grows the parser past its limit, so that it is replaced before the next step.
  await loadParser();
  const split = median(5, () => splitStatements(script(5 * megabyte)));
  const analyse = median(3, () => QueryValidator.analyse(script(5 * megabyte)));
  const text = script(5 * megabyte);
  const count = splitStatements(text).length;
  const moves = 1000;
  const cursor = median(3, () => {
    for (let move = 0; move < moves; move += 1) {
      statementAt(text, Math.floor((text.length * move) / moves));
    }
  });
  const one = median(20, () => QueryValidator.analyse(`delete from t where id = ${(serial += 1)}`));
  const middle = statementAt(text, text.length >> 1);
  const single = median(20, () => middle !== null && QueryValidator.analyseOne(text, middle));
  console.table({
    'libpg-query alone, whole text (ms)': whole.toFixed(0),
    [`split into ${count} statements (ms)`]: split.toFixed(0),
    'split and analyse (ms)': analyse.toFixed(0),
    'ratio to libpg-query alone': (analyse / whole).toFixed(2),
    'statement at cursor, split kept (µs)': ((cursor / moves) * 1000).toFixed(1),
    'one statement of the script (µs)': (single * 1000).toFixed(0),
    'one short statement (µs)': (one * 1000).toFixed(0),
  });
}, 120_000);

it('one INSERT of 4 MB', async () => {
  await loadParser();
  const rows: string[] = [];
  let length = 0;
  while (length < 4 * megabyte) {
    const row = `(${rows.length}, 'item number ${rows.length} with some words', ${rows.length % 100}.50, now())`;
    rows.push(row);
    length += row.length;
  }
  const times: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const text = `insert into t (a, b, c, d) values ${rows.join(',\n')}, (${(serial += 1)}, '', 0, now());`;
    const start = performance.now();
    expect(QueryValidator.analyse(text)).toHaveLength(1);
    times.push(performance.now() - start);
    // A parse this large uses the instance up: the next one is loaded as the application loads it.
    await loadParser();
  }
  const sorted = times.toSorted((a, b) => a - b);
  console.table({
    'median (ms)': sorted[2]?.toFixed(0),
    'longest (ms)': sorted.at(-1)?.toFixed(0),
  });
});
