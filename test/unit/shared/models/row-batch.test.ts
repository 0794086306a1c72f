import { batchOf, isRowBatch, type RowBatch } from '@shared/models/row-batch';
import { describe, expect, it } from 'vitest';

const cell = (text: string): Uint8Array => new TextEncoder().encode(text);
const batch = batchOf(
  [
    [cell('a'), null],
    [cell(''), cell('long')],
  ],
  2,
);

describe('isRowBatch', () => {
  it.each<[string, RowBatch]>([
    ['rows', batch],
    ['no rows of two columns', batchOf([], 2)],
    ['rows without columns', batchOf([[], []], 0)],
  ])('takes %s', (_what, value) => {
    expect(isRowBatch(value)).toBe(true);
    // As it arrives over IPC.
    expect(isRowBatch(structuredClone(value))).toBe(true);
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['no buffers', { rowCount: 1, columnCount: 1 }],
    ['more rows than offsets', { ...batch, rowCount: 3 }],
    ['rows without end', { ...batchOf([], 0), rowCount: 1e12 }],
    ['half a row', { ...batch, rowCount: 1.5, columnCount: 8 / 3 }],
    ['a cell behind the bytes', { ...batch, bytes: batch.bytes.subarray(1) }],
    ['cells in another order', { ...batch, ends: batch.ends.slice().reverse() }],
    ['a cell without its length', { ...batch, ends: Int32Array.of(3, 5, 9, 17) }],
  ])('refuses %s', (_what, value) => {
    expect(isRowBatch(value)).toBe(false);
  });
});
