import type { Connection } from '@shared/models/connection-profile';
import { workspaceKey } from '@shared/models/workspace';
import { viewOf } from '../features/query/editor/editor-states';
import { openQueryTab } from '../features/query/query-store';
import { tabListOf } from '../features/query/tabs/workspace-state';

/** Puts a text where the cursor of the shown editor is, or into a new tab where none is shown. */
export function insertText(connection: Connection, text: string, title: string): void {
  const workspace = workspaceKey(connection);
  const tabId = tabListOf(workspace)?.activeTabId;
  const view = tabId === undefined ? null : viewOf(tabId);
  if (view === null) {
    openQueryTab(workspace, { title, text, run: false });
    return;
  }
  view.dispatch(view.state.replaceSelection(text), { scrollIntoView: true });
  view.focus();
}
