import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openExportFixture, type ExportFixture } from './export-fixture';

/** Every built-in type that a table can have, with its extremes and its hostile texts. */
const typedValues: readonly (readonly [type: string, ...values: string[]])[] = [
  ['bool', 'true', 'false'],
  ['int2', '-32768', '32767'],
  ['int4', '-2147483648', '0'],
  ['int8', '-9223372036854775808', '9223372036854775807'],
  ['numeric', 'NaN', '-Infinity', '12345678901234567890.123456789012345678900', '0.00'],
  ['numeric(6,2)', '1.10', '-0.01'],
  ['float4', 'NaN', '-Infinity', '1e-45', '-0', '0.1'],
  ['float8', 'Infinity', '5e-324', '1.7976931348623157e308', '-0'],
  ['money', '$1,234.50'],
  ['char(5)', 'ab', ''],
  ['varchar', 'a,b;c\td|e', ' spaces '],
  [
    'text',
    '',
    'NULL',
    '\\N',
    '\\.',
    'q"q\'q',
    'a\nb\r\nc\rd',
    'tab\t\b\f\u000b\\',
    '\uFEFFé🐘',
    '=1+1',
  ],
  ['"char"', 'x', '\\'],
  ['name', 'A name'],
  ['bytea', '\\x00ff0a0d2c22', ''],
  ['date', 'infinity', '-infinity', '4713-01-01 BC'],
  ['time', '24:00:00', '00:00:00.000001'],
  ['timetz', '12:00:00.5+05:30'],
  ['timestamp', 'infinity', '2000-02-29 23:59:59.999999'],
  ['timestamptz', '-infinity', '0044-03-15 12:00:00+00 BC'],
  ['interval', '-1 years -2 mons +3 days -04:05:06.000007', '0'],
  ['uuid', '00000000-0000-0000-0000-00000000000f'],
  ['json', '{"a": 1.10,\n "a": [null, "\\u00e9\\n"]}', 'null'],
  ['jsonb', '{"n": 12345678901234567890.10, "s": "a\\"b"}'],
  ['bit(3)', '101'],
  ['varbit', '', '0001'],
  ['inet', '::1/64', '10.0.0.1'],
  ['cidr', '10.0.0.0/8'],
  ['macaddr', '08:00:2b:01:02:03'],
  ['macaddr8', '08:00:2b:01:02:03:04:05'],
  ['point', '(1e-30,NaN)'],
  ['line', '{1,-1,0}'],
  ['lseg', '[(0,0),(1,1)]'],
  ['box', '(1,1),(0,0)'],
  ['path', '((0,0),(1,1))', '[(0,0)]'],
  ['polygon', '((0,0),(1,1),(1,0))'],
  ['circle', '<(0,0),1>'],
  ['tsvector', "'it''s':1A 'two words':2"],
  ['tsquery', "'a' & !'b c'"],
  ['oid', '4294967295'],
  ['xid8', '18446744073709551615'],
  ['pg_lsn', 'FFFFFFFF/FFFFFFFF'],
  ['tid', '(1,2)'],
  ['regclass', 'pg_class'],
  ['jsonpath', '$."a b"[*] ? (@ > 1)'],
  ['int4range', 'empty', '[1,)'],
  ['numrange', '(,1.50]'],
  ['tstzrange', '["2000-01-01 00:00:00+00",infinity)'],
  ['datemultirange', '{[2000-01-01,2000-01-02),[2001-01-01,)}'],
  ['int4[]', '{}', '{1,NULL,-3}', '[0:1]={5,6}', '{{1,2},{3,4}}'],
  ['text[]', '{"a,b","c\\"d","e\\\\f","",NULL,"NULL","g\nh","{i}"}'],
  ['bytea[]', '{"\\\\x00","\\\\xff"}'],
  ['jsonb[]', '{"{\\"a\\": 1}",NULL}'],
  ['numeric[]', '{NaN,1.10}'],
  ['mood', 'very merry', "it's"],
  ['pair', '(1,"a ""b"", \\\\c")', '(,)'],
  ['positive', '7'],
];

let fixture: ExportFixture;

