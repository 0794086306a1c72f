import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  operandsOf,
  operatorsFor,
  type ColumnFilter,
  type FilterOperator,
} from '../../../src/shared/models/table-filter';
import { openTables, readPage, selectionOf, textsOf, type TableFixture } from './fixture';

let fixture: TableFixture;

const hostile = `'; DROP TABLE people; -- "%_\\ 🐘`;
const longName = 'ß'.repeat(31);
const hostileName = `we"ird '%s' $1 ${longName.slice(0, 20)}`;

beforeAll(async () => {
  fixture = await openTables();
  await fixture.database.query(`
    CREATE EXTENSION IF NOT EXISTS citext;
    CREATE TYPE mood AS ENUM ('calm', 'merry', 'O''Brien');
    CREATE DOMAIN positive AS int CHECK (VALUE > 0);
    CREATE DOMAIN tags AS text[];
    CREATE TABLE kinds (
      id int PRIMARY KEY, t text, v varchar(5), c char(4), ci citext, n numeric(10,2), f float8,
      b boolean, d date, ts timestamptz, iv interval, u uuid, j json, jb jsonb, a int[], ta text[],
      r int4range, by bytea, i inet, m mood, p point, x xml, dom positive, dt tags, o oid, bt bit(3),
      mo money, nm name, tz timetz, ma mood[], mr int4multirange);
    INSERT INTO kinds VALUES
      (1, 'Elephant', 'abc', 'ab', 'MiXed', 1.50, 0.1, true, '2024-02-29', '2024-02-29 12:00+00', '1 day',
       '00000000-0000-0000-0000-000000000001', '{"k": 1}', '{"k": [1, 2]}', '{1,2}', '{a,"b,c"}', '[1,5)',
       '\\x00ff', '10.0.0.1', 'calm', '(1,2)', '<a/>', 5, '{x}', 7, B'101', 12.5, 'n', '12:00+02', '{calm}', '{[1,3)}'),
      (2, 'ant%_\\', 'xyz', 'b', 'other', -2, 'NaN', false, 'infinity', '-infinity', '1 mon',
       '00000000-0000-0000-0000-000000000002', '[]', '"s"', '{}', '{NULL}', 'empty',
       '', '::1', 'O''Brien', '(0,0)', '<b>x</b>', 1, '{}', 4294967295, B'000', -1, 'm', '00:00+00', '{}', '{}'),
      (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
      (4, '${hostile.replaceAll("'", "''")}', '', '', '', 0, 0, false, '0001-01-01 BC', '2024-01-01 00:00+00', '0',
       '00000000-0000-0000-0000-000000000004', 'null', 'null', '{3}', '{}', '(,)', '\\x', '10.0.0.0/8', 'merry',
       '(3,4)', 'z', 9, NULL, 0, B'111', 0, '', '23:59+00', '{"O''Brien"}', '{(,)}');
    CREATE TABLE people (id int PRIMARY KEY);
    CREATE SCHEMA "select";
    CREATE TABLE "select"."${hostileName.replaceAll('"', '""')}" (
      "order" int PRIMARY KEY, "${hostileName.replaceAll('"', '""')}" text, "${longName}" int);
    INSERT INTO "select"."${hostileName.replaceAll('"', '""')}" VALUES (1, 'yes', 7), (2, 'no', 8);
  `);
});
afterAll(() => fixture.close());

const filter = (column: string, operator: FilterOperator, ...values: string[]): ColumnFilter => ({
  id: randomUUID(),
  column,
  operator,
  values,
});

async function idsOf(...filters: ColumnFilter[]): Promise<(string | null)[]> {
  return textsOf(await readPage(fixture, selectionOf('kinds', { filters }))).map(
    ([id]) => id ?? null,
  );
}

