import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { QueryRun } from '../../../../src/shared/models/query-result';
import { openedConnection } from '../connections/connection-fixture';

vi.stubGlobal('navigator', { userAgent: '' });
vi.stubGlobal('window', { addEventListener: () => undefined });
const { watchOverdueReviews } = await import('../../../../src/renderer/app/review-reminders');
const { useApp } = await import('../../../../src/renderer/app/app-store');
const { useToasts } = await import('../../../../src/renderer/components/toast-store');
const { useConnections } =
  await import('../../../../src/renderer/features/connections/connections-store');
const { noteReview, useReviews } =
  await import('../../../../src/renderer/features/query/run/review-store');
const { updateRun } = await import('../../../../src/renderer/features/query/run/run-store');
const { emptyTab, tabList } = await import('../../../../src/renderer/features/query/tabs/tab-list');
const { saveNow } = await import('../../../../src/renderer/features/query/tabs/persistence');
const { setWorkspace, tabListOf } =
  await import('../../../../src/renderer/features/query/tabs/workspace-state');

const reviewed: QueryRun = {
  outcomes: [],
  transaction: 'open',
  review: { statements: [], locks: [] },
};
const connection = (connectionId: string, name: string) =>
  openedConnection(name, { connectionId, profileId: connectionId });
const tabs = [
  { ...emptyTab([]), id: 'front' },
  { ...emptyTab([]), id: 'behind', title: 'Move \u202eorders' },
];

let stop = (): void => undefined;
beforeEach(() => {
  vi.useFakeTimers();
  useReviews.setState({ reviews: {} });
  useToasts.setState({ toasts: [] });
  useConnections.setState({ connections: [connection('other', 'EU-1'), connection('c', 'EU-2')] });
  setWorkspace('c', { status: 'ready', list: tabList(tabs, 'front'), saveError: null });
  stop = watchOverdueReviews();
});
afterEach(async () => {
  stop();
  // What is to be saved soon would wait for the tests of another file.
  await saveNow('c');
  vi.useRealTimers();
});

it('names the tab and the connection of a review that was left open, once, and leads there', () => {
  updateRun('behind', { transaction: 'open' });
  noteReview('behind', reviewed);
  vi.advanceTimersByTime(600_000);
  const { toasts } = useToasts.getState();
  expect(toasts.map(({ message }) => message)).toEqual([
    'The transaction under review in "Move \\u202eorders" on "EU-2" has been open for 2 minutes: others may wait for it.',
  ]);
  toasts[0]?.action?.run();
  expect(useApp.getState().screen).toEqual({ kind: 'connection', connectionId: 'c' });
  expect(tabListOf('c')?.activeTabId).toBe('behind');
});

it('is silent about a review that has ended', () => {
  updateRun('behind', { transaction: 'open' });
  noteReview('behind', reviewed);
  updateRun('behind', { transaction: 'idle' });
  vi.advanceTimersByTime(600_000);
  expect(useToasts.getState().toasts).toEqual([]);
});
