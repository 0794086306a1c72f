import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataRelation, SortColumn } from '../../../src/shared/models/table-data';
import type { ColumnFilter } from '../../../src/shared/models/table-filter';
import { openTables, readAll, readPage, selectionOf, textsOf, type TableFixture } from './fixture';

let fixture: TableFixture;

beforeAll(async () => {
  fixture = await openTables();
  await fixture.database.query(`
    CREATE SCHEMA extensions;
    CREATE EXTENSION citext SCHEMA extensions;
    CREATE EXTENSION hstore SCHEMA extensions;
    CREATE EXTENSION btree_gist;
    CREATE COLLATION ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
    CREATE TYPE pair AS (a int, b text);
    CREATE TYPE odd AS ENUM ('', ' b', 'a''"', E'x\\ny', '🐘', '{,}');
    CREATE DOMAIN positive AS int CHECK (value > 0);
    CREATE DOMAIN small AS positive CHECK (value < 1000);`);
});
afterAll(() => fixture.close());

const by = (column: string, nulls: SortColumn['nulls'] = 'last'): SortColumn => ({
  column,
  descending: false,
  nulls,
});

/** A table by the SQL of its columns and of its rows, `n` of which is from 1 to 20. */
interface Case {
  readonly columns: string;
  readonly row: string;
  readonly after?: string;
  readonly paging?: DataRelation['paging'];
  readonly sort?: readonly SortColumn[];
}

const oneOf = (...values: string[]): string =>
  `(ARRAY[${values.map((value) => `'${value}'`).join(', ')}])[n % ${values.length} + 1]`;

