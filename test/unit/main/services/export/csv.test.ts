import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvField } from '../../../../../src/shared/formats/csv-field';
import { exportOptionsSchema } from '../../../../../src/shared/models/export';
import { encodedBytes, encodedText, text, type Row } from './encoded';
import { codePoint } from '../../../../fixtures/code-point';

const two = [text('a'), text('b')];

/**
 * Reads CSV by RFC 4180, character by character; an unquoted empty field is NULL as for COPY. Made
 * for the test alone: it shares nothing with what writes.
 */
function readCsv(file: string, delimiter: string, nullText: string): Row[] {
  const rows: (string | null)[][] = [];
  let row: (string | null)[] = [];
  let field = '';
  let wasQuoted = false;
  let isInside = false;
  const endField = (): void => {
    row.push(!wasQuoted && field === nullText ? null : field);
    field = '';
    wasQuoted = false;
  };
  for (let index = 0; index < file.length; index += 1) {
    const character = file.charAt(index);
    if (isInside) {
      if (character !== '"') field += character;
      else if (file.charAt(index + 1) === '"') {
        field += '"';
        index += 1;
      } else isInside = false;
    } else if (character === '"') {
      isInside = true;
      wasQuoted = true;
    } else if (character === delimiter) endField();
    else if (character === '\n' || (character === '\r' && file.charAt(index + 1) === '\n')) {
      if (character === '\r') index += 1;
      endField();
      rows.push(row);
      row = [];
    } else field += character;
  }
  expect(isInside).toBe(false);
  expect(row).toEqual([]);
  return rows;
}

describe('CSV', () => {
  it('quotes what would fall apart, and nothing else', async () => {
    const rows = [
      ['plain', 'with, comma'],
      ['say "hi"', 'line\nbreak'],
      ['carriage\rreturn', ' spaces stay '],
      ['semi;colon\ttab', 'naïve 🐘'],
    ];
    expect(await encodedText(two, rows, { format: 'csv' })).toBe(
      'a,b\n' +
        'plain,"with, comma"\n' +
        '"say ""hi""","line\nbreak"\n' +
        '"carriage\rreturn", spaces stay \n' +
        'semi;colon\ttab,naïve 🐘\n',
    );
  });

  it('keeps NULL, the empty string and the NULL text apart', async () => {
    const rows = [[null, ''] as const, ['NULL', 'null'] as const];
    expect(await encodedText(two, rows, { format: 'csv', header: false })).toBe(',""\nNULL,null\n');
    expect(await encodedText(two, rows, { format: 'csv', header: false, nullText: 'NULL' })).toBe(
      'NULL,\n"NULL",null\n',
    );
  });

  it('takes the delimiter, the line ending and the byte order mark that were asked for', async () => {
    const rows = [['a;b', 'c,d']];
    const bytes = await encodedBytes(two, rows, {
      format: 'csv',
      delimiter: ';',
      lineEnding: 'crlf',
      byteOrderMark: true,
    });
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.subarray(3).toString()).toBe('a;b\r\n"a;b";c,d\r\n');
  });

  it('refuses a NULL text that holds the delimiter', () => {
    const refused = exportOptionsSchema.safeParse({ format: 'csv', nullText: 'a,b' });
    expect(refused.error?.issues[0]).toMatchObject({ path: ['nullText'] });
  });

  it('quotes the line that would end COPY FROM', async () => {
    expect(await encodedText([text('a')], [['\\.']], { format: 'csv', header: false })).toBe(
      '"\\."\n',
    );
  });

  it('quotes names like values', async () => {
    const columns = [text('a,b'), text('say "x"')];
    expect(await encodedText(columns, [], { format: 'csv' })).toBe('"a,b","say ""x"""\n');
  });

  it('neutralises formulas only when asked, and never a number', async () => {
    const rows = [
      ['=1+1', '-5'],
      ['+1', '@cmd'],
      ['-2+3', '\tx'],
      ['-1.5e-7', '=a,b'],
    ];
    const given = { format: 'csv', header: false } as const;
    expect(await encodedText(two, rows, given)).toBe(
      '=1+1,-5\n+1,@cmd\n-2+3,\tx\n-1.5e-7,"=a,b"\n',
    );
    expect(await encodedText(two, rows, { ...given, guardFormulas: true })).toBe(
      "'=1+1,-5\n+1,'@cmd\n'-2+3,'\tx\n-1.5e-7,\"'=a,b\"\n",
    );
  });

  it('neutralises formulas in full width and behind a line break, and no other text', async () => {
    const given = { format: 'csv', header: false, guardFormulas: true } as const;
    const texts = ['\uff1d1', '\uff20x', '\n=1', '\uff10', '\ufeff=1'];
    expect(
      await encodedText(
        [text('a')],
        texts.map((value) => [value]),
        given,
      ),
    ).toBe(`'\uff1d1\n'\uff20x\n"'\n=1"\n\uff10\n\ufeff=1\n`);
  });

  it('keeps a byte order mark that is part of a value', async () => {
    expect(await encodedText([text('a')], [['\uFEFFx']], { format: 'csv', header: false })).toBe(
      '\uFEFFx\n',
    );
  });

  const cell = fc.oneof(
    fc.constant(null),
    fc.string({ unit: codePoint }),
    fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', '\t', 'a', '\\', '.', ' ') }),
    fc.constantFrom('', 'NULL', '\\N', '\\.'),
  );
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 8 }),
    );

  it('reads back as it was, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('', 'NULL', '\\N'),
        fc.constantFrom('lf', 'crlf'),
        async (rows, delimiter, nullText, lineEnding) => {
          const columns = (rows[0] ?? ['', '']).map((_, index) => text(`c${index}`));
          const given = { format: 'csv', header: false, delimiter, nullText, lineEnding } as const;
          const file = await encodedText(columns, rows, given, { rowsPerBatch: 3 });
          expect(readCsv(file, delimiter, nullText)).toEqual(rows);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('writes bytes as the formatter of single fields does', async () => {
    await fc.assert(
      fc.asyncProperty(cell, fc.constantFrom('', 'NULL', 'x'), async (value, nullText) => {
        const given = { format: 'csv', header: false, nullText } as const;
        expect(await encodedText([text('a')], [[value]], given)).toBe(
          `${csvField(value, { delimiter: ',', nullText })}\n`,
        );
      }),
      { numRuns: 300 },
    );
  });
});
