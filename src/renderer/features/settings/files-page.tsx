import type { KeptPlace, Place } from '@shared/models/settings';
import { useEffect, useState } from 'react';
import { call, errorData } from '../../api/postern';
import { Button } from '../../components/button';
import { ErrorNotice } from '../../components/notice';
import { showToast } from '../../components/toast-store';
import type { DatabaseErrorData } from '@shared/models/database-error';
import styles from './settings.module.css';

const descriptions: Readonly<Record<KeptPlace, { label: string; hint: string }>> = {
  profiles: {
    label: 'Saved connections',
    hint: 'Encrypted. Passwords are in the keychain of the system.',
  },
  knownHosts: {
    label: 'Keys of SSH hosts',
    hint: 'Those that were trusted in Postern, with the names of the hosts hashed.',
  },
  settings: { label: 'Settings', hint: 'Plain text.' },
  workspaces: {
    label: 'Tabs and their texts',
    hint: 'Plain text that only your account may read; saved while you type.',
  },
  savedQueries: {
    label: 'Saved queries',
    hint: 'Plain text that only your account may read.',
  },
  history: {
    label: 'Query history',
    hint: 'Plain text that only your account may read, without statements that name a password.',
  },
  results: {
    label: 'Rows beyond the memory',
    hint: 'Encrypted with a key that is never written; deleted when Postern closes.',
  },
  logs: { label: 'Log', hint: 'Never passwords, SQL or values.' },
};

async function show(place: KeptPlace): Promise<void> {
  try {
    await call('settings:show-place', { place });
  } catch (error) {
    showToast({ tone: 'danger', message: errorData(error).message });
  }
}

/** Where the application keeps what. */
export function FilesPage() {
  const [places, setPlaces] = useState<readonly Place[]>([]);
  const [error, setError] = useState<DatabaseErrorData | null>(null);
  useEffect(() => {
    call('settings:list-places').then(setPlaces, (failure: unknown) =>
      setError(errorData(failure)),
    );
  }, []);
  if (error !== null) return <ErrorNotice error={error} />;
  return (
    <ul className={styles['places']}>
      {places.map(({ place, path }) => (
        <li key={place} className={styles['place']}>
          <div className={styles['placeText']}>
            <h3>{descriptions[place].label}</h3>
            <p className={styles['path']}>{path}</p>
            <p className={styles['note']}>{descriptions[place].hint}</p>
          </div>
          <Button
            size="small"
            aria-label={`Show in folder: ${descriptions[place].label}`}
            onClick={() => void show(place)}
          >
            Show in folder
          </Button>
        </li>
      ))}
    </ul>
  );
}
