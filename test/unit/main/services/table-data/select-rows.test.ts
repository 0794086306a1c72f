import { beforeAll, describe, expect, it } from 'vitest';
import {
  builtInOperators,
  type RelationShape,
  type ShapeColumn,
} from '../../../../../src/main/services/table-data/sql/relation-shape';
import {
  cursorColumns,
  selectCount,
  selectPage,
  selectStream,
} from '../../../../../src/main/services/table-data/sql/select-rows';
import { whereExpression } from '../../../../../src/main/services/table-data/sql/where-expression';
import { loadParser } from '../../../../../src/main/sql/parser';
import type { RowSelection } from '../../../../../src/shared/models/table-data';
import type { ColumnFilter } from '../../../../../src/shared/models/table-filter';

beforeAll(loadParser);

const column = (name: string, castType: string, nullable = true): ShapeColumn => ({
  name,
  type: castType,
  castType,
  elementType: null,
  category: castType === 'text' ? 'text' : 'number',
  nullable,
  isComparable: true,
  operators: builtInOperators,
  elementEquals: null,
  hasPatterns: true,
  isGenerated: false,
  isIdentityAlways: false,
  enumLabels: null,
});

const keyed: RelationShape = {
  oid: 1,
  relation: { schema: 'My "App"', name: 'order' },
  kind: 'table',
  paging: 'key',
  key: [
    { column: 'id', descending: false },
    { column: 'line', descending: false },
  ],
  columns: [
    column('id', 'bigint', false),
    column('line', 'integer', false),
    column('total', 'numeric'),
  ],
  hiddenColumns: [],
  foreignKeys: [],
  referencedBy: [],
};

const all: RowSelection = { relation: keyed.relation, filters: [], where: '', sort: [] };
const textsOf = (
  shape: RelationShape,
  selection: RowSelection,
  page: Parameters<typeof selectPage>[2],
) => selectPage(shape, selection, page).map((build) => build(50));

describe('selectPage', () => {
  it('compares rows as a whole where all columns go one way', () => {
    expect(textsOf(keyed, all, { direction: 'forward', from: ['9007199254740993', '2'] })).toEqual([
      {
        text:
          'SELECT "id", "line", "total" FROM "My ""App"""."order"' +
          ' WHERE ("id", "line") OPERATOR(pg_catalog.>) ($1::bigint, $2::integer) ORDER BY "id", "line" LIMIT 50',
        values: ['9007199254740993', '2'],
      },
    ]);
  });

  it('reads backward by the reversed order', () => {
    const [page] = textsOf(keyed, all, { direction: 'backward', from: null });
    expect(page?.text).toContain('ORDER BY "id" DESC, "line" DESC LIMIT 50');
  });

  it('expands the comparison where columns go different ways', () => {
    const shape = {
      ...keyed,
      key: [
        { column: 'id', descending: false },
        { column: 'line', descending: true },
      ],
    };
    const [page] = textsOf(shape, all, { direction: 'forward', from: ['1', '2'] });
    expect(page?.text).toContain(
      'WHERE "id" OPERATOR(pg_catalog.>=) $1::bigint AND (("id" OPERATOR(pg_catalog.>) $1::bigint)' +
        ' OR ("id" OPERATOR(pg_catalog.=) $1::bigint AND "line" OPERATOR(pg_catalog.<) $2::integer))',
    );
  });

  it('parts rows with a value in the first column from those without', () => {
    const selection = {
      ...all,
      sort: [{ column: 'total', descending: true, nulls: 'last' as const }],
    };
    const texts = (from: (string | null)[] | null) =>
      textsOf(keyed, selection, { direction: 'forward', from }).map(
        ({ text }) => text.split(' WHERE ')[1],
      );
    expect(texts(null)).toEqual([
      '"total" IS NOT NULL ORDER BY "total" DESC, "id" DESC, "line" DESC LIMIT 50',
      '"total" IS NULL ORDER BY "id" DESC, "line" DESC LIMIT 50',
    ]);
    expect(texts(['1.5', '1', '2'])).toEqual([
      '"total" IS NOT NULL AND ("total", "id", "line") OPERATOR(pg_catalog.<) ($1::numeric, $2::bigint, $3::integer)' +
        ' ORDER BY "total" DESC, "id" DESC, "line" DESC LIMIT 50',
      '"total" IS NULL ORDER BY "id" DESC, "line" DESC LIMIT 50',
    ]);
    expect(texts([null, '1', '2'])).toEqual([
      '"total" IS NULL AND ("id", "line") OPERATOR(pg_catalog.<) ($1::bigint, $2::integer) ORDER BY "id" DESC, "line" DESC LIMIT 50',
    ]);
  });

  it('names the operators of each column, one by one where they differ', () => {
    const foreign = {
      ...builtInOperators,
      greater: 'OPERATOR(ext.#>)',
      equals: 'OPERATOR(ext.#=)',
    };
    const [id, line, ...others] = keyed.columns;
    if (id === undefined || line === undefined) throw new Error('There are no such columns.');
    const shape = { ...keyed, columns: [{ ...id, operators: foreign }, line, ...others] };
    const [page] = textsOf(shape, all, { direction: 'forward', from: ['1', '2'] });
    expect(page?.text).toContain(
      '(("id" OPERATOR(ext.#>) $1::bigint)' +
        ' OR ("id" OPERATOR(ext.#=) $1::bigint AND "line" OPERATOR(pg_catalog.>) $2::integer))',
    );
  });

  it('refuses a cursor that does not fit the order', () => {
    for (const from of [['1'], ['1', null], ['1', '2', '3']]) {
      expect(() => textsOf(keyed, all, { direction: 'forward', from })).toThrow('does not fit');
    }
  });

  it('does not repeat a column of the key that is sorted by', () => {
    const selection = {
      ...all,
      sort: [{ column: 'line', descending: false, nulls: 'last' as const }],
    };
    const [page] = textsOf(keyed, selection, { direction: 'forward', from: null });
    expect(page?.text).toContain('ORDER BY "line", "id" LIMIT');
    expect(cursorColumns(keyed, selection)).toEqual([1, 0]);
  });

  it('goes by an instant in UTC, whatever a session writes and reads it like', () => {
    const at = column('at', 'timestamp with time zone', false);
    const shape = { ...keyed, columns: [at, ...keyed.columns] };
    const selection = {
      ...all,
      sort: [{ column: 'at', descending: false, nulls: 'last' as const }],
    };
    const from = ['2024-01-01 12:00:00', '1', '2'];
    const [page] = textsOf(shape, selection, { direction: 'forward', from });
    expect(page?.text).toContain(`"total", pg_catalog.timezone('UTC', "at") AS tableoid FROM`);
    expect(page?.text).toContain(
      `("at", "id", "line") OPERATOR(pg_catalog.>)` +
        ` (pg_catalog.timezone('UTC', $1::pg_catalog.timestamp), $2::bigint, $3::integer)` +
        ' ORDER BY "at", "id", "line"',
    );
    expect(cursorColumns(shape, selection)).toEqual([4, 1, 2]);
  });

  it('takes the place of a row for its key where there is none', () => {
    const shape: RelationShape = { ...keyed, paging: 'storage', key: [] };
    const selection = {
      ...all,
      sort: [{ column: 'total', descending: false, nulls: 'last' as const }],
    };
    const [page] = textsOf(shape, selection, { direction: 'forward', from: ['1', '(0,1)'] });
    expect(page?.text).toContain('SELECT "id", "line", "total", ctid FROM');
    expect(page?.text).toContain(
      '("total", ctid) OPERATOR(pg_catalog.>) ($1::numeric, $2::pg_catalog.tid)',
    );
  });
});

