import type { TabOptions } from '@shared/models/tab-options';
import { changeTabs } from '../query-store';
import type { TabList } from '../tabs/tab-list';
import { useWorkspaces } from '../tabs/workspace-state';

const none: TabOptions = {};

/** What a tab asks of its statements, whichever connection's it is. */
export function optionsOf(tabId: string): TabOptions {
  for (const state of Object.values(useWorkspaces.getState().workspaces)) {
    if (state.status !== 'ready') continue;
    const tab = state.list.tabs.find(({ id }) => id === tabId);
    if (tab !== undefined) return tab.options ?? none;
  }
  return none;
}

/** A list in which a tab asks for something else. */
export function withOptions(list: TabList, tabId: string, options: TabOptions): TabList {
  const tabs = list.tabs.map((tab) => (tab.id === tabId ? { ...tab, options } : tab));
  return { ...list, tabs };
}

/** Has a tab ask for something else from its next run on, and keeps that with the tab. */
export function setTabOptions(workspace: string, tabId: string, options: TabOptions): void {
  changeTabs(workspace, (list) => withOptions(list, tabId, options));
}

/** The options with another timeout in milliseconds; null leaves it to the connection. */
export function withTimeout(
  { statementTimeoutMs: _old, ...rest }: TabOptions,
  timeoutMs: number | null,
): TabOptions {
  return timeoutMs === null ? rest : { ...rest, statementTimeoutMs: timeoutMs };
}

/** The options with read-only switched on or off. */
export function withReadOnly(
  { readOnly: _old, ...rest }: TabOptions,
  readOnly: boolean,
): TabOptions {
  return readOnly ? { ...rest, readOnly } : rest;
}

/** The options for scripts that go on after an error, or stop at it. */
export function withErrors({ onError: _old, ...rest }: TabOptions, goesOn: boolean): TabOptions {
  return goesOn ? { ...rest, onError: 'continue' } : rest;
}