const cases: Readonly<Record<string, Case>> = {
  composite: { columns: 'k pair PRIMARY KEY', row: `ROW(n % 4, repeat('"(,', n))::pair` },
  enum: {
    columns: 'k odd, n int, PRIMARY KEY (k, n)',
    row: `(enum_range(NULL::odd))[n % 6 + 1], n`,
  },
  jsonb: { columns: 'k jsonb PRIMARY KEY', row: `jsonb_build_object('a', n)` },
  bytea: { columns: 'k bytea PRIMARY KEY', row: `decode(to_hex(n + 4096), 'hex')` },
  interval: { columns: 'k interval PRIMARY KEY', row: `(n - 9) * interval '1 month -3 days 2:00'` },
  money: { columns: 'k money PRIMARY KEY', row: `(n * 999 - 9999)::money` },
  '"char"': { columns: 'k "char" PRIMARY KEY', row: `chr(n + 33)::"char"` },
  range: { columns: 'k int4range PRIMARY KEY', row: `int4range(n, nullif(n, 7) + 3)` },
  'array of a domain': { columns: 'k small[] PRIMARY KEY', row: `ARRAY[n, n + 1]::small[]` },
  'domain over a domain': { columns: 'k small PRIMARY KEY', row: 'n' },
  'numeric of a thousand digits': {
    columns: 'k numeric PRIMARY KEY',
    row: `CASE n WHEN 1 THEN 'NaN' WHEN 2 THEN '-Infinity' ELSE ('1' || repeat('0', n * 100) || '.' || n)::numeric END`,
  },
  'float with NaN, infinity and two zeros': {
    columns: 'k int PRIMARY KEY, f float8',
    row: `n, ${oneOf('NaN', '-0', '0', 'Infinity', '-Infinity', '1e-300')}::float8`,
    sort: [by('f')],
  },
  'citext of a schema that is not in the path': {
    columns: 'k extensions.citext PRIMARY KEY',
    row: `CASE WHEN n % 2 = 0 THEN chr(64 + n) WHEN n = 7 THEN '_' ELSE chr(96 + n) END`,
  },
  'citext and integer': {
    columns: 'k extensions.citext, n int, PRIMARY KEY (k, n)',
    row: `${oneOf('a', 'A', 'b', '_', 'B')}, n`,
  },
  'hstore, whose operators have other names': {
    columns: 'k int PRIMARY KEY, h extensions.hstore',
    row: `n, extensions.hstore('a', (n % 6)::text)`,
    sort: [by('h')],
  },
  'a collation that ignores case': {
    columns: 'k int PRIMARY KEY, t text COLLATE ignore_case',
    row: `n, ${oneOf('a', 'A', 'b', 'B')}`,
    sort: [by('t', 'first')],
  },
  'the column collated otherwise in the index': {
    columns: 'k text NOT NULL',
    row: `chr(64 + n) || chr(96 + n)`,
    after: 'CREATE UNIQUE INDEX ON cases (k COLLATE "C")',
    paging: 'storage',
  },
  'a unique index over NULLs': {
    columns: 'k int UNIQUE NULLS NOT DISTINCT',
    row: `nullif(n, 5)`,
    paging: 'storage',
  },
  'NOT NULL that is not valid': {
    columns: 'k int UNIQUE',
    row: `CASE WHEN n % 3 > 0 THEN n END`,
    after: 'ALTER TABLE cases ADD CONSTRAINT known NOT NULL k NOT VALID',
    paging: 'storage',
  },
  'a sort by what is NOT NULL and not valid': {
    columns: 'k int PRIMARY KEY, v int',
    row: `n, CASE WHEN n % 3 > 0 THEN n END`,
    after: 'ALTER TABLE cases ADD CONSTRAINT known NOT NULL v NOT VALID',
    sort: [by('v')],
  },
  'a partial, an expression and an INCLUDE index': {
    columns: 'k int NOT NULL, v int NOT NULL',
    row: `n, n`,
    after: `CREATE UNIQUE INDEX a ON cases (k) WHERE k > 5; CREATE UNIQUE INDEX b ON cases ((k + 1));
           CREATE UNIQUE INDEX c ON cases (v) INCLUDE (k)`,
  },
  'a key WITHOUT OVERLAPS': {
    columns: 'k int, at daterange, PRIMARY KEY (k, at WITHOUT OVERLAPS)',
    row: `n % 3, daterange('2020-01-01'::date + n, '2020-01-01'::date + n + 1)`,
    paging: 'storage',
  },
  'a virtual column': {
    columns: 'k int PRIMARY KEY, v int GENERATED ALWAYS AS (k % 4) VIRTUAL',
    row: 'n',
    sort: [by('v')],
  },
  'an operator that somebody made for just the type': {
    columns: 'k varchar(9) PRIMARY KEY',
    row: `'a' || n`,
    after: `DROP FUNCTION IF EXISTS taken_over(varchar, varchar), taken_over(varchar, text) CASCADE;
           CREATE FUNCTION taken_over(varchar, varchar) RETURNS bool LANGUAGE plpgsql
             AS 'BEGIN RAISE ''taken over''; END';
           CREATE FUNCTION taken_over(varchar, text) RETURNS bool LANGUAGE plpgsql
             AS 'BEGIN RAISE ''taken over''; END';
           CREATE OPERATOR > (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = taken_over);
           CREATE OPERATOR < (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = taken_over);
           CREATE OPERATOR = (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = taken_over);
           CREATE OPERATOR ~~* (LEFTARG = varchar, RIGHTARG = text, FUNCTION = taken_over)`,
  },
};

/** Makes the table `cases` anew. */
async function make({ columns, row, after = '' }: Case): Promise<void> {
  await fixture.database.query(`DROP TABLE IF EXISTS cases; CREATE TABLE cases (${columns})`);
  await fixture.database.query(
    `INSERT INTO cases SELECT ${row} FROM generate_series(1, 20) n; ${after}`,
  );
  await fixture.tables.describe(fixture.connectionId, selectionOf('cases').relation);
}

