import { describe, expect, it, vi } from 'vitest';
import { projectBatch, sliceBatch } from '../../../../src/renderer/features/table-data/batch-rows';
import {
  type PageReader,
  TablePages,
} from '../../../../src/renderer/features/table-data/table-pages';
import { rowTexts, type RowBatch } from '../../../../src/shared/models/row-batch';
import type { DataPage, PageRequest } from '../../../../src/shared/models/table-data';
import { batchOf as rowBatch } from '../components/grid/row-batches';

const textsOf = (batch: RowBatch): (string | null)[][] =>
  Array.from({ length: batch.rowCount }, (_, row) => rowTexts(batch, row));

/** A table with the keys 0 to `count` - 1, paged as main pages it. */
function tableOf(count: number) {
  const keys = Array.from({ length: count }, (_, key) => key);
  const readPage = vi.fn<PageReader['readPage']>(async ({ direction, from, maxRows }) => {
    const at = from === null ? null : Number(from[0]);
    const found =
      direction === 'forward'
        ? keys.filter((key) => at === null || key > at).slice(0, maxRows)
        : keys.filter((key) => at === null || key < at).slice(-maxRows);
    return {
      columns: [],
      cursorColumns: [0],
      rows: rowBatch(found.map((key) => [String(key), `row ${key}`])),
      hasMore: found.length === maxRows,
      streamId: null,
      durationMs: 0,
    };
  });
  const readOn = vi.fn<PageReader['readOn']>();
  return { keys, reader: { readPage, readOn } };
}

async function open(count: number, direction: PageRequest['direction'], maxRows = 10) {
  const { keys, reader } = tableOf(count);
  const first = await reader.readPage({ direction, from: null, maxRows });
  return { keys, reader, pages: new TablePages(reader, first, direction) };
}

const keysOf = (batch: RowBatch): number[] => textsOf(batch).map(([key]) => Number(key));

