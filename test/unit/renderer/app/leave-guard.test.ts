import { beforeEach, expect, it, vi } from 'vitest';
import { emptyTab } from '../../../../src/renderer/features/query/tabs/tab-list';
import {
  setWorkspace,
  useWorkspaces,
} from '../../../../src/renderer/features/query/tabs/workspace-state';

vi.stubGlobal('navigator', { userAgent: '' });
vi.stubGlobal('window', { addEventListener: () => undefined });
const { useConnections } =
  await import('../../../../src/renderer/features/connections/connections-store');
const { lossOnLeaving } = await import('../../../../src/renderer/app/use-leave-guard');

beforeEach(() => {
  useConnections.setState({ connections: [] });
  useWorkspaces.setState({ workspaces: {} });
});

const tab = emptyTab([]);
const list = { tabs: [tab], activeTabId: tab.id, closed: [] };

it('asks before the window closes over texts that could not be saved', () => {
  setWorkspace('w', { status: 'ready', list, saveError: null });
  expect(lossOnLeaving()).toBeNull();
  const saveError = { kind: 'StorageFailed', message: 'The disk is full.' } as const;
  setWorkspace('w', { status: 'ready', list, saveError });
  expect(lossOnLeaving()).toBe('The newest texts of tabs could not be saved.');
});
