import type { MenuCommand } from '@shared/ipc/contract';
import { isMac } from '../components/shortcut-text';

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

const commands: Readonly<Record<string, MenuCommand>> = {
  n: 'new-connection',
  b: 'toggle-sidebar',
  '1': 'focus-tree',
};

/**
 * The command of the window that a key press asks for, or null. The menu shows these shortcuts and
 * leaves the keys to the page.
 */
export function commandOf(press: KeyPress, onMac: boolean = isMac): MenuCommand | null {
  const command = onMac ? press.metaKey && !press.ctrlKey : press.ctrlKey && !press.metaKey;
  if (!command || press.shiftKey || press.altKey) return null;
  return commands[press.key.toLowerCase()] ?? null;
}