beforeAll(async () => {
  fixture = await openExportFixture();
  const { database } = fixture;
  await database.query(`
    CREATE TYPE mood AS ENUM ('very merry', 'it''s');
    CREATE TYPE pair AS (a int, b text);
    CREATE DOMAIN positive AS int CHECK (value > 0);
    CREATE TABLE every_type (row_number int, ${typedValues
      .map(([type], index) => `c${index} ${type}`)
      .join(', ')});
    INSERT INTO every_type (row_number) VALUES (0);`);
  for (const [index, [type, ...values]] of typedValues.entries()) {
    for (const [number, value] of values.entries()) {
      await database.query(
        `INSERT INTO every_type (row_number, c${index}) VALUES ($1, $2::text::${type})`,
        [number + 1, value],
      );
    }
  }
});
afterAll(() => fixture.close());

const source = () =>
  ({
    kind: 'table',
    connectionId: fixture.connectionId,
    schema: 'public',
    name: 'every_type',
  }) as const;

/** The rows of a relation as text, which tells apart all that its types tell apart. */
async function contents(relation: string): Promise<string[]> {
  const { rows } = await fixture.database.query<{ content: string }>(
    `SELECT r::text AS content FROM ${relation} r ORDER BY content`,
  );
  return rows.map(({ content }) => content);
}

/** The name of the column of a type. */
const columnOf = (type: string): string =>
  `c${typedValues.findIndex(([candidate]) => candidate === type)}`;

async function emptyCopy(name: string): Promise<void> {
  await fixture.database.query(`CREATE TABLE ${name} (LIKE every_type)`);
}

describe('what is exported is read back as the same values', () => {
  it.each([
    ['csv', {}, 'FORMAT csv, HEADER'],
    ['csv', { delimiter: ';', lineEnding: 'crlf' }, "FORMAT csv, HEADER, DELIMITER ';'"],
    ['csv', { header: false, nullText: 'NULL' }, "FORMAT csv, NULL 'NULL'"],
    ['tsv', {}, 'FORMAT text, HEADER'],
    ['tsv', { header: false, lineEnding: 'crlf' }, 'FORMAT text'],
  ] as const)('by COPY FROM: %s %o', async (format, options, copyOptions) => {
    const summary = await fixture.write('rows.out', { format, ...options }, source());
    await emptyCopy('read_back');
    try {
      await fixture.database.query(
        `COPY read_back FROM '${join(fixture.folder, 'rows.out')}' (${copyOptions})`,
      );
      const expected = await contents('every_type');
      expect(await contents('read_back')).toEqual(expected);
      expect(summary.rows).toBe(expected.length);
    } finally {
      await fixture.database.query('DROP TABLE read_back');
    }
  });

  it.each([1, 7, 10_000])('by INSERT, %i rows at a time', async (rowsPerStatement) => {
    const options = { format: 'insert', schema: 'public', table: 'Read Back', rowsPerStatement };
    await emptyCopy('"Read Back"');
    try {
      await fixture.write('rows.sql', { ...options, format: 'insert' }, source());
      await fixture.database.query(await fixture.read('rows.sql'));
      expect(await contents('"Read Back"')).toEqual(await contents('every_type'));
    } finally {
      await fixture.database.query('DROP TABLE "Read Back"');
    }
  });

  it('by JSON: each value as JSON or as its text', async () => {
    await fixture.write('rows.ndjson', { format: 'ndjson' }, source());
    await fixture.write('rows.json', { format: 'json' }, source());
    const lines = (await fixture.read('rows.ndjson')).trimEnd().split('\n');
    const { rows } = await fixture.database.query<Record<string, string>>(
      `SELECT item ->> $2 AS int8, item ->> $3 AS numeric, item ->> $4 AS float8,
              item -> $5 ->> 'n' AS nested, item ->> $6 AS texts
         FROM pg_catalog.json_array_elements($1::json) AS item`,
      [
        await fixture.read('rows.json'),
        ...['int8', 'numeric', 'float8', 'jsonb', 'text[]'].map(columnOf),
      ],
    );
    const all = (name: string): (string | null | undefined)[] => rows.map((row) => row[name]);
    expect(lines).toHaveLength(rows.length);
    expect(all('int8')).toContain('9223372036854775807');
    expect(all('numeric')).toContain('12345678901234567890.123456789012345678900');
    expect(all('float8')).toContain('1.7976931348623157e+308');
    expect(all('nested')).toContain('12345678901234567890.10');
    expect(all('texts')).toContain('{"a,b","c\\"d","e\\\\f","",NULL,"NULL","g\nh","{i}"}');
  });
});
