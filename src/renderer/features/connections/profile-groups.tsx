import type { ConnectionProfile } from '@shared/models/connection-profile';
import { useId, useState } from 'react';
import { printable } from '../../components/printable';
import { sourceKey } from './connection-source';
import { useConnections } from './connections-store';
import { focusLine } from './focused-line';
import { FolderDialogs, type FolderQuestion } from './folder-dialogs';
import { FolderHeader } from './folder-header';
import { useFolders } from './folder-state';
import { ProfileItem } from './profile-item';
import type { ProfileActions } from './profile-menu';
import { dissolveFolder, moveTo, moveToFolder, tell } from './profile-moves';
import {
  foldersOf,
  groupProfiles,
  placeBeside,
  type ProfileGroup,
  type ProfilePlace,
} from './profile-order';
import { useLineFocus } from './use-line-focus';
import { useProfileDrag } from './use-profile-drag';
import styles from './profile-list.module.css';

interface ProfileGroupsProps {
  /** Those that are shown. */
  readonly profiles: readonly ConnectionProfile[];
  /** Whether they are what a search found: folders are open then, and nothing can be moved. */
  readonly isSearch: boolean;
  readonly actions: Omit<ProfileActions, 'onMove' | 'onMoveToFolder' | 'onMoveToNewFolder'>;
  readonly onExport: (profiles: readonly ConnectionProfile[]) => void;
}

/** The connections in their folders: moved by the pointer, or by Alt with the arrow keys. */
export function ProfileGroups({ profiles, isSearch, actions, onExport }: ProfileGroupsProps) {
  const { connections, attempts, profiles: all } = useConnections();
  const { collapsed } = useFolders();
  const [question, setQuestion] = useState<FolderQuestion | null>(null);
  const [news, setNews] = useState('');
  const hintId = useId();
  const groups = groupProfiles(profiles);
  const folders = foldersOf(all ?? []);

  const isFolded = (folder: string | null): boolean =>
    !isSearch && folder !== null && collapsed.includes(folder);
  const { tabStop, attributes } = useLineFocus(
    groups.flatMap(({ folder, profiles: inside }) => [
      ...(folder === null ? [] : [folder]),
      ...(isFolded(folder) ? [] : inside.map(({ id }) => id)),
    ]),
  );

  const move = async (id: string, place: ProfilePlace): Promise<void> => {
    if (!(await moveTo(id, place))) return;
    setNews(place.folder === null ? 'Moved.' : `Moved in folder ${printable(place.folder)}.`);
  };
  const moveBeside = (profile: ConnectionProfile, direction: 'up' | 'down'): void => {
    const place = isSearch ? null : placeBeside(groups, profile.id, direction);
    if (place !== null) void move(profile.id, place);
  };
  const allOf = (folder: string): readonly ConnectionProfile[] =>
    (all ?? []).filter((profile) => profile.folder === folder);
  const drag = useProfileDrag((id, place) => void move(id, place));

  return (
    <div
      {...attributes}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset is a part of a form
      role="group"
      aria-label="Saved connections"
      aria-describedby={hintId}
      className={styles['groups']}
    >
      <p id={hintId} className={styles['unseen']}>
        Enter opens, the arrow keys move, and the menu key or Shift+F10 shows what else can be done.
      </p>
      {groups.map((group) => {
        const { folder } = group;
        const isOpen = !isFolded(folder);
        const { mark } = drag;
        const isMarked = mark !== null && mark.folder === folder;
        return (
          <div key={folder ?? ''}>
            {folder !== null && (
              <FolderHeader
                folder={folder}
                group={group}
                isOpen={isOpen}
                isTabStop={tabStop === folder}
                isTarget={isMarked && mark.before === null && !isOpen}
                events={drag.folderEvents(folder)}
                onRename={() => setQuestion({ kind: 'rename', folder })}
                onDissolve={() => void dissolveFolder(folder, allOf(folder))}
                onExport={({ profiles: chosen }) => onExport(chosen)}
              />
            )}
            {isOpen && (
              <ul
                className={styles['list']}
                aria-label={folder === null ? 'Connections' : printable(folder)}
              >
                {group.profiles.map((profile, index) => (
                  <ProfileItem
                    key={profile.id}
                    profile={profile}
                    folders={folders}
                    isTabStop={tabStop === profile.id}
                    isOpen={connections.some(({ profileId }) => profileId === profile.id)}
                    attempt={attempts[sourceKey({ kind: 'profile', id: profile.id })]}
                    isDragged={drag.draggedId === profile.id}
                    dropMark={isMarked ? markOf(mark.before, profile, index, group) : undefined}
                    {...(!isSearch && { dragEvents: drag.itemEvents(group, profile.id) })}
                    {...actions}
                    onMove={moveBeside}
                    onMoveToFolder={(target, name) =>
                      void moveToFolder(target, name).then(focusLine, tell)
                    }
                    onMoveToNewFolder={(target) => setQuestion({ kind: 'new', profile: target })}
                  />
                ))}
              </ul>
            )}
          </div>
        );
      })}
      <output className={styles['unseen']}>{news}</output>
      {question !== null && (
        <FolderDialogs question={question} folders={folders} onClose={() => setQuestion(null)} />
      )}
    </div>
  );
}

function markOf(
  before: string | null,
  profile: ConnectionProfile,
  index: number,
  group: ProfileGroup,
): 'above' | 'below' | undefined {
  if (before === profile.id) return 'above';
  return before === null && index === group.profiles.length - 1 ? 'below' : undefined;
}
