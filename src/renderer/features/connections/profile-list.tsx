import type { ConnectionProfile } from '@shared/models/connection-profile';
import { Plus, Search } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { Button } from '../../components/button';
import { ErrorNotice } from '../../components/notice';
import { SearchField } from '../../components/search-field';
import { Skeleton } from '../../components/skeleton';
import { showToast } from '../../components/toast-store';
import { errorData } from '../../api/postern';
import { sourceKey } from './connection-source';
import {
  deleteProfile,
  dismissAttempt,
  loadProfiles,
  restoreProfile,
  useConnections,
} from './connections-store';
import { ProfileItem, type ProfileActions } from './profile-item';
import { searchProfiles, sortProfiles } from './profile-order';
import styles from './profile-list.module.css';

/** From this many profiles on a search field pays for its place. */
const searchThreshold = 8;

interface ProfileListProps extends Pick<ProfileActions, 'onOpen' | 'onEdit' | 'onDuplicate'> {
  readonly onCreate: () => void;
}

/** The saved connections, the last used first. */
export function ProfileList({ onCreate, ...actions }: ProfileListProps) {
  const { profiles, profilesError, connections, attempts } = useConnections();
  const [query, setQuery] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const shown = profiles === null ? [] : sortProfiles(searchProfiles(profiles, query));

  const moveFocus = (event: KeyboardEvent): void => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-profile]') ?? [])];
    const current = rows.findIndex((row) => row === document.activeElement);
    const target = focusTarget(event.key, current, rows.length);
    if (target === undefined) return;
    event.preventDefault();
    rows[target]?.focus();
  };

  const openFirst = (): void => {
    const first = shown[0];
    if (first) actions.onOpen(first);
  };

  return (
    <section aria-labelledby="profiles-heading">
      <header className={styles['header']}>
        <h2 id="profiles-heading" className={styles['heading']}>
          Connections
          {profiles !== null && profiles.length > 0 && (
            <span className={styles['count']}>{profiles.length}</span>
          )}
        </h2>
        {profiles !== null && profiles.length >= searchThreshold && (
          <SearchField
            label="Search connections"
            icon={<Search />}
            className={styles['search']}
            value={query}
            onChange={setQuery}
            onKeyDown={(event) => {
              if (event.key === 'Enter') openFirst();
              if (event.key === 'ArrowDown') moveFocus(event);
            }}
          />
        )}
        {profiles !== null && profiles.length > 0 && (
          <Button icon={<Plus />} onClick={onCreate}>
            New
          </Button>
        )}
      </header>
      {profilesError !== null && (
        <ErrorNotice
          error={profilesError}
          actions={
            <Button variant="link" onClick={() => void loadProfiles()}>
              Try again
            </Button>
          }
        />
      )}
      {profiles === null && profilesError === null && <Loading />}
      {profiles?.length === 0 && profilesError === null && <Empty onCreate={onCreate} />}
      {profiles !== null && profiles.length > 0 && shown.length === 0 && (
        <p className={styles['nothing']}>No connection matches “{query}”.</p>
      )}
      {shown.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between the buttons inside
        <ul ref={list} className={styles['list']} onKeyDown={moveFocus}>
          {shown.map((profile) => (
            <ProfileItem
              key={profile.id}
              profile={profile}
              isOpen={connections.some(({ profileId }) => profileId === profile.id)}
              attempt={attempts[sourceKey({ kind: 'profile', id: profile.id })]}
              onDelete={(target) => void deleteWithUndo(target)}
              onDismissError={({ id }) => dismissAttempt(sourceKey({ kind: 'profile', id }))}
              {...actions}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function focusTarget(key: string, current: number, count: number): number | undefined {
  if (key === 'ArrowDown') return Math.min(current + 1, count - 1);
  if (key === 'ArrowUp') return Math.max(current - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}

async function deleteWithUndo(profile: ConnectionProfile): Promise<void> {
  try {
    await deleteProfile(profile.id);
    showToast({
      tone: 'neutral',
      message: `Deleted “${profile.name}”.`,
      action: { label: 'Undo', run: () => void undoDelete(profile.id) },
    });
  } catch (error) {
    showToast({ tone: 'danger', message: errorData(error).message });
  }
}

async function undoDelete(id: string): Promise<void> {
  try {
    await restoreProfile(id);
  } catch (error) {
    showToast({ tone: 'danger', message: errorData(error).message });
  }
}

function Loading() {
  return (
    <div aria-busy="true" aria-label="Loading connections">
      {['38%', '52%', '44%'].map((width) => (
        <div key={width} className={styles['placeholder']}>
          <Skeleton width={width} />
          <Skeleton width="66%" />
        </div>
      ))}
    </div>
  );
}

function Empty({ onCreate }: { readonly onCreate: () => void }) {
  return (
    <div className={styles['empty']}>
      <p className={styles['emptyTitle']}>No saved connections yet</p>
      <p className={styles['emptyText']}>
        Save one to open it with a single key press. Passwords go to the keychain of the operating
        system, never to a file.
      </p>
      <Button icon={<Plus />} onClick={onCreate}>
        New connection
      </Button>
    </div>
  );
}
