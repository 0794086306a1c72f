import type { CommandName } from '@shared/commands';
import { workspaceKey } from '@shared/models/workspace';
import { useEffect } from 'react';
import { listenToCommands, runCommand } from '../api/commands';
import { applySettings } from '../components/apply-settings';
import { isModalDialogOpen } from '../components/modal-dialog';
import { openHistory } from '../features/history/history-store';
import { openQuickOpen } from '../features/quick-open/quick-open-store';
import { showSavedQueries } from '../features/saved-queries/saved-queries-store';
import { openSettings } from '../features/settings/settings-dialog-store';
import { toggleSystem } from '../features/schema-browser/catalog-filter';
import { refreshCatalog } from '../features/schema-browser/refresh-catalog';
import { newConnection, requestClose } from './actions';
import { currentConnection, goHome } from './app-store';
import { saveShownQuery } from './saved-queries';
import { answerSelectAll } from './select-all';
import { focusTree, toggleSidebar } from './sidebar';
import { commandOf } from './shortcuts';

/** What the window itself does; null for what belongs to the query workspace, which listens for itself. */
const actions: Readonly<Record<CommandName, (() => void) | null>> = {
  'quick-open': () => openQuickOpen(),
  'show-commands': () => openQuickOpen('>'),
  'new-connection': newConnection,
  'show-connections': goHome,
  'show-settings': () => openSettings(),
  'close-connection': withConnection((connection) => void requestClose(connection)),
  'show-history': showHistory,
  'save-query': withConnection(saveShownQuery),
  'show-saved-queries': () => showSavedQueries({ kind: 'list' }),
  'toggle-sidebar': toggleSidebar,
  'focus-tree': focusTree,
  'refresh-catalog': withConnection(({ connectionId }) => void refreshCatalog(connectionId)),
  'toggle-system-schemas': withConnection(({ connectionId }) => toggleSystem(connectionId)),
  'theme-system': () => void applySettings({ theme: 'system' }),
  'theme-light': () => void applySettings({ theme: 'light' }),
  'theme-dark': () => void applySettings({ theme: 'dark' }),
  'new-tab': null,
  'close-tab': null,
  'reopen-tab': null,
  'next-tab': null,
  'previous-tab': null,
  run: null,
  'run-all': null,
  explain: null,
  'explain-analyze': null,
  format: null,
  cancel: null,
  'export-result': null,
  'open-file': null,
  'save-file': null,
  'save-file-as': null,
  'focus-editor': null,
  'focus-results': null,
};

function showHistory(): void {
  const connection = currentConnection();
  openHistory(connection === null ? null : workspaceKey(connection));
}

function withConnection(
  act: (connection: NonNullable<ReturnType<typeof currentConnection>>) => void,
): () => void {
  return () => {
    const connection = currentConnection();
    if (connection !== null) act(connection);
  };
}

/** Runs the window's commands, from its menu, from the palette and from the keyboard. */
export function useCommands(): void {
  useEffect(() => {
    const handleKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      if (answerSelectAll(event)) {
        event.preventDefault();
        return;
      }
      if (isModalDialogOpen()) return;
      const command = commandOf(event);
      if (command === null) return;
      event.preventDefault();
      runCommand(command);
    };
    const stop = listenToCommands((command) => actions[command]?.());
    window.addEventListener('keydown', handleKey);
    return () => {
      stop();
      window.removeEventListener('keydown', handleKey);
    };
  }, []);
}
