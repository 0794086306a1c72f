import { useLayoutEffect, useRef } from 'react';
import { listenToCommands } from '../../api/commands';
import { isModalDialogOpen } from '../../components/modal-dialog';
import { type TableCommands, tableCommandOf } from './table-keys';

interface WindowCommands {
  readonly commands: Pick<TableCommands, 'filter' | 'filter-row' | 'reload' | 'export'>;
  /** Returns whether there was a read to cancel. */
  readonly cancel: () => boolean;
}

/**
 * Carries out what is asked of the table in front while the focus is elsewhere, such as in the tree from
 * which it was opened: the keys that nobody else has used, and the commands of the menu.
 */
export function useTableCommands(given: WindowCommands): void {
  const newest = useRef(given);
  useLayoutEffect(() => {
    newest.current = given;
  });
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || isModalDialogOpen()) return;
      const { commands, cancel } = newest.current;
      const command = tableCommandOf(event);
      if (command === 'filter' || command === 'filter-row' || command === 'reload') {
        event.preventDefault();
        commands[command](event.target ?? document.body);
      } else if (event.key === 'Escape' && cancel()) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    const stop = listenToCommands((command) => {
      const { commands, cancel } = newest.current;
      if (command === 'export-result') commands.export(document.body);
      if (command === 'cancel') cancel();
    });
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      stop();
    };
  }, []);
}
