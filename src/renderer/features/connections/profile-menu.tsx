import type { ConnectionProfile } from '@shared/models/connection-profile';
import {
  ArrowDown,
  ArrowUp,
  Copy,
  FolderInput,
  FolderPlus,
  PencilLine,
  Plug,
  Trash2,
  Upload,
} from 'lucide-react';
import type { MenuAction, MenuActions } from '../../components/menu';
import { printable } from '../../components/printable';
import { acceleratorText } from '../../components/shortcut-text';

/** How the keys that copy a saved connection are written. */
export const duplicateKeys = acceleratorText('CmdOrCtrl+D');

/** What can be done with a saved connection. */
export interface ProfileActions {
  readonly onOpen: (profile: ConnectionProfile) => void;
  readonly onEdit: (profile: ConnectionProfile) => void;
  readonly onDuplicate: (profile: ConnectionProfile) => void;
  readonly onDelete: (profile: ConnectionProfile) => void;
  readonly onExport: (profile: ConnectionProfile) => void;
  readonly onMove: (profile: ConnectionProfile, direction: 'up' | 'down') => void;
  /** Null takes it out of its folder. */
  readonly onMoveToFolder: (profile: ConnectionProfile, folder: string | null) => void;
  readonly onMoveToNewFolder: (profile: ConnectionProfile) => void;
  readonly onDismissError: (profile: ConnectionProfile) => void;
}

interface MenuParts {
  readonly isOpen: boolean;
  readonly folders: readonly string[];
  readonly canMove: boolean;
  readonly actions: ProfileActions;
}

/** The menu of a saved connection. */
export function profileMenu(profile: ConnectionProfile, parts: MenuParts): MenuActions {
  const { isOpen, folders, canMove, actions } = parts;
  return [
    {
      label: isOpen ? 'Show' : 'Connect',
      icon: <Plug />,
      shortcut: 'Enter',
      onSelect: () => actions.onOpen(profile),
    },
    null,
    {
      label: 'Edit…',
      icon: <PencilLine />,
      shortcut: 'F2',
      onSelect: () => actions.onEdit(profile),
    },
    {
      label: 'Duplicate',
      icon: <Copy />,
      shortcut: duplicateKeys,
      onSelect: () => actions.onDuplicate(profile),
    },
    { label: 'Export…', icon: <Upload />, onSelect: () => actions.onExport(profile) },
    null,
    {
      label: 'Move up',
      icon: <ArrowUp />,
      shortcut: 'Alt+↑',
      disabled: !canMove,
      onSelect: () => actions.onMove(profile, 'up'),
    },
    {
      label: 'Move down',
      icon: <ArrowDown />,
      shortcut: 'Alt+↓',
      disabled: !canMove,
      onSelect: () => actions.onMove(profile, 'down'),
    },
    {
      label: 'Move to folder',
      icon: <FolderInput />,
      lines: folderLines(profile, folders, actions),
    },
    null,
    {
      label: 'Delete',
      icon: <Trash2 />,
      shortcut: 'Del',
      danger: true,
      onSelect: () => actions.onDelete(profile),
    },
  ];
}

function folderLines(
  profile: ConnectionProfile,
  folders: readonly string[],
  { onMoveToFolder, onMoveToNewFolder }: ProfileActions,
): MenuActions {
  const line = (folder: string | null, label: string): MenuAction => ({
    label,
    isChosen: (profile.folder ?? null) === folder,
    onSelect: () => {
      if ((profile.folder ?? null) !== folder) onMoveToFolder(profile, folder);
    },
  });
  return [
    line(null, 'No folder'),
    ...folders.map((folder) => line(folder, printable(folder))),
    null,
    { label: 'New folder…', icon: <FolderPlus />, onSelect: () => onMoveToNewFolder(profile) },
  ];
}
