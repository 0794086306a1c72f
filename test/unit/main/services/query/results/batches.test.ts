import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeLongCells } from '../../../../../../src/main/services/query/results/long-cells';
import {
  rowsThatFit,
  sliceBatch,
} from '../../../../../../src/main/services/query/results/slice-batch';
import { rowTexts, type RowBatch } from '../../../../../../src/shared/models/row-batch';
import { batchOf } from '../../../../renderer/components/grid/row-batches';
import { codePoint } from '../../../../../fixtures/code-point';

type Row = (string | null)[];
const rows = fc.integer({ min: 0, max: 5 }).chain((columns) =>
  fc.record({
    columns: fc.constant(columns),
    rows: fc.array(
      fc.array(fc.option(fc.string({ unit: codePoint, maxLength: 30 })), {
        minLength: columns,
        maxLength: columns,
      }),
    ),
  }),
);
const read = (batch: RowBatch): Row[] =>
  Array.from({ length: batch.rowCount }, (_, row) => rowTexts(batch, row));

describe('sliceBatch', () => {
  it('gives the same rows with memory of their own', () => {
    fc.assert(
      fc.property(rows, fc.nat(), fc.nat(), ({ rows: all, columns }, a, b) => {
        const from = a % (all.length + 1);
        const to = from + (b % (all.length - from + 1));
        const batch = batchOf(all, columns);
        const slice = sliceBatch(batch, from, to);
        expect(read(slice)).toEqual(all.slice(from, to));
        expect(slice.ends.buffer).toBe(slice.bytes.buffer);
        expect(slice.bytes.buffer.byteLength).toBe(slice.ends.byteLength + slice.bytes.length);
      }),
    );
  });

  it('is one with as many rows as fit, and always one', () => {
    fc.assert(
      fc.property(rows, fc.nat(400), ({ rows: all, columns }, maxBytes) => {
        fc.pre(all.length > 0 && columns > 0);
        const batch = batchOf(all, columns);
        const fits = (count: number): boolean =>
          sliceBatch(batch, 0, count).bytes.length <= maxBytes;
        const wanted = all.findLastIndex((_, row) => fits(row + 1)) + 1;
        expect(rowsThatFit(batch, 0, maxBytes)).toBe(Math.max(1, wanted));
      }),
    );
  });
});

describe('takeLongCells', () => {
  it('leaves short cells as they are, and of long ones the beginning in whole characters', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 4, max: 60 }), ({ rows: all, columns }, limit) => {
        const batch = batchOf(all, columns);
        const { rows: kept, longCells } = takeLongCells(batch, limit);
        const wanted = all.flat().map((text) => beginning(text, limit));
        expect(read(kept).flat()).toEqual(wanted);
        const long = all
          .flat()
          .map((text, index) => ({ index, bytes: new TextEncoder().encode(text ?? '') }))
          .filter(({ bytes }) => bytes.length > limit);
        expect(longCells.map(({ index, bytes }) => ({ index, bytes }))).toEqual(long);
        const lengths = long.map(({ index, bytes }) => ({ index, byteLength: bytes.length }));
        expect(kept.cut ?? []).toEqual(lengths);
      }),
      { numRuns: 300 },
    );
  });
});

/** As many whole characters of a text as its first bytes hold. */
function beginning(text: string | null, limit: number): string | null {
  let kept = '';
  for (const character of text ?? '') {
    if (Buffer.byteLength(kept + character) > limit) return kept;
    kept += character;
  }
  return text;
}
