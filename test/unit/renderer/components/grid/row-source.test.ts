import type { RowsPage } from '@shared/models/query-result';
import { describe, expect, it, vi } from 'vitest';
import { CallError } from '../../../../../src/renderer/api/postern';
import { type RowReader, RowSource } from '../../../../../src/renderer/components/grid/row-source';
import { windowMemory } from '../../../../../src/renderer/components/grid/window-memory';
import { batchOf, column, resultOf } from './row-batches';

const columns = [column('a')];
const megabyte = 1024 * 1024;

/** Main, with so many rows whose text is their number; a row of the server is read when asked for. */
function mainWith(
  total: number,
  options: { read?: number; width?: number; perAnswer?: number } = {},
) {
  const { width = 0, perAnswer = 1_000 } = options;
  let readRows = options.read ?? 1;
  const text = (row: number): string => String(row).padStart(width, '0');
  const state = () => ({
    readRows,
    hasMore: readRows < total,
    commandTag: readRows < total ? null : `SELECT ${total}`,
  });
  const reader = {
    readRows: vi.fn<RowReader['readRows']>(async (_id, from, count): Promise<RowsPage> => {
      const to = Math.min(total, from + Math.min(count, perAnswer));
      readRows = Math.max(readRows, to);
      const rows = Array.from({ length: Math.max(0, to - from) }, (_, index) => [
        text(from + index),
      ]);
      return { rows: batchOf(rows, 1), ...state() };
    }),
    readCell: vi.fn<RowReader['readCell']>(async () => null),
    readAll: vi.fn<RowReader['readAll']>(async (_id, onProgress) => {
      onProgress(total - 1);
      readRows = total;
      return state();
    }),
    stopReading: vi.fn<RowReader['stopReading']>(),
    closeResult: vi.fn<RowReader['closeResult']>(),
  };
  const first = Array.from({ length: readRows }, (_, row) => [text(row)]);
  const source = new RowSource(resultOf(columns, first, 'r'), reader);
  return { source, reader, text };
}

const settled = async (reader: { readRows: ReturnType<typeof vi.fn> }): Promise<void> => {
  await vi.waitFor(async () => {
    const before = reader.readRows.mock.calls.length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(reader.readRows.mock.calls.length).toBe(before);
  });
};