describe('conditions on columns', () => {
  it.each<[string, FilterOperator, string[], string[]]>([
    ['t', 'contains', ['ELEPH'], ['1']],
    ['t', 'contains', ['%_\\'], ['2', '4']],
    ['t', 'contains', ['%'], ['2', '4']],
    ['t', 'contains', [hostile], ['4']],
    ['t', 'not-contains', ['%'], ['1']],
    ['t', 'like', ['E_EPH%'], ['1']],
    ['t', 'like', [String.raw`%\%%`], ['2', '4']],
    ['t', 'not-like', ['%a%'], []],
    ['n', 'like', ['%.5_'], ['1']],
    ['a', 'not-contains', ['2'], ['2', '4']],
    ['jb', 'not-contains', ['{"k": [2]}'], ['2', '4']],
    ['t', 'starts-with', ['ANT%'], ['2']],
    ['t', 'starts-with', ['nt'], []],
    ['t', 'equals', [hostile], ['4']],
    ['t', 'matches', ['^E.*t$'], ['1']],
    ['t', 'in', ['Elephant', hostile], ['1', '4']],
    ['t', 'not-in', ['Elephant', hostile], ['2']],
    ['t', 'is-null', [], ['3']],
    ['v', 'equals', ['abcdef'], []],
    ['v', 'equals', [''], ['4']],
    ['c', 'equals', ['ab'], ['1']],
    ['ci', 'equals', ['mixed'], ['1']],
    ['n', 'equals', ['1.5'], ['1']],
    ['n', 'equals', ['1.504'], []],
    ['n', 'between', ['-2', '0'], ['2', '4']],
    ['n', 'contains', ['.5'], ['1']],
    ['f', 'equals', ['NaN'], ['2']],
    ['f', 'less', ['0.1'], ['4']],
    ['b', 'equals', ['no'], ['2', '4']],
    ['b', 'not-equals', ['f'], ['1']],
    ['d', 'greater', ['2024-02-29'], ['2']],
    ['d', 'less-or-equal', ['0001-01-01 BC'], ['4']],
    ['ts', 'greater-or-equal', ['2024-02-29 13:00+01'], ['1']],
    ['iv', 'less', ['2 days'], ['1', '4']],
    ['u', 'equals', ['00000000-0000-0000-0000-000000000002'], ['2']],
    ['u', 'contains', ['0004'], ['4']],
    ['j', 'equals', ['{"k":1}'], ['1']],
    ['j', 'contains', ['{"k": 1}'], ['1']],
    ['jb', 'contains', ['{"k": [2]}'], ['1']],
    ['jb', 'equals', ['null'], ['4']],
    ['jb', 'matches', ['s'], ['2']],
    ['a', 'contains', ['2'], ['1']],
    ['a', 'equals', ['{}'], ['2']],
    ['ta', 'contains', ['b,c'], ['1']],
    ['dt', 'contains', ['x'], ['1']],
    ['ma', 'contains', ["O'Brien"], ['4']],
    ['r', 'contains', ['4'], ['1', '4']],
    ['r', 'equals', ['empty'], ['2']],
    ['mr', 'contains', ['2'], ['1', '4']],
    ['by', 'equals', ['\\x00ff'], ['1']],
    ['i', 'less', ['10.0.0.1'], ['4']],
    ['m', 'equals', ["O'Brien"], ['2']],
    ['m', 'greater', ['calm'], ['2', '4']],
    ['p', 'equals', ['(1,2)'], ['1']],
    ['x', 'contains', ['<B>'], ['2']],
    ['dom', 'less', ['0'], []],
    ['dom', 'in', ['5', '9'], ['1', '4']],
    ['o', 'greater', ['2147483648'], ['2']],
    ['bt', 'equals', ['101'], ['1']],
    ['mo', 'greater', ['$12.49'], ['1']],
    ['nm', 'contains', ['N'], ['1']],
  ])('%s %s %j', async (column, operator, values, expected) => {
    expect(await idsOf(filter(column, operator, ...values))).toEqual(expected);
  });

  it('offers no operator that the type does not have', async () => {
    const { columns } = await fixture.tables.describe(
      fixture.connectionId,
      selectionOf('kinds').relation,
    );
    const { rows } = await fixture.database.query<Record<string, unknown>>(
      `SELECT ${columns.map(({ name }) => `${name}::text`).join(', ')} FROM kinds WHERE id = 1`,
    );
    const sample = (name: string): string => String(rows[0]?.[name]);
    const elements: Readonly<Record<string, string>> = {
      a: '1',
      ta: 'a',
      dt: 'x',
      ma: 'calm',
      r: '1',
      mr: '1',
    };
    expect(columns).toHaveLength(31);
    for (const column of columns) {
      for (const operator of operatorsFor(column)) {
        const isElement = operator.endsWith('contains') && column.name in elements;
        const text = isElement ? (elements[column.name] ?? '') : sample(column.name);
        const value = operator === 'matches' ? '.*' : text;
        const operands = operandsOf[operator];
        const count = operands === 'many' ? 3 : operands;
        const condition = filter(column.name, operator, ...Array<string>(count).fill(value));
        await expect(
          idsOf(condition),
          `${column.name} ${operator} ${value}`,
        ).resolves.toBeDefined();
      }
    }
  });

  it.each<[string, FilterOperator, string[], string]>([
    ['n', 'equals', ['ten'], '22P02'],
    ['id', 'in', ['1', '99999999999'], '22003'],
    ['d', 'less', ['2024-02-30'], '22008'],
    ['m', 'equals', ['angry'], '22P02'],
    ['t', 'matches', ['(unclosed'], '2201B'],
    ['jb', 'contains', ['{'], '22P02'],
    ['u', 'equals', ['1'], '22P02'],
    ['r', 'contains', ['x'], '22P02'],
  ])(
    'blames the right one of several conditions: %s %s %j',
    async (column, operator, values, state) => {
      const wrong = filter(column, operator, ...values);
      const right = [filter('id', 'greater', '0'), filter('t', 'is-not-null')];
      await expect(idsOf(right[0] ?? wrong, wrong, right[1] ?? wrong)).rejects.toMatchObject({
        data: { field: `filter:${wrong.id}`, sqlState: state },
      });
    },
  );

  it.each(['like', 'not-like'] as const)(
    'refuses a broken pattern at its field: %s',
    async (like) => {
      for (const pattern of ['\\', 'a\\', '%\\\\\\']) {
        const wrong = filter('t', like, pattern);
        await expect(idsOf(wrong)).rejects.toMatchObject({ data: { field: `filter:${wrong.id}` } });
      }
      await expect(idsOf(filter('t', 'like', '%\\\\'))).resolves.toEqual(['2']);
    },
  );

  it('works on names with anything in them', async () => {
    const relation = { schema: 'select', name: hostileName };
    for (const [column, value] of [
      ['order', '1'],
      [hostileName, 'yes'],
      [longName, '7'],
    ] as const) {
      const page = await readPage(fixture, {
        relation,
        filters: [filter(column, 'equals', value)],
        where: '"order" > 0',
        sort: [{ column: hostileName, descending: true, nulls: 'first' }],
      });
      expect(textsOf(page)).toEqual([['1', 'yes', '7']]);
    }
  });

  it('refuses more values than a statement can have', async () => {
    const list = Array.from({ length: 10_000 }, (_, n) => String(n));
    const lists = Array.from({ length: 7 }, () => filter('id', 'in', ...list));
    await expect(idsOf(...lists)).rejects.toMatchObject({
      kind: 'InvalidInput',
      message: expect.stringContaining('65,535 values'),
    });
    expect(await idsOf(...lists.slice(0, 2))).toEqual(['1', '2', '3', '4']);
  });

  it('refuses a column that is not there', async () => {
    const unknown = filter('id" = 1 OR "id', 'equals', '1');
    await expect(idsOf(unknown)).rejects.toMatchObject({
      kind: 'InvalidInput',
      data: { field: `filter:${unknown.id}` },
    });
    const sort = [{ column: 'p', descending: false, nulls: 'last' as const }];
    await expect(readPage(fixture, selectionOf('kinds', { sort }))).rejects.toMatchObject({
      kind: 'InvalidInput',
      data: { field: 'sort' },
    });
  });
});

