import type { MenuCommand } from '@shared/ipc/contract';
import type { ExplainMode } from '@shared/sql/explain';
import { useEffect, useRef } from 'react';
import { listenToCommands } from '../../api/commands';
import { listen } from '../../api/postern';
import { setProgress } from './run/run-store';
import { openEmptyTab, reopenClosedTab, stepQueryTab } from './tabs/tab-actions';

/** What keys and the menu ask for; always for the active tab. */
export interface WorkspaceCommands {
  /** The workspace's key. */
  readonly workspace: string;
  readonly run: () => void;
  readonly runAll: () => void;
  readonly explain: (mode: ExplainMode) => void;
  readonly format: () => void;
  readonly cancel: () => boolean;
  readonly closeTab: () => void;
  /** Opens the export of the result in front. */
  readonly exportResult: () => void;
  readonly openFiles: () => void;
  readonly saveFile: () => void;
  readonly saveFileAs: () => void;
}

/** What a pressed key stands for in the workspace; null for any other key. */
export type WorkspaceKeyCommand = MenuCommand;

interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** The command of a key, the same on all systems but for Control and Command. */
export function commandOfKey(event: PressedKey): WorkspaceKeyCommand | null {
  if (event.altKey || !(event.ctrlKey || event.metaKey)) return null;
  const { shiftKey } = event;
  switch (event.key.toLowerCase()) {
    case 't':
      return shiftKey ? 'reopen-tab' : 'new-tab';
    case 'w':
      return shiftKey ? null : 'close-tab';
    case 'tab':
      return shiftKey ? 'previous-tab' : 'next-tab';
    case 'pageup':
      return shiftKey ? null : 'previous-tab';
    case 'pagedown':
      return shiftKey ? null : 'next-tab';
    case 'enter':
      return shiftKey ? 'run-all' : 'run';
    case '.':
      return 'cancel';
    case 'o':
      return shiftKey ? null : 'open-file';
    case 's':
      return shiftKey ? 'save-file-as' : 'save-file';
    case 'e':
      return shiftKey ? 'export-result' : 'explain';
    case 'l':
      return shiftKey ? 'format' : null;
    case 'x':
      return shiftKey ? 'explain-analyze' : null;
    case '2':
      return shiftKey ? null : 'focus-editor';
    case '3':
      return shiftKey ? null : 'focus-results';
    default:
      return null;
  }
}

/** Carries out a command; returns whether it was one of the workspace's. */
function carryOut(command: WorkspaceKeyCommand, commands: WorkspaceCommands): boolean {
  const { workspace } = commands;
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the window's commands are carried out elsewhere (app/use-commands.ts)
  switch (command) {
    case 'new-tab':
      openEmptyTab(workspace);
      return true;
    case 'close-tab':
      commands.closeTab();
      return true;
    case 'reopen-tab':
      reopenClosedTab(workspace);
      return true;
    case 'next-tab':
      stepQueryTab(workspace, 1);
      return true;
    case 'previous-tab':
      stepQueryTab(workspace, -1);
      return true;
    case 'run':
      commands.run();
      return true;
    case 'run-all':
      commands.runAll();
      return true;
    case 'explain':
      commands.explain('plan');
      return true;
    case 'explain-analyze':
      commands.explain('analyze');
      return true;
    case 'format':
      commands.format();
      return true;
    case 'cancel':
      commands.cancel();
      return true;
    case 'export-result':
      commands.exportResult();
      return true;
    case 'open-file':
      commands.openFiles();
      return true;
    case 'save-file':
      commands.saveFile();
      return true;
    case 'save-file-as':
      commands.saveFileAs();
      return true;
    case 'focus-editor':
      focusTarget('[data-focus-target="editor"] .cm-content');
      return true;
    case 'focus-results':
      focusTarget('[data-focus-target="results"]');
      return true;
    default:
      // Everything else is the window's.
      return false;
  }
}

function focusTarget(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}

/** Answers the workspace's keys and the menu's commands while the workspace is on the page. */
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
      const command = commandOfKey(event);
      if (command !== null && carryOut(command, newest.current)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    const endMenu = listenToCommands((command) => {
      carryOut(command, newest.current);
    });
    const endProgress = listen('query:progress', ({ executionId, completed, total, sentShare }) =>
      setProgress(executionId, completed, total, sentShare),
    );
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      endMenu();
      endProgress();
    };
  }, []);
}
