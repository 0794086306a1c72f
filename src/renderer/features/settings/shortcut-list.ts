import { commandNames, commands } from '@shared/commands';
import { acceleratorText, commandKeys } from '../../components/shortcut-text';

/** Keys and what they do, as the list shows them. */
export interface Shortcut {
  readonly label: string;
  /** Written for this platform; null where a command has none. */
  readonly keys: string | null;
}

interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

const local = (label: string, ...accelerators: readonly string[]): Shortcut => ({
  label,
  keys: accelerators.map((accelerator) => acceleratorText(accelerator)).join(', '),
});

/** Commands work anywhere in the window; the other keys where the focus is. */
export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: 'Commands',
    shortcuts: commandNames.map((name) => ({
      label: commands[name].label.replace(/…$/u, ''),
      keys: commandKeys(name) || null,
    })),
  },
  {
    title: 'In the editor',
    shortcuts: [
      local('Complete', 'Ctrl+Space'),
      local('Search and replace', 'CmdOrCtrl+F'),
      local('Next match', 'F3', 'CmdOrCtrl+G'),
      local('Next mistake of syntax', 'F8'),
      local('Comment or uncomment lines', 'CmdOrCtrl+/'),
    ],
  },
  {
    title: 'In results and tables',
    shortcuts: [
      local('Show the whole value', 'Space', 'Enter'),
      local('Copy', 'CmdOrCtrl+C'),
      local('Select all', 'CmdOrCtrl+A'),
      local('Select the row; the column', 'Shift+Space', 'Ctrl+Space'),
      local('Go to a row', 'CmdOrCtrl+G'),
      local(
        'First cell; last cell, for which all rows are read',
        'CmdOrCtrl+Home',
        'CmdOrCtrl+End',
      ),
      local('Filter a table; by fields above its columns', 'CmdOrCtrl+F', 'CmdOrCtrl+Shift+F'),
      local('Reload a table', 'F5'),
      local('Sort by the column; by it as well', 'Alt+S', 'Alt+Shift+S'),
      local('Back, forward', 'Alt+Left', 'Alt+Right'),
      local('Follow a foreign key', 'Alt+Down'),
      local('Rows that refer to this one', 'Alt+Up'),
    ],
  },
  {
    title: 'In lists',
    shortcuts: [
      local('Open', 'Enter'),
      local('Details of an object', 'CmdOrCtrl+I'),
      local('Narrow the schema tree', 'CmdOrCtrl+F'),
      local('Edit a connection, rename a tab', 'F2'),
      local('Move a connection', 'Alt+Up', 'Alt+Down'),
      local('Delete a connection', 'Delete'),
      local('Menu', 'Shift+F10'),
    ],
  },
];

/** The groups with the shortcuts whose words or keys contain each typed word. */
export function matchingShortcuts(
  groups: readonly ShortcutGroup[],
  typed: string,
): readonly ShortcutGroup[] {
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  const matches = ({ label, keys }: Shortcut): boolean => {
    const text = `${label} ${keys ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return groups
    .map((group) => ({ ...group, shortcuts: group.shortcuts.filter(matches) }))
    .filter(({ shortcuts }) => shortcuts.length > 0);
}
