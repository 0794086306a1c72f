import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { countRows } from '../../../../src/renderer/features/table-data/row-count';
import {
  cancelRead,
  changeSelection,
  openTable,
  reloadTable,
} from '../../../../src/renderer/features/table-data/table-controller';
import {
  forgetTable,
  type TableTab,
  tableTab,
  updateTable,
} from '../../../../src/renderer/features/table-data/table-store';
import type { DataPage, DataRelation } from '../../../../src/shared/models/table-data';
import { batchOf, column } from '../components/grid/row-batches';

const name = { schema: 'public', name: 'film' };
const relation: DataRelation = {
  relation: name,
  kind: 'table',
  paging: 'key',
  key: ['id'],
  columns: [],
  hiddenColumns: [],
  foreignKeys: [],
  referencedBy: [],
};
const page: DataPage = {
  columns: [column('id')],
  cursorColumns: [0],
  rows: batchOf([['1'], ['2']]),
  hasMore: true,
  streamId: null,
  durationMs: 1,
};
const tabId = 'table';

/** Main's answers, by channel. */
const answers = new Map<string, () => Promise<unknown>>();
const asked: string[] = [];
const tab = (): TableTab | undefined => tableTab(tabId);
const isRead = () => vi.waitUntil(() => tab()?.rows != null && tab()?.readId === null);

beforeEach(() => {
  answers.clear();
  answers.set('table:describe', async () => relation);
  answers.set('table:read-page', async () => page);
  answers.set('table:count-rows', async () => ({ rows: '7' }));
  answers.set('table:estimate-rows', async () => ({ rows: 5 }));
  asked.length = 0;
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
  vi.stubGlobal('window', {
    postern: {
      invoke: async (channel: string) => {
        asked.push(channel);
        return { ok: true, value: await answers.get(channel)?.() };
      },
    },
  });
});

afterEach(() => {
  forgetTable(tabId);
  vi.unstubAllGlobals();
});

describe('a count of the rows', () => {
  it('is forgotten when the table is read again', async () => {
    openTable(tabId, 'c', 'w', name);
    await isRead();
    await vi.waitUntil(() => tab()?.count.estimate === 5);
    await countRows(tabId);
    expect(tab()?.count).toEqual({ estimate: 5, exact: '7', countingId: null });
    answers.set('table:estimate-rows', async () => ({ rows: 8 }));
    await reloadTable(tabId);
    await vi.waitUntil(() => tab()?.count.estimate === 8);
    expect(tab()?.count.exact).toBeNull();
  });

  it('leaves the estimate that came while it was made', async () => {
    openTable(tabId, 'c', 'w', name);
    await isRead();
    await vi.waitUntil(() => tab()?.count.estimate === 5);
    let count = (_rows: { rows: string }): void => undefined;
    answers.set('table:count-rows', () => new Promise((resolve) => (count = resolve)));
    const counting = countRows(tabId);
    const known = tab()?.count;
    if (known !== undefined) updateTable(tabId, { count: { ...known, estimate: 6 } });
    count({ rows: '7' });
    await counting;
    expect(tab()?.count).toEqual({ estimate: 6, exact: '7', countingId: null });
  });
});

describe('a read that is cancelled', () => {
  it('ends at once while the relation is still looked up, and reads nothing', async () => {
    let describeIt = (_relation: DataRelation): void => undefined;
    answers.set('table:describe', () => new Promise((resolve) => (describeIt = resolve)));
    openTable(tabId, 'c', 'w', name);
    await vi.waitUntil(() => asked.includes('table:describe'));
    await cancelRead(tabId);
    expect(tab()).toMatchObject({ readId: null, error: { kind: 'Cancelled' } });
    describeIt(relation);
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked).not.toContain('table:read-page');
  });

  it('gives way to the read that takes its place', async () => {
    openTable(tabId, 'c', 'w', name);
    await isRead();
    const sort = [{ column: 'id', descending: true, nulls: 'first' as const }];
    const [first, second] = [reloadTable(tabId), changeSelection(tabId, { sort })];
    expect([await first, await second]).toEqual([false, true]);
    expect(tab()).toMatchObject({ readId: null, error: null, history: { present: { sort } } });
  });
});

it('keeps typed conditions when its connection was closed and is opened again', async () => {
  openTable(tabId, 'c', 'w', name);
  await isRead();
  const draft = { filters: [], where: 'id > 1' };
  updateTable(tabId, { draft, isFiltering: true });
  openTable(tabId, 'another', 'w', name);
  expect(tab()).toMatchObject({ draft, isFiltering: true, connectionId: 'another' });
  await isRead();
  expect(tab()).toMatchObject({ draft, isFiltering: true });
});
