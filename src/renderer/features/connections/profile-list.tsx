import type { ConnectionProfile } from '@shared/models/connection-profile';
import { Download, Ellipsis, Plus, Search, Upload } from 'lucide-react';
import { useState } from 'react';
import type { ImportSource } from '@shared/models/profile-transfer';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { DropdownMenu, type MenuActions } from '../../components/menu';
import { ErrorNotice } from '../../components/notice';
import { SearchField } from '../../components/search-field';
import { Skeleton } from '../../components/skeleton';
import { sourceKey } from './connection-source';
import { dismissAttempt, loadProfiles, useConnections } from './connections-store';
import { ExportDialog } from './export-dialog';
import { ImportDialog } from './import-dialog';
import { ProfileGroups } from './profile-groups';
import type { ProfileActions } from './profile-menu';
import { deleteWithUndo } from './profile-moves';
import { groupProfiles, searchProfiles } from './profile-order';
import { useImport } from './use-import';
import styles from './profile-list.module.css';

/** From this many profiles on a search field pays for its place. */
const searchThreshold = 6;

interface ProfileListProps extends Pick<ProfileActions, 'onOpen' | 'onEdit' | 'onDuplicate'> {
  readonly onCreate: () => void;
}

/** The saved connections, in folders and in the order that a person gave them. */
export function ProfileList({ onCreate, ...actions }: ProfileListProps) {
  const { profiles, profilesError } = useConnections();
  const [query, setQuery] = useState('');
  const [exported, setExported] = useState<readonly ConnectionProfile[] | null>(null);
  const imports = useImport();
  const isSearch = query.trim() !== '';
  const shown = profiles === null ? [] : searchProfiles(profiles, query);

  const openFirst = (): void => {
    const first = groupProfiles(shown)[0]?.profiles[0];
    if (first) actions.onOpen(first);
  };
  const importActions: MenuActions = importChoices.map(({ source, label }) => ({
    label,
    icon: <Download />,
    onSelect: () => void imports.read(source),
  }));

  return (
    <section aria-labelledby="profiles-heading">
      <header className={styles['header']}>
        <h2 id="profiles-heading" className={styles['heading']}>
          Connections
          {profiles !== null && profiles.length > 0 && (
            <span className={styles['count']}>
              {isSearch ? `${shown.length} of ${profiles.length}` : profiles.length}
            </span>
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
              if (event.key === 'ArrowDown') {
                event.preventDefault();
                document.querySelector<HTMLElement>('[data-line]')?.focus();
              }
            }}
          />
        )}
        {profiles !== null && (
          <DropdownMenu
            actions={[
              ...importActions,
              null,
              {
                label: 'Export connections…',
                icon: <Upload />,
                disabled: profiles.length === 0,
                onSelect: () => setExported(profiles),
              },
            ]}
          >
            <IconButton label="Import and export" icon={<Ellipsis />} />
          </DropdownMenu>
        )}
        {profiles !== null && profiles.length > 0 && (
          <Button icon={<Plus />} onClick={onCreate}>
            New
          </Button>
        )}
      </header>
      {imports.error !== null && (
        <ErrorNotice
          className={styles['importError']}
          error={imports.error}
          actions={
            <Button variant="link" onClick={imports.dismiss}>
              Dismiss
            </Button>
          }
        />
      )}
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
        <ProfileGroups
          profiles={shown}
          isSearch={isSearch}
          onExport={setExported}
          actions={{
            ...actions,
            onDelete: (target) => void deleteWithUndo(target),
            onDismissError: ({ id }) => dismissAttempt(sourceKey({ kind: 'profile', id })),
            onExport: (profile) => setExported([profile]),
          }}
        />
      )}
      {imports.preview !== null && (
        <ImportDialog
          key={imports.preview.importId}
          preview={imports.preview}
          onClose={imports.close}
        />
      )}
      {exported !== null && profiles !== null && (
        <ExportDialog profiles={profiles} chosen={exported} onClose={() => setExported(null)} />
      )}
    </section>
  );
}

const importChoices: readonly { readonly source: ImportSource; readonly label: string }[] = [
  { source: 'service', label: 'Import from pg_service.conf…' },
  { source: 'pgpass', label: 'Import from .pgpass…' },
  { source: 'file', label: 'Import from a file of Postern…' },
];

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
