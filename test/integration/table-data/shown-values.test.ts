import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toConditions, toDraft } from '../../../src/renderer/features/table-data/filter-draft';
import { filterText, parseFilterText } from '../../../src/renderer/features/table-data/filter-text';
import { operatorsFor, type FilterOperator } from '../../../src/shared/models/table-filter';
import type { DataColumn } from '../../../src/shared/models/table-data';
import { openTables, readPage, selectionOf, textsOf, type TableFixture } from './fixture';

/** Values whose text depends on settings, or is easily read as something else. */
const valuesByType: readonly (readonly [type: string, ...values: string[]])[] = [
  ['bool', 'true', 'false'],
  ['int8', '9223372036854775807', '-1'],
  ['numeric', 'NaN', 'Infinity', '-Infinity', '1.10', '12345678901234567890.123456789'],
  ['float4', '0.1', '1e-45', 'NaN', '-0', '3.4028235e38'],
  ['float8', '0.1', '0.30000000000000004', '5e-324', 'Infinity', '123456789.123456789'],
  ['money', '1234.50', '-0.05'],
  ['char(5)', 'ab', '', 'a b'],
  ['varchar(10)', ' ab ', 'null', '>5'],
  [
    'text',
    '',
    ' ',
    'NULL',
    'a && b',
    '"q"',
    '1..2',
    '%',
    '_',
    '\\',
    'in (a)',
    "it's",
    'é🐘',
    'a\nb',
    '!x',
    '= 1',
    '~x',
    '^x',
    '\uFEFFx',
    'x\t',
  ],
  ['"char"', 'x'],
  ['name', 'a'.repeat(63)],
  ['bytea', '\\x00ff0a', '', '\\x5c27'],
  ['date', 'infinity', '2024-03-02', '0044-03-15 BC', '12345-01-01'],
  ['time', '24:00:00', '00:00:00.000001'],
  ['timetz', '12:00:00.5+05:30', '12:00:00-08'],
  ['timestamp', '-infinity', '2024-03-02 23:59:59.999999', '0044-03-15 12:00:00 BC'],
  [
    'timestamptz',
    'infinity',
    '2024-03-02 12:00:00+00',
    '2024-07-02 12:00:00+00',
    '1850-01-01 00:00+00',
  ],
  [
    'interval',
    '-1 years -2 mons +3 days -04:05:06.000007',
    '0',
    '1 day -1 second',
    '-1 day',
    '1 year',
    '-00:00:01',
    '1 mon -1 day',
  ],
  ['uuid', '00000000-0000-0000-0000-00000000000f'],
  ['json', '{"a": 1.10,\n "a": [null, "\\u00e9"]}', 'null', '12345678901234567890.10', '"null"'],
  ['jsonb', '{"n": 12345678901234567890.10, "s": "a\\"b"}', 'null', '"x"', '1.0', '[]', '[1]'],
  ['bit(3)', '101'],
  ['varbit', '', '0001'],
  ['inet', '::1/64', '10.0.0.1'],
  ['cidr', '10.0.0.0/8'],
  ['macaddr8', '08:00:2b:01:02:03:04:05'],
  ['point', '(1e-30,NaN)', '(0.1,0.3)'],
  ['line', '{1,-1,0}'],
  ['box', '(1,1),(0,0)', '(2,1),(1,0)', '(0.1,0.2),(0,0)'],
  ['path', '((0,0),(1,1))', '[(0,0)]'],
  ['polygon', '((0,0),(1,1),(1,0))'],
  ['circle', '<(0,0),1>'],
  ['tsvector', "'it''s':1A 'two words':2"],
  ['tsquery', "'a' & !'b c'"],
  ['xml', '<a>1</a>', 'text'],
  ['pg_lsn', 'FFFFFFFF/FFFFFFFF'],
  ['tid', '(1,2)'],
  ['xid', '7'],
  ['oid', '4294967295'],
  ['regclass', 'pg_class', 'pg_catalog.pg_type'],
  ['regtype', 'int4'],
  ['jsonpath', '$."a b"[*]?(@ > 1)'],
  ['int4range', 'empty', '[1,)', '[1,5)'],
  ['tstzrange', '["2000-01-01 00:00:00+00",infinity)'],
  ['daterange', '[2024-03-02,2024-03-05)'],
  ['datemultirange', '{[2000-01-01,2000-01-02),[2001-01-01,)}'],
  ['int4[]', '{}', '{1,NULL,-3}', '[0:1]={5,6}', '{{1,2},{3,4}}'],
  ['text[]', '{"a,b","c\\"d","e\\\\f","",NULL,"NULL","g\nh","{i}"}'],
  ['date[]', '{2024-03-02,infinity}'],
  ['float8[]', '{0.1,NaN}'],
  ['bytea[]', '{"\\\\x00","\\\\xff"}'],
  ['interval[]', '{"-1 days +02:03:04"}'],
  ['json[]', '{"{\\"a\\": 1}"}'],
  ['mood', 'very merry', "it's", 'null'],
  ['pair', '(1,"a ""b"", \\\\c",2024-03-02)', '(,,)'],
  ['holder', '("(1,2)")'],
  ['positive', '7'],
  ['loud', 'x'],
  ['caseless', 'Ab'],
];

