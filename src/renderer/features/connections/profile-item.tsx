import type { ConnectionProfile } from '@shared/models/connection-profile';
import { Copy, Eye, PencilLine, Plug, Trash2 } from 'lucide-react';
import { Button } from '../../components/button';
import { ColorDot, EnvironmentBadge } from '../../components/environment-badge';
import { IconButton } from '../../components/icon-button';
import { ContextMenu } from '../../components/menu';
import { ErrorNotice } from '../../components/notice';
import { printable } from '../../components/printable';
import { Spinner } from '../../components/spinner';
import { Tooltip } from '../../components/tooltip';
import type { OpenAttempt } from './connections-store';
import { address, timeAgo } from './profile-order';
import styles from './profile-list.module.css';

export interface ProfileActions {
  readonly onOpen: (profile: ConnectionProfile) => void;
  readonly onEdit: (profile: ConnectionProfile) => void;
  readonly onDuplicate: (profile: ConnectionProfile) => void;
  readonly onDelete: (profile: ConnectionProfile) => void;
  readonly onDismissError: (profile: ConnectionProfile) => void;
}

interface ProfileItemProps extends ProfileActions {
  readonly profile: ConnectionProfile;
  readonly isOpen: boolean;
  readonly attempt: OpenAttempt | undefined;
}

/** One saved connection: a double click or Enter opens it. */
export function ProfileItem({ profile, isOpen, attempt, ...actions }: ProfileItemProps) {
  const open = (): void => actions.onOpen(profile);
  const edit = (): void => actions.onEdit(profile);
  const duplicate = (): void => actions.onDuplicate(profile);
  const remove = (): void => actions.onDelete(profile);
  const isOpening = attempt?.status === 'opening';
  return (
    <li className={styles['item']}>
      <ContextMenu
        actions={[
          { label: isOpen ? 'Show' : 'Connect', icon: <Plug />, shortcut: 'Enter', onSelect: open },
          null,
          { label: 'Edit…', icon: <PencilLine />, shortcut: 'F2', onSelect: edit },
          { label: 'Duplicate…', icon: <Copy />, onSelect: duplicate },
          null,
          { label: 'Delete', icon: <Trash2 />, shortcut: 'Del', danger: true, onSelect: remove },
        ]}
      >
        <button
          type="button"
          className={styles['main']}
          data-profile={profile.id}
          // A click of the keyboard has no count: Enter opens, a single press only selects.
          onClick={(event) => event.detail === 0 && open()}
          onDoubleClick={open}
          onKeyDown={(event) => {
            if (event.key === 'F2') edit();
            if (event.key === 'Delete') remove();
          }}
        >
          <ColorDot color={profile.color} />
          <span>
            <span className={styles['name']}>
              <span className={styles['label']}>{printable(profile.name)}</span>
              <EnvironmentBadge environment={profile.environment} />
              {profile.readOnly && (
                <Tooltip content="Read-only">
                  <Eye aria-label="Read-only" className={styles['lock']} />
                </Tooltip>
              )}
            </span>
            <span className={styles['address']}>
              {printable(`${profile.user}@${address(profile)}`)}
            </span>
          </span>
          <span className={isOpening ? styles['opening'] : styles['opened']}>
            {isOpening && (
              <>
                <Spinner /> Connecting…
              </>
            )}
            {!isOpening && (isOpen ? 'Open' : lastOpened(profile))}
          </span>
        </button>
      </ContextMenu>
      {!isOpening && (
        <div className={styles['actions']}>
          <IconButton label="Edit" shortcut="F2" icon={<PencilLine />} onClick={edit} />
          <IconButton label="Duplicate" icon={<Copy />} onClick={duplicate} />
          <IconButton label="Delete" shortcut="Del" icon={<Trash2 />} onClick={remove} />
          <Button size="small" className={styles['connect']} onClick={open}>
            {isOpen ? 'Show' : 'Connect'}
          </Button>
        </div>
      )}
      {attempt?.status === 'failed' && (
        <div className={styles['failure']}>
          <ErrorNotice
            error={attempt.error}
            actions={
              <>
                <Button variant="link" onClick={open}>
                  Try again
                </Button>
                <Button variant="link" onClick={edit}>
                  Edit the connection
                </Button>
                <Button variant="link" onClick={() => actions.onDismissError(profile)}>
                  Dismiss
                </Button>
              </>
            }
          />
        </div>
      )}
    </li>
  );
}

function lastOpened(profile: ConnectionProfile): string {
  return profile.lastOpenedAt === null ? '' : timeAgo(profile.lastOpenedAt, new Date());
}
