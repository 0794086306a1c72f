import type { ConnectionProfile } from '@shared/models/connection-profile';
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { errorData } from '../../api/postern';
import { printable } from '../../components/printable';
import { showToast } from '../../components/toast-store';
import { sourceKey } from './connection-source';
import { moveProfile, renameFolder, useConnections } from './connections-store';
import { FolderHeader } from './folder-header';
import { useFolders } from './folder-state';
import { ProfileItem, type ProfileActions } from './profile-item';
import { groupProfiles, placeBeside, type ProfileGroup, type ProfilePlace } from './profile-order';
import { RenameFolderDialog } from './rename-folder-dialog';
import { useProfileDrag } from './use-profile-drag';
import styles from './profile-list.module.css';

interface ProfileGroupsProps {
  /** Those that are shown. */
  readonly profiles: readonly ConnectionProfile[];
  /** Whether they are what a search found: folders are open then, and nothing can be moved. */
  readonly isSearch: boolean;
  readonly actions: Omit<ProfileActions, 'onMove'>;
  readonly onExport: (profiles: readonly ConnectionProfile[]) => void;
}

/** The connections in their folders: moved by the pointer, or by Alt with the arrow keys. */
export function ProfileGroups({ profiles, isSearch, actions, onExport }: ProfileGroupsProps) {
  const { connections, attempts } = useConnections();
  const { collapsed } = useFolders();
  const [renamed, setRenamed] = useState<string | null>(null);
  const [news, setNews] = useState('');
  const list = useRef<HTMLDivElement>(null);
  /** The line that has to get the focus back: a move into another folder makes a new one. */
  const [moved, setMoved] = useState<{ readonly id: string } | null>(null);
  const groups = groupProfiles(profiles);

  useLayoutEffect(() => {
    if (moved === null) return;
    list.current?.querySelector<HTMLElement>(`[data-profile="${moved.id}"]`)?.focus();
  }, [moved]);

  const move = async (id: string, place: ProfilePlace): Promise<void> => {
    try {
      await moveProfile(id, place);
      setMoved({ id });
      setNews(place.folder === null ? 'Moved.' : `Moved in folder ${printable(place.folder)}.`);
    } catch (error) {
      showToast({ tone: 'danger', message: errorData(error).message });
    }
  };
  const moveBeside = (profile: ConnectionProfile, direction: 'up' | 'down'): void => {
    const place = isSearch ? null : placeBeside(groups, profile.id, direction);
    if (place !== null) void move(profile.id, place);
  };
  const drag = useProfileDrag((id, place) => void move(id, place));

  const moveFocus = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const lines = [...(list.current?.querySelectorAll<HTMLElement>('[data-line]') ?? [])];
    const current = lines.findIndex((line) => line === document.activeElement);
    const target = focusTarget(event.key, current, lines.length);
    if (target === undefined) return;
    event.preventDefault();
    lines[target]?.focus();
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move between the buttons inside
    <div ref={list} className={styles['groups']} onKeyDown={moveFocus}>
      {groups.map((group) => {
        const { folder } = group;
        const isOpen = isSearch || folder === null || !collapsed.includes(folder);
        const { mark } = drag;
        const isMarked = mark !== null && mark.folder === folder;
        return (
          <div key={folder ?? ''}>
            {folder !== null && (
              <FolderHeader
                folder={folder}
                group={group}
                isOpen={isOpen}
                isTarget={isMarked && mark.before === null && !isOpen}
                events={drag.folderEvents(folder)}
                onRename={setRenamed}
                onDissolve={(name) => void dissolve(name)}
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
                    isOpen={connections.some(({ profileId }) => profileId === profile.id)}
                    attempt={attempts[sourceKey({ kind: 'profile', id: profile.id })]}
                    isDragged={drag.draggedId === profile.id}
                    dropMark={isMarked ? markOf(mark.before, profile, index, group) : undefined}
                    {...(!isSearch && { dragEvents: drag.itemEvents(group, profile.id) })}
                    {...actions}
                    onMove={moveBeside}
                  />
                ))}
              </ul>
            )}
          </div>
        );
      })}
      <output className={styles['news']}>{news}</output>
      {renamed !== null && <RenameFolderDialog folder={renamed} onClose={() => setRenamed(null)} />}
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

function focusTarget(key: string, current: number, count: number): number | undefined {
  if (key === 'ArrowDown') return Math.min(current + 1, count - 1);
  if (key === 'ArrowUp') return Math.max(current - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}

async function dissolve(folder: string): Promise<void> {
  try {
    await renameFolder(folder, null);
  } catch (error) {
    showToast({ tone: 'danger', message: errorData(error).message });
  }
}