describe('TablePages', () => {
  it('reads on behind the last row until there are no more', async () => {
    const { pages } = await open(25, 'forward');
    expect([pages.rowCount, pages.hasMore]).toEqual([10, true]);
    expect(keysOf(await pages.read(10, 10))).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(keysOf(await pages.read(20, 10))).toEqual([20, 21, 22, 23, 24]);
    expect([pages.rowCount, pages.hasMore]).toEqual([25, false]);
    expect(keysOf(await pages.read(25, 10))).toEqual([]);
  });

  it('gives rows from the middle of a page without asking for them again', async () => {
    const { pages, reader } = await open(25, 'forward');
    expect(keysOf(await pages.read(4, 3))).toEqual([4, 5, 6]);
    expect(await pages.row(7)).toEqual(['7', 'row 7']);
    expect(reader.readPage).toHaveBeenCalledTimes(1);
  });

  it('puts earlier rows in front, and the numbers of the others follow', async () => {
    const { pages } = await open(25, 'backward');
    expect(keysOf(await pages.read(0, 100))).toEqual([15, 16, 17, 18, 19, 20, 21, 22, 23, 24]);
    expect([pages.hasEarlier, pages.hasMore]).toEqual([true, false]);
    expect(await pages.prepend(10)).toBe(10);
    expect(keysOf(await pages.read(0, 100))).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    expect(keysOf(await pages.read(10, 1))).toEqual([15]);
    expect(await pages.prepend(10)).toBe(5);
    expect([pages.hasEarlier, pages.rowCount]).toEqual([false, 25]);
    expect(await pages.prepend(10)).toBe(0);
  });

  it('keeps a few pages and reads the others again at their place', async () => {
    const wide = 'x'.repeat(300 * 1024);
    const { reader } = tableOf(0);
    reader.readPage.mockImplementation(async ({ from, maxRows }) => {
      const start = from === null ? 0 : Number(from[0]) + 1;
      const rows = Array.from({ length: Math.min(maxRows, 4) }, (_, index) => [
        String(start + index),
        wide,
      ]);
      const rest = { columns: [], cursorColumns: [0], streamId: null, durationMs: 0 };
      return { ...rest, rows: rowBatch(rows), hasMore: true };
    });
    const first = await reader.readPage({ direction: 'forward', from: null, maxRows: 4 });
    const pages = new TablePages(reader, first, 'forward');
    for (let row = 4; row < 40; row += 4) await pages.read(row, 4);
    const known = reader.readPage.mock.calls.length;
    for (const row of [0, 21, 38, 5]) expect(keysOf(await pages.read(row, 1))).toEqual([row]);
    expect(reader.readPage.mock.calls.length).toBeGreaterThan(known);
  });

  it.each([
    ['deleted from the end', [0, 1], []],
    ['deleted, and others moved up', [0, 1], [0, 2]],
    ['added among them', [0, 2], [0, 1]],
  ])('says so when rows that were let go are not the same any more: %s', async (_, was, is) => {
    const wide = 'x'.repeat(9 * 1024 * 1024);
    const { reader } = tableOf(0);
    const page = (keys: readonly number[]): DataPage => ({
      columns: [],
      cursorColumns: [0],
      streamId: null,
      durationMs: 0,
      hasMore: true,
      rows: rowBatch(keys.map((key) => [String(key), wide])),
    });
    const pages = new TablePages(reader, page(was), 'forward');
    reader.readPage.mockResolvedValueOnce(page([3])).mockResolvedValueOnce(page([4]));
    await pages.read(2, 1);
    await pages.read(3, 1);
    reader.readPage.mockResolvedValue(page(is));
    // The first page went when the later ones came.
    await expect(pages.read(0, 1)).rejects.toThrow('reload the table');
    reader.readPage.mockResolvedValue(page(was));
    expect(keysOf(await pages.read(0, 2))).toEqual(was);
  });

  it('puts no name over the values of another column', async () => {
    const { pages, reader } = await open(25, 'forward');
    const column = { name: 'id', typeOid: 23, type: 'integer', tableOid: 1, tableColumn: 1 };
    const page = { cursorColumns: [0], streamId: null, durationMs: 0, hasMore: true };
    const rows = rowBatch([['10', 'row 10']]);
    reader.readPage.mockResolvedValueOnce({ ...page, rows, columns: [column] });
    await expect(pages.read(10, 10)).rejects.toThrow('columns of the table were changed');
    reader.readPage.mockResolvedValueOnce({ ...page, rows, columns: [], cursorColumns: [1] });
    await expect(pages.read(10, 10)).rejects.toThrow('reload the table');
    expect(keysOf(await pages.read(10, 1))).toEqual([10]);
  });

  it('reads a stream in turn and keeps all of it', async () => {
    const { reader } = tableOf(0);
    const first: DataPage = {
      columns: [],
      cursorColumns: [],
      streamId: 's',
      durationMs: 0,
      hasMore: true,
      rows: rowBatch([['0'], ['1']]),
    };
    reader.readOn
      .mockResolvedValueOnce({ rows: rowBatch([['2'], ['3']]), hasMore: true })
      .mockResolvedValueOnce({ rows: rowBatch([['4']]), hasMore: false });
    const pages = new TablePages(reader, first, 'forward');
    const [second, third] = await Promise.all([pages.read(2, 2), pages.read(4, 2)]);
    expect([...keysOf(second), ...keysOf(third)]).toEqual([2, 3, 4]);
    expect(keysOf(await pages.read(0, 2))).toEqual([0, 1]);
    expect([pages.hasMore, reader.readPage.mock.calls.length]).toEqual([false, 0]);
  });
});

describe('batches', () => {
  const batch = rowBatch([
    ['a', null, 'é🐘'],
    [null, '', 'b'],
    ['c', 'd', null],
  ]);

  it('give some columns in any order', () => {
    expect(textsOf(projectBatch(batch, [2, 0]))).toEqual([
      ['é🐘', 'a'],
      ['b', null],
      [null, 'c'],
    ]);
    expect(projectBatch(batch, [0, 1, 2])).toBe(batch);
    expect(textsOf(projectBatch(batch, []))).toEqual([[], [], []]);
  });

  it('give some rows', () => {
    expect(textsOf(sliceBatch(batch, 1, 1))).toEqual([[null, '', 'b']]);
    expect(textsOf(sliceBatch(batch, 1, 9))).toEqual([
      [null, '', 'b'],
      ['c', 'd', null],
    ]);
    expect(textsOf(sliceBatch(batch, 3, 1))).toEqual([]);
  });
});
