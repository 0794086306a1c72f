import { inflateRawSync } from 'node:zlib';
import { assert, asyncProperty, constantFrom, oneof, string, stringMatching } from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { crc32 } from '../../../../../src/main/services/export/xlsx/crc32';
import { encodeXlsx } from '../../../../../src/main/services/export/xlsx/encode-xlsx';
import { columnLetters, valueCell } from '../../../../../src/main/services/export/xlsx/sheet-cell';
import type { Notice } from '../../../../../src/shared/models/query-result';
import { batchOf } from '../../../renderer/components/grid/row-batches';
import { column, encodedBytes, text, type Row } from './encoded';
import { codePoint } from '../../../../fixtures/code-point';

// Thousands of random cells, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

/** Reads the entries of an archive by its directory (APPNOTE.TXT 4.3.12), and checks each. */
function unzip(archive: Buffer): Map<string, string> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  const files = new Map<string, string>();
  for (let entry = 0; entry < count; entry += 1) {
    expect(archive.readUInt32LE(at)).toBe(0x02014b50);
    const crc = archive.readUInt32LE(at + 16);
    const compressed = archive.readUInt32LE(at + 20);
    const size = archive.readUInt32LE(at + 24);
    const nameLength = archive.readUInt16LE(at + 28);
    const offset = archive.readUInt32LE(at + 42);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    expect(archive.readUInt32LE(offset)).toBe(0x04034b50);
    const begin = offset + 30 + nameLength;
    const content = inflateRawSync(archive.subarray(begin, begin + compressed));
    expect(content.length).toBe(size);
    expect(crc32(content)).toBe(crc);
    files.set(name, content.toString('utf8'));
    at += 46 + nameLength;
  }
  return files;
}

/** The cell at a reference, as it stands in the sheet. */
function cell(sheet: string | undefined, reference: string): string | undefined {
  return sheet?.match(new RegExp(`<c r="${reference}".*?</c>`, 'su'))?.[0];
}

const sheetOf = async (
  columns: Parameters<typeof encodedBytes>[0],
  rows: readonly Row[],
): Promise<string | undefined> =>
  unzip(await encodedBytes(columns, rows, { format: 'xlsx' })).get('xl/worksheets/sheet1.xml');

describe('the checksum', () => {
  it('is that of the standard, also in pieces', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
    const long = Buffer.from('The quick brown fox jumps over the lazy dog');
    expect(crc32(long)).toBe(0x414fa339);
    expect(crc32(long.subarray(13), crc32(long.subarray(0, 13)))).toBe(0x414fa339);
    expect(crc32(Buffer.from('6789'), crc32(Buffer.from('12345')))).toBe(0xcbf43926);
  });
});

describe('columnLetters', () => {
  it('counts as spreadsheets do', () => {
    expect([0, 25, 26, 51, 52, 701, 702, 16_383].map(columnLetters)).toEqual([
      'A',
      'Z',
      'AA',
      'AZ',
      'BA',
      'ZZ',
      'AAA',
      'XFD',
    ]);
  });
});

