import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toConditions } from '../../../src/renderer/features/table-data/filter-draft';
import { filterText, parseFilterText } from '../../../src/renderer/features/table-data/filter-text';
import type { DataColumn } from '../../../src/shared/models/table-data';
import { openTables, readPage, selectionOf, textsOf, type TableFixture } from './fixture';

let fixture: TableFixture;
let columns: readonly DataColumn[];

beforeAll(async () => {
  fixture = await openTables();
  await fixture.database.query(`
    CREATE TYPE mood AS ENUM ('calm', 'merry', 'null');
    CREATE TYPE pair AS (a int, b text);
    CREATE TABLE kinds (
      id int PRIMARY KEY, t text, v varchar(5), n numeric(10,2), i8 int8, f float8, b boolean, d date,
      ts timestamptz, tm time, iv interval, u uuid, jb jsonb, a int[], r int4range, m mood,
      i inet, p point, by bytea, mo money, co pair);
    INSERT INTO kinds VALUES
      (1, 'Elephant', 'abc', 1.50, 9007199254740993, 0.1, true, '2024-02-29', '2024-02-29 12:00+00', '10:00',
       '1 day', '00000000-0000-0000-0000-000000000001', '{"k": 1}', '{1,2}', '[1,5)', 'calm', '10.0.0.1',
       '(1,2)', '\\x00ff', 12.5, '(1,x)'),
      (2, '100%', '', -2, -1, 'NaN', false, 'infinity', '-infinity', '23:59', '1 mon',
       '00000000-0000-0000-0000-000000000002', '"s"', '{}', 'empty', 'null', '::1', '(0,0)', '', -1, '(2,)'),
      (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
       NULL, NULL, NULL, NULL),
      (4, 'null && >5 "x"', 'a..b', 0, 0, 0, false, '2024-01-31', '2024-01-31 00:00+00', '00:00', '0',
       '00000000-0000-0000-0000-000000000004', 'null', '{3}', '(,)', 'merry', '10.0.0.0/8', '(3,4)', '\\x',
       0, '(,)');`);
  ({ columns } = await fixture.tables.describe(
    fixture.connectionId,
    selectionOf('kinds').relation,
  ));
});
afterAll(() => fixture.close());

/** The rows that a field of the filter row leaves. */
async function idsFor(name: string, typed: string): Promise<(string | null)[]> {
  const column = columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new Error(`There is no column ${name}.`);
  const parsed = parseFilterText(typed, column);
  if (!parsed.ok) throw new Error(parsed.problem);
  const rewritten = filterText(parsed.conditions, column);
  if (rewritten === null) throw new Error(`${typed} has no writing of its own.`);
  expect(parseFilterText(rewritten, column)).toEqual(parsed);
  const filters = parsed.conditions.map(({ operator, text, second }) => {
    const id = randomUUID();
    return { id, column: name, operator, text, second };
  });
  const conditions = toConditions({ filters, where: '' }, columns);
  const page = await readPage(fixture, selectionOf('kinds', conditions));
  return textsOf(page).map(([id]) => id ?? null);
}

it.each<[string, string, string[]]>([
  ['t', 'ELEPH', ['1']],
  ['t', '!eleph', ['2', '4']],
  ['t', 'e%t', ['1']],
  ['t', '"%"', ['2']],
  ['t', '!%e%', ['2', '4']],
  ['t', '=100%', ['2']],
  ['t', '^100%', ['2']],
  ['t', '"null && >5 ""x"""', ['4']],
  ['t', 'null', ['3']],
  ['t', '!null && !"%"', ['1', '4']],
  ['t', 'in (Elephant, 100%)', ['1', '2']],
  ['t', '!in (Elephant)', ['2', '4']],
  ['t', '~^\\d', ['2']],
  ['t', '"1".."F"', ['1', '2']],
  ['t', '>F', ['4']],
  ['v', '""', ['2']],
  ['v', 'a..b', ['4']],
  ['n', '1.5', ['1']],
  ['n', '!1.5', ['2', '4']],
  ['n', '>0', ['1']],
  ['n', '-2..0', ['2', '4']],
  ['n', '0..', ['1', '4']],
  ['n', '..0', ['2', '4']],
  ['n', '>=0 && <1', ['4']],
  ['n', 'in (0, 1.5)', ['1', '4']],
  ['n', '1%', ['1']],
  ['n', '*.5', ['1']],
  ['i8', '9007199254740993', ['1']],
  ['i8', '<0', ['2']],
  ['f', 'NaN', ['2']],
  ['b', 'yes', ['1']],
  ['b', '!t', ['2', '4']],
  ['b', 'null', ['3']],
  ['d', '2024-02-01..2024-02-29', ['1']],
  ['d', '<infinity', ['1', '4']],
  ['d', '2024-%', ['1', '4']],
  ['ts', '>=2024-02-29 13:00+01', ['1']],
  ['tm', '09:00..11:00', ['1']],
  ['iv', '>2 days', ['2']],
  ['u', '*-0004', []],
  ['u', '*0004', ['4']],
  ['jb', '{"k": 1}', ['1']],
  ['jb', '!{"k": 1}', ['2', '4']],
  ['jb', '=null', ['4']],
  ['jb', 'null', ['3']],
  ['jb', '"s"', ['2']],
  ['a', '2', ['1']],
  ['a', '={3}', ['4']],
  ['r', '4', ['1', '4']],
  ['r', '=empty', ['2']],
  ['m', '"null"', ['2']],
  ['m', 'null', ['3']],
  ['m', '>calm', ['2', '4']],
  ['m', 'in (calm, merry)', ['1', '4']],
  ['i', '10.0.0.1', ['1']],
  ['i', '<10.0.0.1', ['4']],
  ['p', '(1,2)', ['1']],
  ['p', '!=(1,2)', ['2', '4']],
  ['by', '\\x00ff', ['1']],
  ['by', '""', ['2', '4']],
  ['mo', '>$12.49', ['1']],
  ['co', '(1,x)', ['1']],
])('%s %j', async (name, typed, expected) => {
  expect(await idsFor(name, typed)).toEqual(expected);
});

it.each([
  ['n', 'ten', '22P02'],
  ['n', '1,000', '22P02'],
  ['d', '2024-02-30', '22008'],
  ['b', '>true', '22P02'],
  ['m', 'angry', '22P02'],
])('tells what the server refuses: %s %j', async (name, typed, sqlState) => {
  await expect(idsFor(name, typed)).rejects.toMatchObject({ data: { sqlState } });
});
