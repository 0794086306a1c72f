import { describe, expect, it } from 'vitest';
import type { Notice } from '../../../../../src/shared/models/query-result';
import { column, encodedText, text } from './encoded';

const int8 = 20;
const float8 = 701;
const numeric = 1700;
const json = 114;
const jsonb = 3802;
const bool = 16;
const bytea = 17;
const intArray = 1007;

describe('TSV', () => {
  it("escapes as COPY's text format does", async () => {
    const rows = [
      ['a\tb', 'line\nbreak\r'],
      ['back\\slash', '\b\f\v'],
      [null, ''],
      ['\\N', 'é🐘'],
    ];
    expect(await encodedText([text('a'), text('b\tc')], rows, { format: 'tsv' })).toBe(
      'a\tb\\tc\n' +
        'a\\tb\tline\\nbreak\\r\n' +
        'back\\\\slash\t\\b\\f\\v\n' +
        '\\N\t\n' +
        '\\\\N\té🐘\n',
    );
  });

  it('tells once of values that read like the text for NULL', async () => {
    const noticesFor = async (rows: string[][], nullText?: string): Promise<number> => {
      const notices: Notice[] = [];
      await encodedText([text('a')], rows, { format: 'tsv', nullText }, { notices });
      return notices.length;
    };
    const rows = [['NULL'], ['NULL'], [''], ['\\N']];
    expect(await noticesFor(rows, 'NULL')).toBe(1);
    expect(await noticesFor(rows, '')).toBe(1);
    expect(await noticesFor([['null'], ['NULLS']], 'NULL')).toBe(0);
    expect(await noticesFor(rows)).toBe(0);
  });

  it('neutralises formulas only when asked', async () => {
    const rows = [['=1', '-1']];
    const columns = [text('a'), text('b')];
    const given = { format: 'tsv', header: false } as const;
    expect(await encodedText(columns, rows, given)).toBe('=1\t-1\n');
    expect(await encodedText(columns, rows, { ...given, guardFormulas: true })).toBe("'=1\t-1\n");
  });
});

describe('JSON', () => {
  const columns = [column('n', numeric), column('d', jsonb), column('ok', bool), text('t')];

  it('writes numbers, booleans and JSON as they were sent, and all else as strings', async () => {
    const rows = [
      ['12345678901234567890.10', '{"a": 1.00}', 't', 'x"y\n'],
      [null, null, null, null],
      ['NaN', '[]', 'f', '5'],
    ];
    const file = await encodedText(columns, rows, { format: 'json' });
    expect(file).toBe(
      '[\n' +
        '{"n":12345678901234567890.10,"d":{"a": 1.00},"ok":true,"t":"x\\"y\\n"},\n' +
        '{"n":null,"d":null,"ok":null,"t":null},\n' +
        '{"n":"NaN","d":[],"ok":false,"t":"5"}\n' +
        ']\n',
    );
    expect(JSON.parse(file)).toHaveLength(3);
  });

  it('writes floats by their digits, and what JSON has no number for as strings', async () => {
    const rows = [['1e+20'], ['-0'], ['5e-324'], ['Infinity'], ['-Infinity']];
    expect(await encodedText([column('x', float8)], rows, { format: 'ndjson' })).toBe(
      '{"x":1e+20}\n{"x":-0}\n{"x":5e-324}\n{"x":"Infinity"}\n{"x":"-Infinity"}\n',
    );
  });

  it('is an empty array without rows', async () => {
    expect(JSON.parse(await encodedText(columns, [], { format: 'json' }))).toEqual([]);
    expect(await encodedText(columns, [], { format: 'ndjson' })).toBe('');
  });

  it('keeps an object of NDJSON on its line, also one of the type json', async () => {
    const rows = [['{\n  "a": "b\\n",\r\n  "c": 1\n}']];
    const file = await encodedText([column('j', json)], rows, { format: 'ndjson' });
    expect(file.trimEnd()).not.toContain('\n');
    expect(JSON.parse(file)).toEqual({ j: { a: 'b\n', c: 1 } });
  });

  it('renames repeated columns and says so', async () => {
    const notices: Notice[] = [];
    const file = await encodedText(
      [text('id'), text('id')],
      [['1', '2']],
      { format: 'ndjson' },
      { notices },
    );
    expect(file).toBe('{"id":"1","id_2":"2"}\n');
    expect(notices).toMatchObject([
      { severity: 'NOTICE', message: expect.stringContaining('"id_2"') },
    ]);
  });
});

describe('INSERT', () => {
  const given = { format: 'insert', schema: 'my "shop"', table: 'Orders' } as const;

  it('quotes names, and writes literals of the right kind', async () => {
    const columns = [
      column('id', int8),
      column('select', float8),
      column('b', bytea),
      column('a', intArray),
      column('ok', bool),
      text('t'),
    ];
    const rows = [
      ['9223372036854775807', '1e-7', '\\x00ff', '{1,NULL}', 't', "O'Brien"],
      ['-1', '-0', null, '{}', 'f', 'C:\\new'],
      ['0', 'NaN', null, null, null, ''],
    ];
    expect(await encodedText(columns, rows, given)).toBe(
      'INSERT INTO "my ""shop"""."Orders" ("id", "select", "b", "a", "ok", "t") VALUES\n' +
        "  (9223372036854775807, 1e-7, E'\\\\x00ff', '{1,NULL}', true, 'O''Brien'),\n" +
        "  (-1, '-0', NULL, '{}', false, E'C:\\\\new'),\n" +
        "  (0, 'NaN', NULL, NULL, NULL, '');\n",
    );
  });

  it('takes a name as it is, blanks at its ends too', async () => {
    const odd = { format: 'insert', schema: ' shop', table: 'orders ' } as const;
    expect(await encodedText([text('a')], [['1']], odd)).toContain('INTO " shop"."orders " (');
  });

  it('begins a statement after so many rows, across batches', async () => {
    const rows = ['1', '2', '3', '4', '5'].map((value) => [value]);
    const file = await encodedText(
      [column('n', int8)],
      rows,
      { format: 'insert', table: 't', rowsPerStatement: 3 },
      { rowsPerBatch: 2 },
    );
    expect(file).toBe(
      'INSERT INTO "t" ("n") VALUES\n  (1),\n  (2),\n  (3);\n' +
        'INSERT INTO "t" ("n") VALUES\n  (4),\n  (5);\n',
    );
  });

  it('is empty without rows', async () => {
    expect(await encodedText([text('a')], [], given)).toBe('');
  });
});

describe('Markdown', () => {
  it('escapes markup, keeps a row on its line, and aligns numbers', async () => {
    const rows = [
      ['a|b *c* `d` <e> [f] \\', '1'],
      ['snake_case _x_ ~~y~~ &amp;', null],
      ['two\r\nlines', '-2'],
    ];
    expect(await encodedText([text('t'), column('n', int8)], rows, { format: 'markdown' })).toBe(
      '| t | n |\n' +
        '| --- | ---: |\n' +
        '| a\\|b \\*c\\* \\`d\\` \\<e\\> \\[f\\] \\\\ | 1 |\n' +
        '| snake_case \\_x\\_ \\~\\~y\\~\\~ \\&amp; | NULL |\n' +
        '| two<br>lines | -2 |\n',
    );
  });
});
