import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowBatchBuilder } from '../../../../../src/main/db/wire/row-batch-builder';
import { appendBatches } from '../../../../../src/main/services/query/results/append-batches';
import { cellText, rowTexts, type RowBatch } from '../../../../../src/shared/models/row-batch';
import { codePoint } from '../../../../fixtures/code-point';

type Row = readonly (string | null)[];

function dataRow(cells: Row): Buffer {
  const count = Buffer.alloc(2);
  count.writeInt16BE(cells.length);
  const parts = cells.flatMap((cell) => {
    const length = Buffer.alloc(4);
    const bytes = Buffer.from(cell ?? '');
    length.writeInt32BE(cell === null ? -1 : bytes.length);
    return [length, bytes];
  });
  return Buffer.concat([count, ...parts]);
}

function build(rows: readonly Row[], columns: number): RowBatch {
  const builder = new RowBatchBuilder(columns);
  for (const row of rows) builder.append(dataRow(row));
  return builder.take();
}

const read = (batch: RowBatch): Row[] =>
  Array.from({ length: batch.rowCount }, (_, row) => rowTexts(batch, row));

const table = fc.integer({ min: 0, max: 6 }).chain((columns) =>
  fc.record({
    columns: fc.constant(columns),
    rows: fc.array(
      fc.array(fc.option(fc.string({ unit: codePoint })), {
        minLength: columns,
        maxLength: columns,
      }),
    ),
  }),
);

describe('RowBatchBuilder', () => {
  it('gives back every cell as it came, NULL apart from the empty string', () => {
    fc.assert(
      fc.property(table, ({ rows, columns }) => {
        expect(read(build(rows, columns))).toEqual(rows);
      }),
    );
  });

  it('takes a row from the middle of what has arrived', () => {
    const builder = new RowBatchBuilder(2);
    const row = dataRow(['naïve', null]);
    const arrived = Buffer.concat([Buffer.alloc(7, 1), row, Buffer.alloc(9, 2)]);
    builder.append(dataRow(['before', 'it']));
    builder.append(arrived, 7, 7 + row.length);
    expect(read(builder.take())).toEqual([
      ['before', 'it'],
      ['naïve', null],
    ]);
  });

  it('keeps what it gave away after a very long row', () => {
    const builder = new RowBatchBuilder(1);
    const long = 'x'.repeat(5 * 1024 * 1024);
    builder.append(dataRow([long]));
    const batch = builder.take();
    builder.append(dataRow(['y'.repeat(100)]));
    builder.take();
    expect(cellText(batch, 0, 0)).toBe(long);
  });

  it('is empty after a batch was taken', () => {
    const builder = new RowBatchBuilder(1);
    builder.append(dataRow(['a']));
    builder.take();
    builder.append(dataRow(['b']));
    expect(read(builder.take())).toEqual([['b']]);
  });

  it.each([
    ['one cell less than it has columns', dataRow(['a']), 2],
    ['one cell more', dataRow(['a', 'b']), 1],
    ['less than its last cell', dataRow(['a', 'b']).subarray(0, -1), 2],
  ])('refuses a row that holds %s', (_what, row, columns) => {
    expect(() => new RowBatchBuilder(columns).append(row)).toThrow(RangeError);
  });

  it('refuses a cell that is not there', () => {
    const batch = build([['a', 'b']], 2);
    expect(() => cellText(batch, 0, 2)).toThrow(RangeError);
    expect(() => cellText(batch, 1, 0)).toThrow(RangeError);
    expect(() => cellText(batch, 0, -1)).toThrow(RangeError);
  });
});

describe('appendBatches', () => {
  it('joins batches as if their rows had come in one', () => {
    fc.assert(
      fc.property(table, fc.nat(), ({ rows, columns }, cut) => {
        const at = cut % (rows.length + 1);
        const joined = appendBatches([
          build(rows.slice(0, at), columns),
          build(rows.slice(at), columns),
        ]);
        expect(read(joined)).toEqual(rows);
      }),
    );
  });
});