describe('conditions', () => {
  const filters: ColumnFilter[] = [
    { id: 'a', column: 'total', operator: 'between', values: ['1; drop table x', "2'"] },
    { id: 'b', column: 'id', operator: 'in', values: ['1', '2'] },
  ];

  it('never put a value into the text', () => {
    const { text, values } = selectCount(keyed, { ...all, filters, where: 'line > 1 -- one' });
    expect(text).toBe(
      'SELECT pg_catalog.count(*) AS rows FROM "My ""App"""."order"' +
        ' WHERE ("total" OPERATOR(pg_catalog.>=) $1::numeric AND "total" OPERATOR(pg_catalog.<=) $2::numeric)' +
        ' AND ("id" OPERATOR(pg_catalog.=) ANY (ARRAY[$3::bigint, $4::bigint]))' +
        ' AND (\nline > 1 -- one\n)',
    );
    expect(values).toEqual(['1; drop table x', "2'", '1', '2']);
  });

  it('match a pattern by nothing but itself', () => {
    const shape = { ...keyed, columns: [...keyed.columns, column('name', 'text')] };
    const filter: ColumnFilter = {
      id: 'c',
      column: 'name',
      operator: 'contains',
      values: ['50%_\\'],
    };
    const { text, values } = selectStream(
      { ...shape, paging: 'stream' },
      { ...all, filters: [filter] },
    );
    expect(text).toContain('WHERE "name"::pg_catalog.text ILIKE $1::pg_catalog.text');
    expect(text).not.toContain('ORDER BY');
    expect(values).toEqual([String.raw`%50\%\_\\%`]);
  });
});

describe('whereExpression', () => {
  it.each(['', '  ', '\n'])('is nothing for %j', (text) =>
    expect(whereExpression(text)).toBeNull(),
  );

  it.each(['a = 1', "t = ')'", '(a) or (b)', 'a -- b', 'a /* ) */', 'x = $q$)$q$'])(
    'keeps %j',
    (text) => expect(whereExpression(text)).toBe(`(\n${text}\n)`),
  );

  it.each([
    'a) or (b',
    'a; b',
    'a) union select (b',
    'a as bool) or cast(b',
    'a /*',
    "a = 'x",
    'a, b',
    'a is',
    '$1',
    'pg_terminate_backend(1) is null',
    'a) --\n or (b',
  ])('refuses %j', (text) => {
    expect(() => whereExpression(text)).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ field: 'where' }) }),
    );
  });

  it('gives the position in the person’s own text, beyond the basic plane too', () => {
    expect(() => whereExpression("t = '🐘' and = 1")).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ position: 13 }) }),
    );
  });
});
