import type { ConnectionProfile } from '@shared/models/connection-profile';
import { renameFolder } from './connections-store';
import { FolderNameDialog } from './folder-name-dialog';
import { moveToFolder } from './profile-moves';

/** What a name is wanted for: another one for a folder, or that of a new one for a connection. */
export type FolderQuestion =
  | { readonly kind: 'rename'; readonly folder: string }
  | { readonly kind: 'new'; readonly profile: ConnectionProfile };

interface FolderDialogsProps {
  readonly question: FolderQuestion;
  /** The names of all folders. */
  readonly folders: readonly string[];
  readonly onClose: () => void;
}

/** The dialogs that ask for the name of a folder. */
export function FolderDialogs({ question, folders, onClose }: FolderDialogsProps) {
  if (question.kind === 'new') {
    return (
      <FolderNameDialog
        title="Move to a new folder"
        confirmLabel="Move"
        name=""
        onSubmit={(name) => moveToFolder(question.profile, name)}
        onClose={onClose}
      />
    );
  }
  const { folder } = question;
  return (
    <FolderNameDialog
      title="Rename folder"
      confirmLabel="Rename"
      name={folder}
      hintFor={(name) =>
        name !== folder && folders.includes(name)
          ? 'There is a folder of this name: the two become one.'
          : undefined
      }
      onSubmit={async (name) => {
        await renameFolder(folder, name);
        return name.trim();
      }}
      onClose={onClose}
    />
  );
}
