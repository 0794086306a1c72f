import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { connectionProfile, openedConnection } from '../connections/connection-fixture';

vi.stubGlobal('navigator', { userAgent: '' });
const invoke = vi.fn<(channel: string) => Promise<unknown>>();
const window = { addEventListener: () => undefined, postern: { invoke } };
vi.stubGlobal('window', window);
const { closeAsAsked, tellOutdated } = await import('../../../../src/renderer/app/actions');
const { currentConnection, showConnection, useApp } =
  await import('../../../../src/renderer/app/app-store');
const { useToasts } = await import('../../../../src/renderer/components/toast-store');
const { useConnections } =
  await import('../../../../src/renderer/features/connections/connections-store');
const { dropRun, updateRun } =
  await import('../../../../src/renderer/features/query/run/run-store');
const { emptyTab, tabList } = await import('../../../../src/renderer/features/query/tabs/tab-list');
const { setWorkspace } =
  await import('../../../../src/renderer/features/query/tabs/workspace-state');

const before = connectionProfile('shop', { passwordSource: 'none' });
const after = { ...before, host: 'elsewhere' };
const connection = (connectionId: string) => openedConnection('shop', { connectionId });
const tab = emptyTab([]);

beforeEach(() => {
  vi.stubGlobal('window', window);
  invoke.mockReset();
  invoke.mockImplementation(async (channel) => ({
    ok: true,
    value: channel === 'connection:open' ? connection('new') : [],
  }));
  useToasts.setState({ toasts: [] });
  useConnections.setState({ connections: [connection('old')], profiles: [after] });
  setWorkspace(before.id, { status: 'ready', list: tabList([tab], tab.id), saveError: null });
  showConnection('old');
});
afterEach(() => {
  dropRun(tab.id);
  useConnections.setState({ connections: [] });
  useApp.setState({ closeRequest: null, screen: { kind: 'home' } });
});

it('opens a connection again that was asked about, since a transaction would be rolled back', async () => {
  updateRun(tab.id, { transaction: 'open' });
  tellOutdated(before, after);
  useToasts.getState().toasts[0]?.action?.run();
  await vi.waitFor(() => expect(useApp.getState().closeRequest).not.toBeNull());
  expect(invoke).not.toHaveBeenCalled();
  await closeAsAsked();
  expect(currentConnection()?.connectionId).toBe('new');
  expect(useApp.getState().closeRequest).toBeNull();
});
