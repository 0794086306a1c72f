import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openedConnection } from '../connections/connection-fixture';

vi.stubGlobal('navigator', { userAgent: '' });
const invoke = vi.fn<(channel: string) => Promise<unknown>>();
vi.stubGlobal('window', { addEventListener: () => undefined, postern: { invoke } });
const { watchCatalogChanges, watchCatalogReads, watchReconnects } =
  await import('../../../../src/renderer/app/catalog-watch');
const { useConnections } =
  await import('../../../../src/renderer/features/connections/connections-store');
const { catalogOf } = await import('../../../../src/renderer/features/query/editor/catalog-cache');
const { emptyCatalog } = await import('../../../../src/renderer/features/schema-browser/catalog');
const { useCatalogs } =
  await import('../../../../src/renderer/features/schema-browser/catalog-store');
const { updateRun } = await import('../../../../src/renderer/features/query/run/run-store');
const { emptyTab, tabList } = await import('../../../../src/renderer/features/query/tabs/tab-list');
const { setWorkspace } =
  await import('../../../../src/renderer/features/query/tabs/workspace-state');

const connection = openedConnection('n', { connectionId: 'watched', profileId: 'watched' });
const tab = emptyTab([]);
const running = {
  executionId: 'e',
  connectionId: 'watched',
  startedAt: 0,
  isAsking: false,
  progress: null,
  isCancelling: false,
};
const made = {
  id: 'o',
  title: '',
  range: null,
  notices: [],
  kind: 'command' as const,
  // What the server answers to CREATE TABLE AS.
  commandTag: 'SELECT 3',
  rowCount: 3,
  durationMs: 1,
};

/** What main tells, by its channel. */
const tell = new Map<string, (payload: unknown) => void>();
const on = (channel: string, listener: (payload: unknown) => void): (() => void) => {
  tell.set(channel, listener);
  return () => undefined;
};

let stops: readonly (() => void)[] = [];
beforeEach(() => {
  vi.stubGlobal('window', { addEventListener: () => undefined, postern: { invoke, on } });
  invoke.mockReset();
  invoke.mockResolvedValue({ ok: true, value: [] });
  useConnections.setState({ connections: [connection] });
  setWorkspace('watched', { status: 'ready', list: tabList([tab], tab.id), saveError: null });
  stops = [watchCatalogChanges(), watchCatalogReads(), watchReconnects()];
});
afterEach(() => {
  for (const stop of stops) stop();
  useConnections.setState({ connections: [] });
});

it('has completion ask anew after a table was made, once others can see it', async () => {
  const before = catalogOf('watched');
  updateRun(tab.id, { running, transaction: 'idle' });
  updateRun(tab.id, { running: null, transaction: 'open', outcomes: [made] });
  await new Promise((resolve) => setTimeout(resolve));
  expect(catalogOf('watched')).toBe(before);
  updateRun(tab.id, { running });
  updateRun(tab.id, { running: null, transaction: 'idle', outcomes: [] });
  await vi.waitFor(() => expect(catalogOf('watched')).not.toBe(before));
});

it('reads what failed once more when a lost connection is back', async () => {
  const error = { kind: 'ConnectionLost', message: 'gone' } as const;
  const catalog = { ...emptyCatalog, databases: { status: 'failed', error } as const };
  useCatalogs.setState({ catalogs: { watched: catalog } });
  const health = (state: string) =>
    tell.get('connection:health')?.({ connectionId: 'watched', state });
  health('live');
  health('lost');
  health('checking');
  expect(invoke).not.toHaveBeenCalled();
  health('live');
  health('live');
  await expect
    .poll(() => invoke.mock.calls)
    .toEqual([['catalog:list-databases', { connectionId: 'watched' }]]);
});
