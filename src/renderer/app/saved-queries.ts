import type { Connection } from '@shared/models/connection-profile';
import type { SavedQuery } from '@shared/models/saved-query';
import { workspaceKey } from '@shared/models/workspace';
import { showToast } from '../components/toast-store';
import { newestText } from '../features/query/editor/editor-states';
import { changeTabs, openQueryTab } from '../features/query/query-store';
import { renameTab } from '../features/query/tabs/tab-list';
import { tabListOf } from '../features/query/tabs/workspace-state';
import { savedText, showSavedQueries } from '../features/saved-queries/saved-queries-store';

/** Asks for a name for the text of the shown tab, which is then called so too. */
export function saveShownQuery(connection: Connection): void {
  const workspace = workspaceKey(connection);
  const list = tabListOf(workspace);
  const tab = list?.tabs.find(({ id }) => id === list.activeTabId);
  if (tab === undefined || tab.relation !== undefined) {
    showToast({ tone: 'neutral', message: 'There is no query here to save.' });
    return;
  }
  showSavedQueries({
    kind: 'save',
    text: newestText(tab.id)?.text ?? tab.text,
    name: tab.title,
    onSaved: ({ name }) => changeTabs(workspace, (tabs) => renameTab(tabs, tab.id, name)),
  });
}

/** Opens a saved query in a tab that is called like it. */
export async function openSavedQuery(connection: Connection, query: SavedQuery): Promise<void> {
  const text = await savedText(query);
  if (text === null) return;
  openQueryTab(workspaceKey(connection), { title: query.name, text, run: false });
}