describe("a person's own condition", () => {
  const withWhere = async (where: string): Promise<string[]> =>
    textsOf(await readPage(fixture, selectionOf('kinds', { where }))).map(([id]) => id ?? '');

  it.each<[string, string[]]>([
    ['id = 1 or id = 2', ['1', '2']],
    ["t like 'E%' -- the big one", ['1']],
    ['id in (select id from people) /* none */', []],
    ['(id = 1) and (b)', ['1']],
    ["t = ')' or id = 3", ['3']],
    ['kinds.id = 4', ['4']],
    ['case when id = 1 then true end', ['1']],
    ['  ', ['1', '2', '3', '4']],
  ])('%s', async (where, expected) => {
    expect(await withWhere(where)).toEqual(expected);
  });

  it.each([
    '1=1) or (select true',
    '1=1) or (1=1',
    'true as boolean) or cast(true',
    'true; drop table people',
    'true) union select (1',
    'true /* unclosed',
    'true order by 1',
    'true limit 1',
    'exists (with gone as (delete from people returning id) select 1 from gone)',
    'pg_terminate_backend(1)',
    "set_config('role', 'postgres', false) = ''",
    'id = $1',
    'lo_unlink(1) = 1',
    'true) for update -- (',
    '\u0000',
  ])('refuses %j beside its field', async (where) => {
    await expect(withWhere(where)).rejects.toMatchObject({ data: { field: 'where' } });
    const { rows } = await fixture.database.query("SELECT to_regclass('people') AS people");
    expect(rows[0]?.['people']).toBe('people');
  });

  it('says where in the text the error lies', async () => {
    await expect(withWhere('id > 0 and\n  nowhere = 1')).rejects.toMatchObject({
      data: { field: 'where', sqlState: '42703', position: 13 },
    });
    await expect(withWhere('id > and 1')).rejects.toMatchObject({
      data: { field: 'where', sqlState: '42601', position: 5 },
    });
    await expect(withWhere('id')).rejects.toMatchObject({
      data: { field: 'where', sqlState: '42804' },
    });
    await expect(withWhere('1 / (id - 1) > 0')).rejects.toMatchObject({
      data: { field: 'where', sqlState: '22012' },
    });
    await expect(withWhere('count(*) > 1')).rejects.toMatchObject({
      data: { field: 'where', sqlState: '42803' },
    });
  });

  it('is read as it was examined, whatever a session takes a backslash for', async () => {
    const startupStatements = ['SET standard_conforming_strings = off'];
    const connectionId = await fixture.open({ ...fixture.database.settings, startupStatements });
    const reader = { tables: fixture.tables, connectionId };
    const ids = async (where: string): Promise<(string | null | undefined)[]> =>
      textsOf(await readPage(reader, selectionOf('kinds', { where }))).map(([id]) => id);
    // To the parser one text, to such a session a text, a condition and a comment.
    expect(await ids(String.raw`t = '\'' or id = 1 -- '`)).toEqual([]);
    expect(await ids(String.raw`'\' || '' = '\'`)).toEqual(['1', '2', '3', '4']);
    await fixture.registry.close(connectionId);
  });

  it('cannot write, whatever a function does', async () => {
    await fixture.database.query(`
      CREATE FUNCTION sneaky() RETURNS boolean LANGUAGE plpgsql AS
        $$ BEGIN DELETE FROM people; RETURN true; END $$;
      CREATE VIEW sneaky_view AS SELECT sneaky();`);
    await expect(withWhere('sneaky()')).rejects.toMatchObject({ kind: 'ReadOnly' });
    await expect(readPage(fixture, selectionOf('sneaky_view'))).rejects.toMatchObject({
      kind: 'ReadOnly',
    });
  });
});

