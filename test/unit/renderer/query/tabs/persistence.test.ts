import type { Workspace } from '@shared/models/workspace';
import { history } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  dropEditorState,
  keepEditorState,
} from '../../../../../src/renderer/features/query/editor/editor-states';
import {
  changeTabs,
  openQueryTab,
  useQueryStore,
} from '../../../../../src/renderer/features/query/query-store';
import {
  loadWorkspace,
  saveNow,
  savePending,
  saveSoon,
} from '../../../../../src/renderer/features/query/tabs/persistence';
import { reopenClosedTab } from '../../../../../src/renderer/features/query/tabs/tab-actions';
import {
  closeTab,
  emptyTab,
  maxTabs,
  tabList,
} from '../../../../../src/renderer/features/query/tabs/tab-list';
import {
  setWorkspace,
  tabListOf,
  useWorkspaces,
} from '../../../../../src/renderer/features/query/tabs/workspace-state';

const saved: Workspace = {
  tabs: [
    { id: '7c0e6a4e-0a0b-4b5e-8a37-6a3f2b1c0d9e', title: 'Films', text: 'select 1', cursor: 3 },
  ],
  activeTabId: '7c0e6a4e-0a0b-4b5e-8a37-6a3f2b1c0d9e',
};
const [firstTab] = saved.tabs;

/** Main's side of the bridge. */
const invoke = vi.fn<(channel: string, request: unknown) => Promise<unknown>>();
let key = '';
let count = 0;

beforeEach(() => {
  vi.useFakeTimers();
  key = `workspace-${(count += 1)}`;
  vi.stubGlobal('window', { postern: { invoke } });
  invoke.mockReset();
  invoke.mockImplementation(async (channel: string) => ({
    ok: true,
    value: channel === 'workspace:load' ? saved : undefined,
  }));
});

afterEach(async () => {
  await vi.runOnlyPendingTimersAsync();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const saves = () => invoke.mock.calls.filter(([channel]) => channel === 'workspace:save');

describe('a workspace', () => {
  it('is loaded once', async () => {
    await Promise.all([loadWorkspace(key), loadWorkspace(key)]);
    expect(invoke).toHaveBeenCalledTimes(1);
    expect(tabListOf(key)).toMatchObject({ tabs: saved.tabs, activeTabId: saved.activeTabId });
  });

  it('is saved while somebody types without a pause', async () => {
    await loadWorkspace(key);
    for (let typed = 0; typed < 49; typed += 1) {
      saveSoon(key);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(saves()).toHaveLength(0);
    for (let typed = 0; typed < 4; typed += 1) {
      saveSoon(key);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(saves()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(500);
    expect(saves()).toHaveLength(2);
  });

  it('is saved half a second after the last change, with the text of the editor', async () => {
    await loadWorkspace(key);
    const state = EditorState.create({ doc: 'select 2', selection: { anchor: 8 } });
    keepEditorState(firstTab?.id ?? '', state);
    saveSoon(key);
    await vi.advanceTimersByTimeAsync(400);
    saveSoon(key);
    await vi.advanceTimersByTimeAsync(400);
    expect(saves()).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(saves()).toEqual([
      [
        'workspace:save',
        { key, workspace: { ...saved, tabs: [{ ...firstTab, text: 'select 2', cursor: 8 }] } },
      ],
    ]);
  });

  it('is saved at once when the window is left, and not again afterwards', async () => {
    await loadWorkspace(key);
    saveSoon(key);
    savePending();
    expect(saves()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    savePending();
    expect(saves()).toHaveLength(1);
  });

  it('says when it could not be saved, and that it was saved later', async () => {
    await loadWorkspace(key);
    const error = { kind: 'StorageFailed', message: 'The disk is full.' };
    invoke.mockResolvedValueOnce({ ok: false, error });
    await saveNow(key);
    expect(useWorkspaces.getState().workspaces[key]).toMatchObject({ saveError: error });
    await saveNow(key);
    expect(useWorkspaces.getState().workspaces[key]).toMatchObject({ saveError: null });
  });

  it('is never saved over tabs that could not be loaded, and can be loaded later', async () => {
    invoke.mockResolvedValueOnce({ ok: false, error: { kind: 'StorageFailed', message: 'No.' } });
    await loadWorkspace(key);
    expect(useWorkspaces.getState().workspaces[key]).toMatchObject({ status: 'failed' });
    await saveNow(key);
    expect(saves()).toHaveLength(0);
    await loadWorkspace(key);
    expect(tabListOf(key)?.tabs).toEqual(saved.tabs);
  });
});

describe('openQueryTab', () => {
  it('loads the workspace first and leaves its tabs', async () => {
    openQueryTab(key, { title: 'film', text: 'select * from film', run: true });
    await vi.waitFor(() => expect(tabListOf(key)?.tabs).toHaveLength(2));
    const list = tabListOf(key);
    const opened = list?.tabs.find(({ title }) => title === 'film');
    expect(opened).toMatchObject({ text: 'select * from film', id: list?.activeTabId });
    expect(useQueryStore.getState().tabsToRun.has(opened?.id ?? '')).toBe(true);
  });

  it('opens and reopens no more tabs than are saved', async () => {
    const tabs = Array.from({ length: maxTabs }, (_, index) => ({
      ...emptyTab([]),
      title: `Tab ${index}`,
      text: 'select 1',
    }));
    const list = { ...tabList(tabs, null), closed: [{ ...emptyTab([]), text: 'select 2' }] };
    setWorkspace(key, { status: 'ready', list, saveError: null });
    reopenClosedTab(key);
    expect(tabListOf(key)?.tabs).toHaveLength(maxTabs);
    expect(tabListOf(key)?.closed).toHaveLength(1);
    const [first] = tabs;
    if (first !== undefined) changeTabs(key, (current) => closeTab(current, first));
    reopenClosedTab(key);
    expect(tabListOf(key)?.tabs).toHaveLength(maxTabs);
  });

  it('does not ask for a run that was not wanted', async () => {
    openQueryTab(key, { title: 'film', text: 'select 1', run: false });
    await vi.waitFor(() => expect(tabListOf(key)?.tabs).toHaveLength(2));
    expect(useQueryStore.getState().tabsToRun.has(tabListOf(key)?.activeTabId ?? '')).toBe(false);
  });

  it('takes the place of a tab that was never used, but not of one whose text undo brings back', async () => {
    const untouched = { id: firstTab?.id ?? '', title: 'Query 1', text: '', cursor: 0 };
    invoke.mockImplementation(async () => ({
      ok: true,
      value: { tabs: [untouched], activeTabId: untouched.id },
    }));
    const titles = () => tabListOf(key)?.tabs.map(({ title }) => title);
    const { id } = untouched;
    dropEditorState(id);
    openQueryTab(key, { title: 'film', text: 'select 1', run: false });
    await vi.waitFor(() => expect(titles()).toEqual(['film']));

    key = `${key}-typed`;
    const empty = EditorState.create({ extensions: history() });
    const typed = empty.update({ changes: { from: 0, insert: 'select' } }).state;
    keepEditorState(id, typed.update({ changes: { from: 0, to: 6 } }).state);
    openQueryTab(key, { title: 'film', text: 'select 1', run: false });
    await vi.waitFor(() => expect(titles()).toEqual(['Query 1', 'film']));
    dropEditorState(id);
  });
});
