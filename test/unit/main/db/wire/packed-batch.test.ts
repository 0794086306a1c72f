import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packedBytes, unpackBatch } from '../../../../../src/main/db/wire/packed-batch';
import { batchOf } from '../../../../../src/shared/models/row-batch';

const batches = fc.integer({ min: 0, max: 5 }).chain((columns) =>
  fc
    .array(
      fc.array(fc.option(fc.uint8Array({ maxLength: 9 })), {
        minLength: columns,
        maxLength: columns,
      }),
    )
    .map((rows) => batchOf(rows, columns)),
);

describe('packed bytes', () => {
  it('hold a batch', () => {
    fc.assert(
      fc.property(batches, (batch) => {
        expect(unpackBatch(packedBytes(batch), batch)).toEqual(batch);
      }),
    );
  });

  it('are those of a batch that is packed already', () => {
    fc.assert(
      fc.property(batches, (batch) => {
        const packed = packedBytes(batch);
        expect(packedBytes(unpackBatch(packed, batch)).buffer).toBe(packed.buffer);
      }),
    );
  });

  it('are of their own for a batch that has less than its memory', () => {
    const packed = packedBytes(batchOf([[new Uint8Array([1])], [new Uint8Array([2])]], 1));
    const whole = unpackBatch(packed, { rowCount: 2, columnCount: 1 });
    const first = { ...whole, rowCount: 1, bytes: whole.bytes.subarray(0, 5) };
    expect(packedBytes({ ...first, ends: first.ends.subarray(0, 1) })).toHaveLength(4 + 5);
  });
});