describe('pages', () => {
  it.each(Object.entries(cases))('hold each row once, from both ends: %s', async (_name, table) => {
    await make(table);
    const selection = selectionOf('cases', { sort: [...(table.sort ?? [])] });
    const { paging } = await fixture.tables.describe(fixture.connectionId, selection.relation);
    expect(paging).toBe(table.paging ?? 'key');
    const whole = textsOf(await readPage(fixture, selection));
    expect(whole).toHaveLength(20);
    for (const direction of ['forward', 'backward'] as const) {
      expect(await readAll(fixture, selection, direction, 3)).toEqual(whole);
    }
  });

  it('of the catalog go on behind functions of the same name', async () => {
    const relation = { schema: 'pg_catalog', name: 'pg_aggregate' };
    const { rows } = await fixture.database.query('SELECT count(*)::int FROM pg_aggregate');
    const paged = await readAll(fixture, selectionOf('', { relation }), 'forward', 40);
    expect(paged).toHaveLength(Number(rows[0]?.['count']));
  });
});

describe('conditions', () => {
  const count = async (
    operator: ColumnFilter['operator'],
    column: string,
    ...values: string[]
  ): Promise<number> => {
    const filters = [{ id: 'one', column, operator, values }];
    return (await readPage(fixture, selectionOf('cases', { filters }))).rows.rowCount;
  };

  it('compare as the type does, wherever it was made', async () => {
    await make({ columns: 'k extensions.citext', row: oneOf('a', 'A', 'b', 'B') });
    expect(await count('equals', 'k', 'a')).toBe(10);
    expect(await count('in', 'k', 'A', 'c')).toBe(10);
    expect(await count('not-in', 'k', 'a', 'c')).toBe(10);
    expect(await count('between', 'k', 'A', 'a')).toBe(10);
  });

  it('run nothing that somebody made for just the type', async () => {
    await make(
      cases['an operator that somebody made for just the type'] ?? { columns: '', row: '' },
    );
    expect(await count('equals', 'k', 'a7')).toBe(1);
    expect(await count('not-equals', 'k', 'a7')).toBe(19);
    expect(await count('in', 'k', 'a7', 'a8')).toBe(2);
    expect(await count('between', 'k', 'a7', 'a8')).toBe(2);
    expect(await count('contains', 'k', 'A7')).toBe(1);
  });

  it.each([
    ['pg_rewrite', 'ev_qual', '<>'],
    ['pg_aggregate', 'aggtransfn', 'int4larger'],
    ['pg_operator', 'oprcode', 'int4eq'],
  ])('take for text what the server does not read: %s.%s', async (name, column, value) => {
    const selection = selectionOf('', { relation: { schema: 'pg_catalog', name } });
    const { columns } = await fixture.tables.describe(fixture.connectionId, selection.relation);
    expect(columns.find((candidate) => candidate.name === column)?.isComparable).toBe(false);
    for (const operator of ['equals', 'in', 'contains', 'starts-with'] as const) {
      const filters = [{ id: 'one', column, operator, values: [value] }];
      const page = await readPage(fixture, { ...selection, filters }, { maxRows: 1 });
      expect(page.rows.rowCount).toBe(1);
    }
  });

  it('look for an element that cannot be compared by its text', async () => {
    await make({
      columns: 'j json[], p point[], c pair[], a int[]',
      row: `ARRAY[to_json(n)], ARRAY[point(n, 0)], ARRAY[ROW(n, 'x')::pair], ARRAY[n, 100]`,
    });
    expect(await count('contains', 'j', '7')).toBe(1);
    expect(await count('contains', 'p', '(7,0)')).toBe(1);
    expect(await count('contains', 'c', '(7,x)')).toBe(1);
    expect(await count('contains', 'a', '100')).toBe(20);
    expect(await count('in', 'a', '{7,100}', '{8,100}', '{100}')).toBe(2);
    expect(await count('not-in', 'a', '{7,100}', '{8,100}', '{100}')).toBe(18);
  });

  it('match patterns under a collation that is not deterministic', async () => {
    await make({ columns: 't text COLLATE ignore_case', row: oneOf('äB', 'x') });
    for (const operator of ['contains', 'starts-with', 'like'] as const) {
      expect(await count(operator, 't', operator === 'like' ? 'Ä%' : 'Ä')).toBe(10);
    }
    expect(await count('matches', 't', '^ä')).toBe(10);
    expect(await count('equals', 't', 'X')).toBe(10);
  });
});