describe('a workbook', () => {
  it('has the parts that a spreadsheet looks for', async () => {
    const files = unzip(await encodedBytes([text('a')], [['x']], { format: 'xlsx' }));
    expect([...files.keys()].sort()).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
    ]);
    expect(files.get('[Content_Types].xml')).toContain('/xl/worksheets/sheet1.xml');
  });

  it('holds numbers of up to 15 digits as numbers and longer ones as text', async () => {
    const rows = [
      ['123456789012345', '1234567890123456', '0.000000000000001', '-0', 'NaN', '1e400'],
    ];
    const columns = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => column(name, 1700));
    const sheet = await sheetOf(columns, rows);
    expect(cell(sheet, 'A2')).toBe('<c r="A2"><v>123456789012345</v></c>');
    expect(cell(sheet, 'C2')).toBe('<c r="C2"><v>0.000000000000001</v></c>');
    for (const [reference, value] of [
      ['B2', '1234567890123456'],
      ['D2', '-0'],
      ['E2', 'NaN'],
      ['F2', '1e400'],
    ] as const) {
      expect(cell(sheet, reference)).toContain('t="inlineStr"');
      expect(cell(sheet, reference)).toContain(`>${value}</t>`);
    }
  });

  it('holds formulas and numbers in text columns as text', async () => {
    const sheet = await sheetOf([text('a'), text('b')], [['=cmd()', '007']]);
    expect(cell(sheet, 'A2')).toContain('t="inlineStr"');
    expect(cell(sheet, 'A2')).toContain('>=cmd()</t>');
    expect(cell(sheet, 'B2')).toContain('>007</t>');
    expect(sheet).not.toContain('<f>');
  });

  it('writes what XML cannot hold as spreadsheets do, and leaves NULL out', async () => {
    const sheet = await sheetOf(
      [text('a'), text('b'), text('c')],
      [['<&>\u0001', null, 'a_x0041_\r\n\tz']],
    );
    expect(cell(sheet, 'A2')).toContain('>&lt;&amp;&gt;_x0001_</t>');
    expect(cell(sheet, 'B2')).toBeUndefined();
    expect(cell(sheet, 'C2')).toContain('>a_x005F_x0041__x000D_\n\tz</t>');
  });

  it('writes each cell as its whole text asks for, copied or not', async () => {
    const digits = stringMatching(/^-?\d{0,17}(?:\.\d{0,3})?(?:e\d)?$/u);
    const value = oneof(string({ unit: codePoint }), digits, constantFrom(' a', 'a\n', '_x0041_'));
    await assert(
      asyncProperty(value, constantFrom(25, 23, 1700), async (written, typeOid) => {
        const sheet = await sheetOf([column('a', typeOid)], [[written]]);
        const expected = valueCell('A2', written, typeOid);
        const isSpaced = /^[\t\n\r ]|[\t\n\r ]$/u.test(written);
        const unspaced = (xml: string): string =>
          isSpaced ? xml : xml.replace(' xml:space="preserve"', '');
        expect(unspaced(cell(sheet, 'A2') ?? '')).toBe(unspaced(expected));
      }),
    );
  });

  it('cuts what no cell can hold, not within a character, and says so', async () => {
    const notices: Notice[] = [];
    const long = `${'x'.repeat(32_766)}🐘`;
    const archive = await encodedBytes([text('a')], [[long]], { format: 'xlsx' }, { notices });
    const sheet = unzip(archive).get('xl/worksheets/sheet1.xml');
    expect(cell(sheet, 'A2')).toContain(`>${'x'.repeat(32_766)}</t>`);
    expect(notices).toMatchObject([{ severity: 'WARNING' }]);
  });

  it.each(['q', 'é', '€', '&'])('cuts a cell of many %s at the same length', async (character) => {
    const archive = await encodedBytes([text('a')], [[character.repeat(100_000)]], {
      format: 'xlsx',
    });
    const shown = cell(unzip(archive).get('xl/worksheets/sheet1.xml'), 'A2');
    expect(shown?.replaceAll('&amp;', '&').split(character)).toHaveLength(32_767 + 1);
  });

  it('goes on in a next sheet when one is full', async () => {
    const notices: Notice[] = [];
    const batches = async function* () {
      yield batchOf([['1'], ['2'], ['3']], 1);
      yield batchOf([['4'], ['5']], 1);
    };
    const chunks: Uint8Array[] = [];
    const encoded = encodeXlsx(
      [text('n')],
      batches(),
      { format: 'xlsx', header: true },
      (notice) => notices.push(notice),
      { rows: 3, bytes: 1_000_000 },
    );
    for await (const chunk of encoded) chunks.push(chunk);
    const files = unzip(Buffer.concat(chunks));
    const values = [1, 2, 3].map((sheet) =>
      [...(files.get(`xl/worksheets/sheet${sheet}.xml`) ?? '').matchAll(/>([^<>]+)<\/t>/gu)].map(
        ([, value]) => value,
      ),
    );
    expect(values).toEqual([
      ['n', '1', '2'],
      ['n', '3', '4'],
      ['n', '5'],
    ]);
    expect(notices).toMatchObject([{ message: expect.stringContaining('3 sheets') }]);
  });
});
