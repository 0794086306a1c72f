import type { MenuCommand } from '@shared/ipc/contract';
import { useEffect } from 'react';
import { listen } from '../api/postern';
import { newConnection } from './actions';
import { focusTree, toggleSidebar } from './sidebar';
import { commandOf } from './shortcuts';

function run(command: MenuCommand): void {
  if (command === 'new-connection') newConnection();
  if (command === 'toggle-sidebar') toggleSidebar();
  if (command === 'focus-tree') focusTree();
  // Tabs, running and results belong to the query workspace, which listens for itself.
}

/** Runs the window's commands, from its menu and from the keyboard. */
export function useCommands(): void {
  useEffect(() => {
    const handleKey = (event: KeyboardEvent): void => {
      // A modal dialog owns the keyboard while it is open.
      if (event.defaultPrevented || document.querySelector('[role=dialog],[role=alertdialog]')) {
        return;
      }
      const command = commandOf(event);
      if (command === null) return;
      event.preventDefault();
      run(command);
    };
    const stop = listen('menu:command', ({ command }) => run(command));
    window.addEventListener('keydown', handleKey);
    return () => {
      stop();
      window.removeEventListener('keydown', handleKey);
    };
  }, []);
}
