import { ChevronRight, FolderMinus, PencilLine, Upload } from 'lucide-react';
import { classNames } from '../../components/class-names';
import { ContextMenu } from '../../components/menu';
import { printable } from '../../components/printable';
import { setFolderOpen } from './folder-state';
import type { ProfileGroup } from './profile-order';
import type { DragEvents } from './use-profile-drag';
import styles from './profile-list.module.css';

interface FolderHeaderProps {
  readonly folder: string;
  readonly group: ProfileGroup;
  readonly isOpen: boolean;
  /** Whether Tab leads here. */
  readonly isTabStop: boolean;
  readonly isTarget: boolean;
  readonly events: DragEvents;
  readonly onRename: (folder: string) => void;
  readonly onDissolve: (folder: string) => void;
  readonly onExport: (group: ProfileGroup) => void;
}

/** The heading of a folder: pressed, or with the arrow keys, it folds. */
export function FolderHeader(props: FolderHeaderProps) {
  const { folder, group, isOpen } = props;
  return (
    <ContextMenu
      actions={[
        {
          label: 'Rename folder…',
          icon: <PencilLine />,
          shortcut: 'F2',
          onSelect: () => props.onRename(folder),
        },
        {
          label: 'Export its connections…',
          icon: <Upload />,
          onSelect: () => props.onExport(group),
        },
        null,
        {
          label: 'Take the folder apart',
          icon: <FolderMinus />,
          onSelect: () => props.onDissolve(folder),
        },
      ]}
    >
      <button
        type="button"
        data-line={folder}
        tabIndex={props.isTabStop ? 0 : -1}
        aria-keyshortcuts="F2"
        className={classNames(styles['folder'], props.isTarget && styles['target'])}
        aria-expanded={isOpen}
        onClick={() => setFolderOpen(folder, !isOpen)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowRight') setFolderOpen(folder, true);
          if (event.key === 'ArrowLeft') setFolderOpen(folder, false);
          if (event.key === 'F2') props.onRename(folder);
        }}
        {...props.events}
      >
        <ChevronRight aria-hidden="true" />
        <span className={styles['folderName']}>{printable(folder)}</span>
        <span className={styles['folderCount']}>{group.profiles.length}</span>
      </button>
    </ContextMenu>
  );
}