describe('RowSource', () => {
  it('reads on until the last row', async () => {
    const { source, reader } = mainWith(4, { perAnswer: 2 });
    expect(source.state).toMatchObject({ status: 'more', rowCount: 1 });
    await source.fetchMore();
    expect(source.state).toMatchObject({ status: 'more', rowCount: 3 });
    await source.fetchMore();
    expect(source.state).toMatchObject({ status: 'complete', rowCount: 4 });
    expect([0, 1, 2, 3].map((row) => source.text(row, 0))).toEqual(['0', '1', '2', '3']);
    const calls = reader.readRows.mock.calls.length;
    await source.fetchMore();
    expect(reader.readRows).toHaveBeenCalledTimes(calls);
  });

  it('asks once for the next rows, however often they are wanted', async () => {
    const { source, reader } = mainWith(10_000);
    source.look(0, 0);
    source.look(0, 0);
    expect(reader.readRows).toHaveBeenCalledTimes(1);
    await settled(reader);
  });

  it('asks for rows that were let go, and has them again', async () => {
    windowMemory.share(1);
    const { source, reader, text } = mainWith(40_000, { width: 100 });
    await source.readToEnd();
    for (let row = 0; row < 40_000; row += 50) {
      source.look(row, row + 49);
      await settled(reader);
      expect(source.preview(row, 0)).toBe(text(row));
      expect(source.bytes).toBeLessThanOrEqual(megabyte);
    }
    expect(source.preview(0, 0)).toBeUndefined();
    source.look(0, 49);
    await settled(reader);
    expect(source.preview(0, 0)).toBe(text(0));
    expect(source.preview(49, 0)).toBe(text(49));
    windowMemory.share(64);
  });

  it('has at most two requests under way, and asks no more for what went out of sight', async () => {
    const { source, reader } = mainWith(1_000_000, { read: 1 });
    await source.readToEnd();
    const answers: (() => void)[] = [];
    const answer = reader.readRows.getMockImplementation();
    reader.readRows.mockImplementation(async (...request) => {
      await new Promise<void>((resolve) => answers.push(resolve));
      return answer?.(...request) ?? Promise.reject(new Error('no answer'));
    });
    for (let row = 0; row < 900_000; row += 30_000) source.look(row, row + 40);
    expect(reader.readRows).toHaveBeenCalledTimes(2);
    reader.readRows.mock.calls.length = 0;
    for (const release of answers.splice(0)) release();
    await vi.waitFor(() => expect(reader.readRows.mock.calls.length).toBeGreaterThan(0));
    expect(reader.readRows.mock.calls[0]?.[1]).toBeGreaterThan(860_000);
  });

  it('asks for little more than is seen where it is far from what was, and around it once that stays', async () => {
    const { source, reader } = mainWith(1_000_000, { read: 1 });
    await source.readToEnd();
    source.look(500_000, 500_040);
    await settled(reader);
    expect(reader.readRows.mock.calls).toEqual([['r', 500_000, 82]]);
    source.look(500_000, 500_040);
    await settled(reader);
    const [, next] = reader.readRows.mock.calls;
    expect(next?.[1]).toBe(500_082);
    expect(next?.[2]).toBeGreaterThan(500);
  });

  it('keeps its rows after a failure, asks no more by itself and can try again', async () => {
    const { source, reader } = mainWith(2);
    reader.readRows.mockRejectedValueOnce(
      new CallError({ kind: 'ConnectionLost', message: 'gone' }),
    );
    source.subscribe(() => source.look(0, 0));
    await source.fetchMore();
    await settled(reader);
    expect(reader.readRows).toHaveBeenCalledTimes(1);
    expect(source.state).toMatchObject({ status: 'failed', rowCount: 1 });
    expect(source.state.error).toMatchObject({ kind: 'ConnectionLost', message: 'gone' });
    await source.fetchMore();
    expect(source.state).toMatchObject({ status: 'complete', rowCount: 2, error: null });
  });

  it('tells how far reading to the end is, and that it stopped before', async () => {
    const { source, reader } = mainWith(5_000);
    const seen: string[] = [];
    source.subscribe(() => seen.push(`${source.state.status} ${source.rowCount}`));
    reader.readAll.mockImplementationOnce(async (_id, onProgress) => {
      onProgress(2_000);
      source.stopReading();
      return { readRows: 2_500, hasMore: true, commandTag: null };
    });
    await source.readToEnd();
    expect(seen).toEqual(['reading 1', 'reading 2000', 'more 2500']);
    expect(reader.stopReading).toHaveBeenCalledExactlyOnceWith('r');
    await source.readToEnd();
    expect(source.state).toMatchObject({ status: 'complete', rowCount: 5_000 });
  });

  it('reads up to a row and stops there, unless all rows were asked for', async () => {
    const { source, reader } = mainWith(10);
    expect(await source.readUpTo(5)).toBe(true);
    expect(reader.stopReading).toHaveBeenCalledOnce();
    expect(source.rowCount).toBeGreaterThan(5);

    const other = mainWith(10);
    void other.source.readToEnd();
    expect(await other.source.readUpTo(5)).toBe(true);
    expect(other.reader.stopReading).not.toHaveBeenCalled();
  });

  it('says that a row is not there when all rows come before it, or reading fails', async () => {
    const { source, reader } = mainWith(10);
    expect(await source.readUpTo(10)).toBe(false);
    expect(await source.readUpTo(9)).toBe(true);
    const failing = mainWith(10);
    failing.reader.readAll.mockRejectedValueOnce(new Error('lost'));
    expect(await failing.source.readUpTo(5)).toBe(false);
    expect(reader.stopReading).not.toHaveBeenCalled();
  });

  it('says that the rest was given up when main no longer reads on', async () => {
    const { source, reader } = mainWith(10);
    reader.readRows.mockResolvedValueOnce({
      rows: batchOf([], 1),
      readRows: 1,
      hasMore: false,
      commandTag: null,
    });
    await source.fetchMore();
    expect(source.state).toMatchObject({ status: 'closed', rowCount: 1 });
  });

  it('takes no rows after it was closed, and closes once', async () => {
    const { source, reader } = mainWith(10);
    const fetching = source.fetchMore();
    source.close();
    source.close();
    await fetching;
    expect(source.state).toMatchObject({ status: 'closed', rowCount: 1 });
    expect(reader.closeResult).toHaveBeenCalledExactlyOnceWith('r');
  });

  it('tells its listeners until they leave', async () => {
    const { source } = mainWith(100, { perAnswer: 2 });
    const listener = vi.fn<() => void>();
    const leave = source.subscribe(listener);
    await source.fetchMore();
    expect(listener.mock.calls.length).toBeGreaterThan(0);
    listener.mockClear();
    leave();
    await source.fetchMore();
    expect(listener).not.toHaveBeenCalled();
  });

  it('refuses the text of rows that are not here', () => {
    const { source } = mainWith(10);
    expect(() => source.text(1, 0)).toThrow(RangeError);
    expect(source.preview(1, 0)).toBeUndefined();
  });

  it('gives the whole of a cell that was cut, byte order mark and all', async () => {
    const { source, reader } = mainWith(10);
    reader.readRows.mockResolvedValueOnce({
      rows: { ...batchOf([['begin']], 1), cut: [{ index: 0, byteLength: 12 }] },
      readRows: 2,
      hasMore: true,
      commandTag: null,
    });
    reader.readCell.mockResolvedValueOnce(new TextEncoder().encode('\uFEFFbeginning'));
    await source.fetchMore();
    expect(source.preview(1, 0)).toBe('begin');
    expect(source.hasText(1, 0)).toBe(false);
    expect(await source.wholeText(1, 0)).toBe('\uFEFFbeginning');
    expect(reader.readCell).toHaveBeenCalledExactlyOnceWith('r', 1, 0);
  });
});
