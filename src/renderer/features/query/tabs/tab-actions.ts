import { call, errorData } from '../../../api/postern';
import { showToast } from '../../../components/toast-store';
import { dropEditorState, newestText } from '../editor/editor-states';
import { clearNews } from '../files/file-news';
import { forgetSaved } from '../files/saved-texts';
import { dismissValueRequest } from '../parameters/ask-for-values';
import { dropTypedValues } from '../parameters/typed-values';
import { addTabIfRoom, changeTabs, reopenIfRoom } from '../query-store';
import { closeResults } from '../run/run-controller';
import { dropRun, tabRun } from '../run/run-store';
import { saveNow } from './persistence';
import { activateTab, closeTab, emptyTab, stepTab } from './tab-list';
import { tabListOf } from './workspace-state';

/** Opens an empty tab. */
export function openEmptyTab(key: string): void {
  addTabIfRoom(key, (tabs) => emptyTab(tabs));
}

/** Why a tab should not be closed without asking; null when nothing would be lost. */
export function lossOnClose(tabId: string): string | null {
  const { running, transaction } = tabRun(tabId);
  if (transaction !== 'idle') return 'It has an open transaction, which closing rolls back.';
  return running === null || running.isAsking
    ? null
    : 'It runs a statement, which closing cancels.';
}

/** Closes a tab with its results and what main holds for it. Its text is kept for "reopen". */
export function closeQueryTab(key: string, connectionId: string, tabId: string): void {
  const tab = tabListOf(key)?.tabs.find(({ id }) => id === tabId);
  if (tab === undefined) return;
  const newest = { ...tab, ...newestText(tabId) };
  changeTabs(key, (list) => closeTab(list, newest));
  dismissValueRequest({ tabId });
  dropTypedValues(tabId);
  closeResults(tabId);
  dropRun(tabId);
  dropEditorState(tabId);
  forgetSaved(tabId);
  clearNews(tabId);
  void saveNow(key);
  call('query:close-tab', { connectionId, tabId }).catch((error: unknown) => {
    const data = errorData(error);
    // A connection that is closed has ended what its tabs held.
    if (data.kind !== 'NotFound') showToast({ tone: 'danger', message: data.message });
  });
}

/** Brings back the tab that was closed last. */
export function reopenClosedTab(key: string): void {
  reopenIfRoom(key);
}

/** Makes a tab active. */
export function activateQueryTab(key: string, tabId: string): void {
  changeTabs(key, (list) => activateTab(list, tabId));
}

/** Makes the neighbour `step` places to the right active, around the ends. */
export function stepQueryTab(key: string, step: number): void {
  changeTabs(key, (list) => stepTab(list, step));
}
