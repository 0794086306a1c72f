import type { ConnectionProfile } from '@shared/models/connection-profile';
import type { DatabaseErrorData } from '@shared/models/database-error';
import { useState } from 'react';
import { call, errorData } from '../../api/postern';
import { formatCount } from '../../components/format-count';
import { Button } from '../../components/button';
import { ColorDot } from '../../components/environment-badge';
import { Dialog } from '../../components/dialog';
import { ErrorNotice } from '../../components/notice';
import { printable } from '../../components/printable';
import { showToast } from '../../components/toast-store';
import { address, groupProfiles } from './profile-order';
import styles from './transfer-dialog.module.css';

interface ExportDialogProps {
  readonly profiles: readonly ConnectionProfile[];
  /** Those that are ticked at first. */
  readonly chosen: readonly ConnectionProfile[];
  readonly onClose: () => void;
}

/** Picks the connections that go to a file. The file itself is chosen in a native dialog. */
export function ExportDialog({ profiles, chosen, onClose }: ExportDialogProps) {
  const [ids, setIds] = useState<ReadonlySet<string>>(() => new Set(chosen.map(({ id }) => id)));
  const [error, setError] = useState<DatabaseErrorData | null>(null);
  const hasAll = profiles.every(({ id }) => ids.has(id));
  const ordered = groupProfiles(profiles).flatMap((group) => group.profiles);

  const toggle = (id: string, isChosen: boolean): void =>
    setIds((current) => {
      const next = new Set(current);
      if (isChosen) next.add(id);
      else next.delete(id);
      return next;
    });
  const submit = async (): Promise<void> => {
    setError(null);
    try {
      const written = await call('profile:export', { ids: [...ids] });
      // Cancelled in the native dialog: back to the choice.
      if (written === null) return;
      showToast({
        tone: 'neutral',
        message: `${formatCount(written.count, 'connection')} exported to ${printable(written.name)}.`,
      });
      onClose();
    } catch (failure) {
      setError(errorData(failure));
    }
  };

  return (
    <Dialog
      title="Export connections"
      description="Addresses and settings, start-up SQL too. Never a password."
      width={520}
      onClose={onClose}
      footer={
        <>
          <Button
            className={styles['left']}
            variant="link"
            onClick={() => setIds(new Set(hasAll ? [] : profiles.map(({ id }) => id)))}
          >
            {hasAll ? 'Choose none' : 'Choose all'}
          </Button>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" disabled={ids.size === 0} onClick={() => void submit()}>
            {ids.size === 0 ? 'Export' : `Export ${formatCount(ids.size, 'connection')}…`}
          </Button>
        </>
      }
    >
      {error !== null && <ErrorNotice className={styles['error']} error={error} />}
      <ul className={styles['list']}>
        {ordered.map((profile) => (
          <li key={profile.id} className={styles['item']}>
            <input
              id={`export-${profile.id}`}
              type="checkbox"
              className={styles['check']}
              checked={ids.has(profile.id)}
              onChange={({ target }) => toggle(profile.id, target.checked)}
            />
            <label htmlFor={`export-${profile.id}`} className={styles['text']}>
              <span className={styles['name']}>
                <ColorDot color={profile.color} />
                {printable(profile.name)}
                {profile.folder !== undefined && (
                  <span className={styles['note']}>{printable(profile.folder)}</span>
                )}
              </span>
              <span className={styles['address']}>
                {printable(`${profile.user}@${address(profile)}`)}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
