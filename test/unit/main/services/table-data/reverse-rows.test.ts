import { expect, it } from 'vitest';
import { RowBatchBuilder } from '../../../../../src/main/db/wire/row-batch-builder';
import { reverseRows } from '../../../../../src/main/services/table-data/reverse-rows';
import { rowTexts } from '../../../../../src/shared/models/row-batch';

/** The body of a DataRow message (PostgreSQL manual, "Message Formats"). */
function dataRow(values: readonly (string | null)[]): Buffer {
  const count = Buffer.alloc(2);
  count.writeInt16BE(values.length);
  const cells = values.map((value) => {
    const bytes = Buffer.from(value ?? '');
    const length = Buffer.alloc(4);
    length.writeInt32BE(value === null ? -1 : bytes.length);
    return Buffer.concat([length, bytes]);
  });
  return Buffer.concat([count, ...cells]);
}

it.each([
  [[]],
  [[['a', null]]],
  [
    [
      ['a', null],
      [null, ''],
      ['', 'é🐘'],
      [null, null],
      ['last', 'b'],
    ],
  ],
])('turns rows around with NULLs and empty texts apart: %j', (rows: (string | null)[][]) => {
  const builder = new RowBatchBuilder(2);
  for (const row of rows) builder.append(dataRow(row));
  const reversed = reverseRows(builder.take());
  const texts = Array.from({ length: reversed.rowCount }, (_, row) => rowTexts(reversed, row));
  expect(texts).toEqual(rows.toReversed());
});
