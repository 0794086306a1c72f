import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowWindow } from '../../../../../src/renderer/components/grid/row-window';
import { WindowMemory } from '../../../../../src/renderer/components/grid/window-memory';
import { cellText } from '../../../../../src/shared/models/row-batch';
import { batchOf } from './row-batches';

const megabyte = 1024 * 1024;
const stretch = (from: number, to: number) =>
  batchOf(
    Array.from({ length: to - from }, (_, index) => [String(from + index)]),
    1,
  );
const read = (window: RowWindow, row: number): string | null | undefined => {
  const found = window.find(row);
  return found === null ? undefined : cellText(found.batch, found.rowInBatch, 0);
};

describe('RowWindow', () => {
  it('has exactly the rows that were put in, however they overlap', () => {
    const stretches = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 20 })));
    fc.assert(
      fc.property(stretches, (parts) => {
        const window = new RowWindow(new WindowMemory(megabyte));
        const here = new Set<number>();
        for (const [from, length] of parts) {
          const rows = Array.from({ length }, (_, index) => from + index);
          window.insert(from, stretch(from, from + length));
          if (rows.every((row) => !here.has(row))) for (const row of rows) here.add(row);
        }
        for (let row = 0; row < 90; row += 1) {
          expect(read(window, row)).toBe(here.has(row) ? String(row) : undefined);
          let end = row;
          while (here.has(end)) end += 1;
          expect(window.endOfRun(row)).toBe(end);
        }
      }),
    );
  });

  it('tells the gap around a row', () => {
    const window = new RowWindow(new WindowMemory(megabyte));
    window.insert(10, stretch(10, 20));
    window.insert(50, stretch(50, 60));
    expect(window.gapAround(30, { from: 0, to: 100 })).toEqual({ from: 20, to: 50 });
    expect(window.gapAround(5, { from: 0, to: 100 })).toEqual({ from: 0, to: 10 });
    expect(window.gapAround(70, { from: 0, to: 100 })).toEqual({ from: 60, to: 100 });
  });

  it('shares one budget with other results: what was used longest ago goes, whosever it is', () => {
    const memory = new WindowMemory(3 * megabyte);
    const one = new RowWindow(memory);
    const other = new RowWindow(memory);
    const large = (first: number) =>
      batchOf(
        Array.from({ length: 10 }, (_, row) => [`${first + row}`.padStart(100_000, '0')]),
        1,
      );
    one.insert(0, large(0));
    other.insert(0, large(0));
    other.insert(10, large(10));
    one.find(0);
    one.insert(10, large(10));
    expect(one.bytes + other.bytes).toBeLessThanOrEqual(3 * megabyte);
    expect(one.find(0)).not.toBeNull();
    expect(one.find(10)).not.toBeNull();
    expect(other.find(0)).toBeNull();
    expect(other.find(10)).not.toBeNull();
  });

  it('keeps no more of one result than its part, however much there is room for', () => {
    const memory = new WindowMemory(100 * megabyte, 2 * megabyte);
    const one = new RowWindow(memory);
    const other = new RowWindow(memory);
    const large = (first: number) =>
      batchOf(
        Array.from({ length: 10 }, (_, row) => [`${first + row}`.padStart(100_000, '0')]),
        1,
      );
    other.insert(0, large(0));
    for (let row = 0; row < 100; row += 10) {
      one.insert(row, large(row));
      expect(one.bytes).toBeLessThanOrEqual(2 * megabyte);
      expect(one.find(row)).not.toBeNull();
    }
    expect(one.find(70)).toBeNull();
    expect(other.find(0)).not.toBeNull();
  });

  it('never lets rows go that cannot be read again', () => {
    const window = new RowWindow(new WindowMemory(1));
    window.insert(0, stretch(0, 100), { isPinned: true });
    window.insert(100, stretch(100, 200));
    window.insert(200, stretch(200, 300));
    expect(read(window, 42)).toBe('42');
    expect(window.find(150)).toBeNull();
  });
});
