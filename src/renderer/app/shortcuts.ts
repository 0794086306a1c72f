import { commandNames, commands, type CommandName } from '@shared/commands';
import { latinKey } from '../components/latin-key';
import { isMac } from '../components/shortcut-text';

type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Keys beyond those that the menu shows: they change tabs in browsers too. */
const further: Readonly<Record<string, CommandName>> = {
  'Ctrl+PageUp': 'previous-tab',
  'Ctrl+PageDown': 'next-tab',
};

const commandsByKeys = (onMac: boolean): ReadonlyMap<string, CommandName> => {
  const written = commandNames.flatMap((name): [string, CommandName][] => {
    const { accelerator } = commands[name];
    return accelerator === null ? [] : [[accelerator, name]];
  });
  return new Map(
    [...written, ...Object.entries(further)].map(([accelerator, name]) => [
      accelerator.replace('CmdOrCtrl', onMac ? 'Cmd' : 'Ctrl').toLowerCase(),
      name,
    ]),
  );
};
const onMacs = commandsByKeys(true);
const onOthers = commandsByKeys(false);

/**
 * The command that a key press asks for, or null: the accelerators are those of the menu, which shows them
 * and leaves the keys to the page.
 */
export function commandOf(press: KeyPress, onMac: boolean = isMac): CommandName | null {
  if (press.altKey) return null;
  const keys = [
    press.metaKey && 'cmd',
    press.ctrlKey && 'ctrl',
    press.shiftKey && 'shift',
    latinKey(press),
  ].filter((key) => key !== false);
  return (onMac ? onMacs : onOthers).get(keys.join('+')) ?? null;
}