const settings: Readonly<Record<string, readonly string[]>> = {
  'settings of a new server': [],
  'German dates': [
    `SET DateStyle = 'German'`,
    `SET IntervalStyle = 'sql_standard'`,
    `SET TimeZone = 'Asia/Kolkata'`,
  ],
  'SQL dates, the day first': [
    `SET DateStyle = 'SQL, DMY'`,
    `SET IntervalStyle = 'iso_8601'`,
    `SET bytea_output = 'escape'`,
    `SET extra_float_digits = 0`,
    `SET TimeZone = 'America/New_York'`,
  ],
  'PostgreSQL dates': [
    `SET DateStyle = 'Postgres, MDY'`,
    `SET IntervalStyle = 'postgres_verbose'`,
    `SET extra_float_digits = -2`,
    `SET TimeZone = 'Europe/Berlin'`,
  ],
};

let fixture: TableFixture;

beforeAll(async () => {
  fixture = await openTables();
  await fixture.database.query(`
    CREATE TYPE mood AS ENUM ('very merry', 'it''s', 'null');
    CREATE TYPE pair AS (a int, b text, c date);
    CREATE TYPE holder AS (p point);
    CREATE DOMAIN positive AS int CHECK (value > 0);
    CREATE DOMAIN loud AS text;
    CREATE COLLATION ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
    CREATE DOMAIN caseless AS text COLLATE ignore_case;
    CREATE TABLE every_type (row_number int PRIMARY KEY, ${valuesByType
      .map(([type], index) => `c${index} ${type}`)
      .join(', ')});
    INSERT INTO every_type (row_number) VALUES (0);`);
  let row = 0;
  for (const [index, [type, ...values]] of valuesByType.entries()) {
    for (const value of values) {
      row += 1;
      await fixture.database.query(
        `INSERT INTO every_type (row_number, c${index}) VALUES ($1, $2::text::${type})`,
        [row, value],
      );
    }
  }
});
afterAll(() => fixture.close());

describe.each(Object.entries(settings))('with %s', (_name, startupStatements) => {
  it('a condition with the text that is shown finds the row', async () => {
    const connectionId = await fixture.open({ ...fixture.database.settings, startupStatements });
    const reader = { tables: fixture.tables, connectionId };
    const { columns } = await fixture.tables.describe(
      connectionId,
      selectionOf('every_type').relation,
    );
    const whole = textsOf(await readPage(reader, selectionOf('every_type'), { maxRows: 1000 }));
    const missed: string[] = [];
    for (const texts of whole) {
      const [row] = texts;
      for (const [index, shown] of texts.entries()) {
        if (index === 0 || shown === null) continue;
        const column = columns[index];
        if (column === undefined) throw new Error('There is no such column.');
        for (const operator of ['equals', 'in', 'contains'] satisfies FilterOperator[]) {
          if (!operatorsFor(column).includes(operator)) continue;
          // That of an array, a range or json is of its elements; ILIKE knows no such collation.
          const isOther =
            ['array', 'range', 'json'].includes(column.category) || column.type === 'caseless';
          if (operator === 'contains' && isOther) continue;
          const found = await idsFor(reader, column, operator, shown);
          if (!found.includes(row ?? null))
            missed.push(`${column.type} ${operator} ${shown}: ${found.join()}`);
        }
      }
    }
    expect(missed).toEqual([]);
  });
});

/** The rows that a condition leaves, once as a draft and once through the text of the filter row. */
async function idsFor(
  reader: Pick<TableFixture, 'tables' | 'connectionId'>,
  column: DataColumn,
  operator: FilterOperator,
  text: string,
): Promise<(string | null)[]> {
  const draft = toDraft({ id: randomUUID(), column: column.name, operator, values: [text] });
  const conditions = toConditions({ filters: [draft], where: '' }, [column]);
  try {
    const page = await readPage(reader, selectionOf('every_type', { ...conditions }));
    const direct = textsOf(page).map(([id]) => id ?? null);
    const written = filterText([draft], column);
    if (written === null) return direct;
    const parsed = parseFilterText(written, column);
    if (!parsed.ok) return [`written as ${written}: ${parsed.problem}`];
    const { id, column: name } = draft;
    const filters = parsed.conditions.map(({ operator: parsedOperator, text: value, second }) => {
      return { id, column: name, operator: parsedOperator, text: value, second };
    });
    const again = textsOf(
      await readPage(
        reader,
        selectionOf('every_type', toConditions({ filters, where: '' }, [column])),
      ),
    ).map(([id]) => id ?? null);
    return JSON.stringify(again) === JSON.stringify(direct)
      ? direct
      : [`written as ${written}: ${again.join()} and not ${direct.join()}`];
  } catch (error) {
    return [String(error)];
  }
}
