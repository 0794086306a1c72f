import type { TabOptions } from '@shared/models/tab-options';
import type { RelationName } from '@shared/models/table-data';
import type { EditorTab } from '@shared/models/workspace';

/** An editor tab. `text` and `cursor` are those of the last save: the editor has the newest. */
export interface QueryTab {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Offset in UTF-16 units. */
  readonly cursor: number;
  /** The relation whose rows the tab shows instead of an editor. */
  readonly relation?: RelationName | undefined;
  /** What a query asks of its statements. */
  readonly options?: TabOptions | undefined;
  /** The file that the tab belongs to, with what the tab knows of it. */
  readonly file?: EditorTab['file'];
}

/** The tabs of one connection. There is always one, and one is active. */
export interface TabList {
  readonly tabs: readonly QueryTab[];
  readonly activeTabId: string;
  /** Closed tabs that held text or showed a relation, newest last. */
  readonly closed: readonly QueryTab[];
}

/** What a saved workspace may hold (src/shared/models/workspace.ts). */
export const maxTabs = 500;
/** UTF-16 units. */
export const maxTabText = 8 * 1024 * 1024;
const maxTitle = 200;
const maxClosedTabs = 50;

/** A new empty tab. `list` is what its number must not repeat. */
export function emptyTab(tabs: readonly QueryTab[]): QueryTab {
  const titles = new Set(tabs.map((tab) => tab.title));
  let number = 1;
  while (titles.has(`Query ${number}`)) number += 1;
  return { id: crypto.randomUUID(), title: `Query ${number}`, text: '', cursor: 0 };
}

/** Whether a title is one that `emptyTab` gives. */
export const isNumberedTitle = (title: string): boolean => /^Query \d+$/u.test(title);

/** Tabs as they were saved; a new empty one where there are none. */
export function tabList(tabs: readonly QueryTab[], activeTabId: string | null): TabList {
  const [first = emptyTab([])] = tabs;
  const active = tabs.find((tab) => tab.id === activeTabId) ?? first;
  return { tabs: tabs.length === 0 ? [first] : tabs, activeTabId: active.id, closed: [] };
}

/** Adds a tab after the active one and makes it active. */
export function addTab(list: TabList, tab: QueryTab): TabList {
  const index = list.tabs.findIndex(({ id }) => id === list.activeTabId) + 1;
  return { ...list, tabs: list.tabs.toSpliced(index, 0, tab), activeTabId: tab.id };
}

/** Closes a tab: its right neighbour becomes active, or the left one. A tab with text can be reopened. */
export function closeTab(list: TabList, tab: QueryTab): TabList {
  const index = list.tabs.findIndex(({ id }) => id === tab.id);
  if (index < 0) return list;
  const rest = list.tabs.toSpliced(index, 1);
  const tabs = rest.length === 0 ? [emptyTab([])] : rest;
  const neighbour = tabs[Math.min(index, tabs.length - 1)];
  const isWorthKeeping = tab.text.trim() !== '' || tab.relation !== undefined;
  const closed = isWorthKeeping ? [...list.closed, tab].slice(-maxClosedTabs) : list.closed;
  const activeTabId = list.activeTabId === tab.id ? neighbour?.id : list.activeTabId;
  return { tabs, activeTabId: activeTabId ?? list.activeTabId, closed };
}

/** Brings back the tab that was closed last, under an id of its own: main has ended the old one. */
export function reopenTab(list: TabList): TabList {
  const last = list.closed.at(-1);
  if (last === undefined) return list;
  const reopened = addTab(list, { ...last, id: crypto.randomUUID() });
  return { ...reopened, closed: list.closed.slice(0, -1) };
}

/** Makes a tab active; nothing changes for a tab that is gone. */
export function activateTab(list: TabList, tabId: string): TabList {
  return list.tabs.some(({ id }) => id === tabId) ? { ...list, activeTabId: tabId } : list;
}

/** Makes the tab `step` places to the right active, around the ends. */
export function stepTab(list: TabList, step: number): TabList {
  const index = list.tabs.findIndex(({ id }) => id === list.activeTabId);
  const next = list.tabs[(index + step + list.tabs.length) % list.tabs.length];
  return next === undefined ? list : { ...list, activeTabId: next.id };
}

/** Gives a tab a title; an empty one leaves the old. */
export function renameTab(list: TabList, tabId: string, title: string): TabList {
  const trimmed = title.trim().slice(0, maxTitle);
  if (trimmed === '') return list;
  const tabs = list.tabs.map((tab) => (tab.id === tabId ? { ...tab, title: trimmed } : tab));
  return { ...list, tabs };
}

/** Moves a tab to the place of another. */
export function moveTab(list: TabList, tabId: string, targetId: string): TabList {
  const from = list.tabs.findIndex(({ id }) => id === tabId);
  const to = list.tabs.findIndex(({ id }) => id === targetId);
  const tab = list.tabs[from];
  if (tab === undefined || to < 0 || from === to) return list;
  return { ...list, tabs: list.tabs.toSpliced(from, 1).toSpliced(to, 0, tab) };
}

/** Takes over the newest text of each tab. */
export function withTexts(
  list: TabList,
  newest: (tabId: string) => { text: string; cursor: number } | null,
): TabList {
  const tabs = list.tabs.map((tab) => ({ ...tab, ...newest(tab.id) }));
  return { ...list, tabs };
}
