import type { RowsPage } from '@shared/models/query-result';
import { describe, expect, it, vi } from 'vitest';
import { CallError } from '../../../../../src/renderer/api/postern';
import {
  type RowReader,
  RowSource,
} from '../../../../../src/renderer/features/query/grid/row-source';
import { batchOf, column, resultOf } from './row-batches';

const columns = [column('a')];

function page(rows: string[], hasMore: boolean): RowsPage {
  const batch = batchOf(rows.map((text) => [text]));
  const answer = { rows: batch, readRows: batch.rowCount, hasMore, commandTag: null };
  return answer;
}

function readerOf(fetchRows: RowReader['fetchRows']) {
  return {
    fetchRows: vi.fn<RowReader['fetchRows']>(fetchRows),
    closeResult: vi.fn<(resultId: string) => void>(),
  };
}

describe('RowSource', () => {
  it('reads the rest of the rows page by page', async () => {
    const pages = [page(['2', '3'], true), page(['4'], false)];
    const reader = readerOf(async () => pages.shift() ?? page([], false));
    const source = new RowSource(resultOf(columns, [['1']], 'r'), reader);
    expect(source.state).toMatchObject({ status: 'more', rowCount: 1 });
    await source.fetchMore();
    expect(source.state).toMatchObject({ status: 'more', rowCount: 3 });
    await source.fetchMore();
    expect(source.state).toMatchObject({ status: 'complete', rowCount: 4 });
    expect([0, 1, 2, 3].map((row) => source.text(row, 0))).toEqual(['1', '2', '3', '4']);
    await source.fetchMore();
    expect(reader.fetchRows).toHaveBeenCalledTimes(2);
  });

  it('has one request on its way at a time', async () => {
    const answers: ((value: RowsPage) => void)[] = [];
    const reader = readerOf(() => new Promise((resolve) => answers.push(resolve)));
    const source = new RowSource(resultOf(columns, [['1']], 'r'), reader);
    const first = source.fetchMore();
    const second = source.fetchMore();
    expect(reader.fetchRows).toHaveBeenCalledTimes(1);
    answers[0]?.(page([], true));
    await Promise.all([first, second]);
    expect(source.state.status).toBe('more');
  });

  it('keeps its rows after a failure and can try again', async () => {
    let attempts = 0;
    const reader = readerOf(async () => {
      attempts += 1;
      if (attempts === 1) throw new CallError({ kind: 'ConnectionLost', message: 'gone' });
      return page(['2'], false);
    });
    const source = new RowSource(resultOf(columns, [['1']], 'r'), reader);
    await source.fetchMore();
    expect(source.state).toMatchObject({ status: 'failed', rowCount: 1 });
    expect(source.state.error).toMatchObject({ kind: 'ConnectionLost', message: 'gone' });
    await source.fetchMore();
    expect(source.state).toMatchObject({ status: 'complete', rowCount: 2, error: null });
  });

  it('takes no rows after it was closed, and closes once', async () => {
    const answers: ((value: RowsPage) => void)[] = [];
    const reader = readerOf(() => new Promise((resolve) => answers.push(resolve)));
    const source = new RowSource(resultOf(columns, [['1']], 'r'), reader);
    const fetching = source.fetchMore();
    source.close();
    source.close();
    answers[0]?.(page(['2'], true));
    await fetching;
    expect(source.state).toMatchObject({ status: 'closed', rowCount: 1 });
    expect(reader.closeResult).toHaveBeenCalledExactlyOnceWith('r');
  });

  it('tells its listeners until they leave', async () => {
    const source = new RowSource(
      resultOf(columns, [], 'r'),
      readerOf(async () => page(['1'], true)),
    );
    const listener = vi.fn<() => void>();
    const leave = source.subscribe(listener);
    await source.fetchMore();
    expect(listener.mock.calls.length).toBeGreaterThan(0);
    listener.mockClear();
    leave();
    await source.fetchMore();
    expect(listener).not.toHaveBeenCalled();
  });

  it('refuses rows that are not here', () => {
    const source = new RowSource(
      resultOf(columns, [['1']]),
      readerOf(async () => page([], false)),
    );
    expect(() => source.text(1, 0)).toThrow(RangeError);
    expect(() => source.preview(-1, 0)).toThrow(RangeError);
  });
});
