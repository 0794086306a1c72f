import type { CommandName } from '@shared/commands';
import { isMac } from '../components/shortcut-text';

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

const plain: Readonly<Record<string, CommandName>> = {
  n: 'new-connection',
  b: 'toggle-sidebar',
  p: 'quick-open',
  '1': 'focus-tree',
  ',': 'show-settings',
};
const shifted: Readonly<Record<string, CommandName>> = {
  p: 'show-commands',
  d: 'save-query',
  o: 'show-saved-queries',
  h: 'show-history',
};

/**
 * The command of the window that a key press asks for, or null. The menu shows these shortcuts and
 * leaves the keys to the page.
 */
export function commandOf(press: KeyPress, onMac: boolean = isMac): CommandName | null {
  const command = onMac ? press.metaKey && !press.ctrlKey : press.ctrlKey && !press.metaKey;
  if (!command || press.altKey) return null;
  return (press.shiftKey ? shifted : plain)[press.key.toLowerCase()] ?? null;
}
