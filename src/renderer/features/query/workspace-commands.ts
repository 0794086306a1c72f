import type { CommandName } from '@shared/commands';
import type { ExplainMode } from '@shared/sql/explain';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import { listenToCommands } from '../../api/commands';
import { isModalDialogOpen } from '../../components/modal-dialog';
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

/** Commands that were asked for before there were tabs to carry them out, in their order. */
export type EarlyCommands = RefObject<CommandName[]>;

/** Keeps commands while the workspace is being read: a key pressed then is meant for its tabs. */
export function useEarlyCommands(early: EarlyCommands): void {
  // Before the next key: an effect may come after it.
  useLayoutEffect(() => listenToCommands((command) => early.current.push(command)), [early]);
}

/** Carries out the workspace's commands while it is on the page, the early ones first; Escape cancels as well. */
export function useWorkspaceCommands(commands: WorkspaceCommands, early: EarlyCommands): void {
  const newest = useRef(commands);
  useLayoutEffect(() => {
    newest.current = commands;
  });
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      // A dialog keeps its keys, and a key that an element has used is used up.
      if (event.defaultPrevented || isModalDialogOpen()) return;
      if (event.key === 'Escape' && newest.current.cancel()) event.preventDefault();
    };
    const carryOut = (command: CommandName): void => actions[command]?.(newest.current);
    window.addEventListener('keydown', onKeyDown);
    const stop = listenToCommands(carryOut);
    for (const command of early.current.splice(0)) carryOut(command);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      stop();
    };
  }, [early]);
}
