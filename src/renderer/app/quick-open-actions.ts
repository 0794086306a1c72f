import type { Connection } from '@shared/models/connection-profile';
import type { SearchHit } from '@shared/models/search';
import { runCommand } from '../api/commands';
import { workspaceKey } from '@shared/models/workspace';
import { readableIdentifier } from '@shared/sql/identifiers';
import { activateQueryTab } from '../features/query/tabs/tab-actions';
import { hasRows, type ItemAction } from '../features/quick-open/item-actions';
import type { ItemTarget } from '../features/quick-open/items';
import { rememberObject } from '../features/quick-open/recent-objects';
import { revealObject } from '../features/schema-browser/reveal';
import { openProfile } from './actions';
import { showConnection } from './app-store';
import { insertText } from './insert-text';
import { openRelation } from './open-relation';
import { openSavedQuery } from './saved-queries';
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
    case 'saved-query':
      if (connection !== null) void openSavedQuery(connection, target.query);
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
  if (action === 'insert') insertText(connection, sqlName(hit), hit.name);
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
