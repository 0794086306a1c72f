import { undoDepth } from '@codemirror/commands';
import type { RelationName } from '@shared/models/table-data';
import { create } from 'zustand';
import { showToast } from '../../components/toast-store';
import { editorState, newestText } from './editor/editor-states';
import { tabRun } from './run/run-store';
import { loadWorkspace, saveSoon } from './tabs/persistence';
import {
  activateTab,
  addTab,
  closeTab,
  emptyTab,
  isNumberedTitle,
  maxTabs,
  type QueryTab,
  reopenTab,
  type TabList,
} from './tabs/tab-list';
import { setWorkspace, tabListOf, useWorkspaces } from './tabs/workspace-state';

interface QueryStore {
  /** Tabs that `openQueryTab` asked to run as soon as they are shown. */
  readonly tabsToRun: ReadonlySet<string>;
}

/** What waits to be run. */
export const useQueryStore = create<QueryStore>(() => ({ tabsToRun: new Set() }));

/** Changes the tabs of a workspace and saves them soon; nothing happens before they are loaded. */
export function changeTabs(key: string, change: (list: TabList) => TabList): void {
  const state = useWorkspaces.getState().workspaces[key];
  if (state?.status !== 'ready') return;
  setWorkspace(key, { ...state, list: change(state.list) });
  saveSoon(key);
}

/** Adds a tab unless the workspace is full. Returns whether there was room. */
export function addTabIfRoom(key: string, make: (tabs: readonly QueryTab[]) => QueryTab): boolean {
  if (!hasRoom(key)) return false;
  changeTabs(key, (current) => addTab(current, make(current.tabs)));
  return true;
}

/** Brings back the tab that was closed last, if there is one, unless the workspace is full. */
export function reopenIfRoom(key: string): void {
  if (tabListOf(key)?.closed.length !== 0 && hasRoom(key)) changeTabs(key, reopenTab);
}

/** Whether a workspace can take another tab; says so where it is full: what has more is not saved. */
function hasRoom(key: string): boolean {
  const list = tabListOf(key);
  if (list === null) return false;
  if (list.tabs.length < maxTabs) return true;
  showToast({ tone: 'danger', message: `There are ${maxTabs} tabs. Close one to open another.` });
  return false;
}

export interface NewQueryTab {
  readonly title: string;
  readonly text: string;
  /** Whether the text is to run at once. */
  readonly run: boolean;
}

/** Opens a tab with a text in a connection's workspace, which is loaded first where it is not. */
export function openQueryTab(key: string, tab: NewQueryTab): void {
  void addQueryTab(key, tab);
}

async function addQueryTab(key: string, { title, text, run }: NewQueryTab): Promise<void> {
  await loadWorkspace(key);
  const tab = { ...emptyTab([]), title: title.slice(0, 200), text };
  if (!addInPlaceOfUntouched(key, tab) || !run) return;
  useQueryStore.setState(({ tabsToRun }) => ({ tabsToRun: new Set([...tabsToRun, tab.id]) }));
}

/** Shows a relation's rows in a tab of a connection's workspace: in the one that has it, if any. */
export async function openTableTab(key: string, relation: RelationName): Promise<void> {
  await loadWorkspace(key);
  const known = tabListOf(key)?.tabs.find(
    (tab) => tab.relation?.schema === relation.schema && tab.relation.name === relation.name,
  );
  if (known !== undefined) {
    changeTabs(key, (list) => activateTab(list, known.id));
    return;
  }
  const { schema, name } = relation;
  const title = (schema === 'public' ? name : `${schema}.${name}`).slice(0, 200);
  addInPlaceOfUntouched(key, { ...emptyTab([]), title, relation });
}

/** Adds a tab, in place of the one in front where that was never used. Returns whether there was room. */
export function addInPlaceOfUntouched(key: string, tab: QueryTab): boolean {
  const active = tabListOf(key)?.tabs.find(({ id }) => id === tabListOf(key)?.activeTabId);
  if (!addTabIfRoom(key, () => tab)) return false;
  if (active !== undefined && isUntouched(active))
    changeTabs(key, (list) => closeTab(list, active));
  return true;
}

/** A tab that was opened and never used: another one may take its place. */
function isUntouched(tab: QueryTab): boolean {
  const { text } = newestText(tab.id) ?? tab;
  const state = editorState(tab.id);
  // What was typed and deleted can be brought back, as long as the tab is there.
  const wasTypedIn = text !== '' || (state !== undefined && undoDepth(state) > 0);
  return !wasTypedIn && isNumberedTitle(tab.title) && tabRun(tab.id).outcomes.length === 0;
}

/** Takes the request to run a tab; false when there was none. */
export function takeRunRequest(tabId: string): boolean {
  const { tabsToRun } = useQueryStore.getState();
  if (!tabsToRun.has(tabId)) return false;
  useQueryStore.setState({ tabsToRun: new Set([...tabsToRun].filter((id) => id !== tabId)) });
  return true;
}
