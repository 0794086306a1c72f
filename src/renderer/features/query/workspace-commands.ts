import type { CommandName } from '@shared/commands';
import type { ExplainMode } from '@shared/sql/explain';
import { useEffect, useRef } from 'react';
import { listenToCommands } from '../../api/commands';
import { openEmptyTab, reopenClosedTab, stepQueryTab } from './tabs/tab-actions';

/** What commands ask for; always for the active tab. */
interface WorkspaceCommands {
  /** The workspace's key. */
  readonly workspace: string;
  readonly run: () => void;
  readonly runAll: () => void;
  readonly explain: (mode: ExplainMode) => void;
  readonly format: () => void;
  /** Returns whether there was a run to cancel. */
  readonly cancel: () => boolean;
  readonly closeTab: () => void;
  /** Opens the export of the result in front. */
  readonly exportResult: () => void;
  readonly openFiles: () => void;
  readonly saveFile: () => void;
  readonly saveFileAs: () => void;
}

/** What each of the workspace's commands does; all others are the window's. */
const actions: Readonly<Partial<Record<CommandName, (commands: WorkspaceCommands) => void>>> = {
  'new-tab': ({ workspace }) => openEmptyTab(workspace),
  'close-tab': ({ closeTab }) => closeTab(),
  'reopen-tab': ({ workspace }) => reopenClosedTab(workspace),
  'next-tab': ({ workspace }) => stepQueryTab(workspace, 1),
  'previous-tab': ({ workspace }) => stepQueryTab(workspace, -1),
  run: ({ run }) => run(),
  'run-all': ({ runAll }) => runAll(),
  explain: ({ explain }) => explain('plan'),
  'explain-analyze': ({ explain }) => explain('analyze'),
  format: ({ format }) => format(),
  cancel: ({ cancel }) => void cancel(),
  'export-result': ({ exportResult }) => exportResult(),
  'open-file': ({ openFiles }) => openFiles(),
  'save-file': ({ saveFile }) => saveFile(),
  'save-file-as': ({ saveFileAs }) => saveFileAs(),
  'focus-editor': () => focusTarget('[data-focus-target="editor"] .cm-content'),
  'focus-results': () => focusTarget('[data-focus-target="results"]'),
};

function focusTarget(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}

/** Carries out the workspace's commands while it is on the page; Escape cancels as well. */
export function useWorkspaceCommands(commands: WorkspaceCommands): void {
  const newest = useRef(commands);
  useEffect(() => {
    newest.current = commands;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      // A dialog keeps its keys, and a key that an element has used is used up.
      if (event.defaultPrevented || document.querySelector('[role$="dialog"]') !== null) return;
      if (event.key === 'Escape' && newest.current.cancel()) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    const stop = listenToCommands((command) => actions[command]?.(newest.current));
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      stop();
    };
  }, []);
}
