import type { CommandName } from '@shared/commands';
import { listen } from './postern';

type CommandListener = (command: CommandName) => void;

const listeners = new Set<CommandListener>();

/** Asks for a command as the menu would: whoever knows how carries it out. */
export function runCommand(command: CommandName): void {
  for (const listener of listeners) listener(command);
}

/** Listens to the commands of the menu and of the palette; the returned function ends it. */
export function listenToCommands(listener: CommandListener): () => void {
  listeners.add(listener);
  const stop = listen('menu:command', ({ command }) => listener(command));
  return () => {
    listeners.delete(listener);
    stop();
  };
}