describe('a count with bounds', () => {
  it('counts as far as its limit', async () => {
    const { tables, connectionId } = fixture;
    const count = (limit: number, ...filters: ColumnFilter[]) =>
      tables.counts.upTo(connectionId, {
        readId: randomUUID(),
        selection: selectionOf('kinds', { filters }),
        limit,
      });
    expect(await count(10)).toEqual({ rows: 4, isCapped: false });
    expect(await count(4)).toEqual({ rows: 4, isCapped: false });
    expect(await count(3)).toEqual({ rows: 3, isCapped: true });
    expect(await count(3, filter('id', 'equals', '2'))).toEqual({ rows: 1, isCapped: false });
  });

  it('gives up after a while, and can be stopped before', async () => {
    const { tables, connectionId } = fixture;
    await fixture.database.query(
      `CREATE VIEW slow AS SELECT n, pg_sleep(0.05)::text AS slept FROM generate_series(1, 10000) n`,
    );
    const selection = selectionOf('slow', { where: `slept = ''` });
    const readId = randomUUID();
    const late = tables.counts.upTo(connectionId, {
      readId: randomUUID(),
      selection,
      limit: 9_999,
    });
    const stopped = tables.counts
      .upTo(connectionId, { readId, selection, limit: 9_999 })
      .catch((error: unknown) => error);
    await expect
      .poll(async () => {
        const { rows } = await fixture.database.query(
          `SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%count(*)%slow%' AND datname = current_database() AND pid <> pg_backend_pid()`,
        );
        return rows.length;
      })
      .toBe(2);
    await tables.cancel(readId);
    expect(await stopped).toMatchObject({ kind: 'Cancelled' });
    expect(await late).toEqual({ rows: null, isCapped: false });
  });
});
