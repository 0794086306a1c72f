import type { Connection } from '@shared/models/connection-profile';
import type { SearchHit } from '@shared/models/search';
import { runCommand } from '../api/commands';
import { viewOf } from '../features/query/editor/editor-states';
import { workspaceKey } from '@shared/models/workspace';
import { openQueryTab } from '../features/query/query-store';
import { readableIdentifier } from '@shared/sql/identifiers';
import { activateQueryTab } from '../features/query/tabs/tab-actions';
import { tabListOf } from '../features/query/tabs/workspace-state';
import { hasRows, type ItemAction } from '../features/quick-open/item-actions';
import type { ItemTarget } from '../features/quick-open/items';
import { rememberObject } from '../features/quick-open/recent-objects';
import { revealObject } from '../features/schema-browser/reveal';
import { openProfile } from './actions';
import { showConnection } from './app-store';
import { openRelation } from './open-relation';
import { focusTree } from './sidebar';

/** Goes to what was chosen in the palette, or does with it what was asked. */
export function chooseItem(
  connection: Connection | null,
  target: ItemTarget,
  action: ItemAction,
): void {
  switch (target.kind) {
    case 'command':
      runCommand(target.command);
      return;
    case 'connection':
      showConnection(target.connection.connectionId);
      return;
    case 'profile':
      void openProfile(target.profile);
      return;
    case 'tab':
      if (connection !== null) activateQueryTab(workspaceKey(connection), target.tabId);
      return;
    case 'object':
      if (connection !== null) chooseObject(connection, target.hit, action);
  }
}

function chooseObject(connection: Connection, hit: SearchHit, action: ItemAction): void {
  rememberObject(workspaceKey(connection), hit);
  if (action === 'insert') insertName(connection, sqlName(hit));
  else if (action === 'open' && hasRows(hit.kind) && hit.canUse) {
    openRelation(connection, { schema: hit.schema, name: hit.name, canSelect: true });
  } else {
    focusTree();
    void revealObject(connection.connectionId, hit);
  }
}

/** The object's name as SQL has it: a column by its own name, everything else with its schema. */
export function sqlName({
  kind,
  schema,
  name,
}: Pick<SearchHit, 'kind' | 'schema' | 'name'>): string {
  if (kind === 'schema' || kind === 'column') return readableIdentifier(name);
  return `${readableIdentifier(schema)}.${readableIdentifier(name)}`;
}

/** Puts a name where the cursor of the shown editor is, or into a new tab where none is shown. */
function insertName(connection: Connection, name: string): void {
  const workspace = workspaceKey(connection);
  const tabId = tabListOf(workspace)?.activeTabId;
  const view = tabId === undefined ? null : viewOf(tabId);
  if (view === null) {
    openQueryTab(workspace, { title: name.slice(0, 200), text: name, run: false });
    return;
  }
  view.dispatch(view.state.replaceSelection(name), { scrollIntoView: true });
  view.focus();
}
