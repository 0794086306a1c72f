import type { ConnectionProfile } from '@shared/models/connection-profile';
import type { DatabaseErrorData } from '@shared/models/database-error';
import { Copy, Eye, PencilLine, ShieldCheck, Trash2 } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { Button } from '../../components/button';
import { classNames } from '../../components/class-names';
import { ColorDot, EnvironmentBadge } from '../../components/environment-badge';
import { IconButton } from '../../components/icon-button';
import { ContextMenu } from '../../components/menu';
import { ErrorNotice } from '../../components/notice';
import { PendingOpen } from '../../components/pending-open';
import { printable } from '../../components/printable';
import { Tooltip } from '../../components/tooltip';
import { sourceKey } from './connection-source';
import { cancelOpening, type OpenAttempt } from './connections-store';
import { profileMenu, type ProfileActions } from './profile-menu';
import { address, timeAgo } from './profile-order';
import type { DragEvents } from './use-profile-drag';
import styles from './profile-list.module.css';

interface ProfileItemProps extends ProfileActions {
  readonly profile: ConnectionProfile;
  readonly isOpen: boolean;
  /** The names of all folders. */
  readonly folders: readonly string[];
  readonly attempt: OpenAttempt | undefined;
  readonly isDragged: boolean;
  /** Where a dragged connection would go. */
  readonly dropMark: 'above' | 'below' | undefined;
  readonly dragEvents?: DragEvents;
}

/** One saved connection: a double click or Enter opens it. */
export function ProfileItem(props: ProfileItemProps) {
  const { profile, isOpen, folders, attempt, isDragged, dropMark, dragEvents, ...actions } = props;
  return (
    <li
      className={classNames(
        styles['item'],
        isDragged && styles['dragged'],
        dropMark !== undefined && styles[dropMark],
      )}
      draggable={dragEvents !== undefined}
      {...dragEvents}
    >
      <ContextMenu
        actions={profileMenu(profile, {
          isOpen,
          folders,
          canMove: dragEvents !== undefined,
          actions,
        })}
      >
        <button
          type="button"
          className={styles['main']}
          data-profile={profile.id}
          data-line={profile.id}
          // A click of the keyboard has no count: Enter opens, a single press only selects.
          onClick={(event) => event.detail === 0 && actions.onOpen(profile)}
          onDoubleClick={() => actions.onOpen(profile)}
          onKeyDown={(event) => pressed(event, profile, actions)}
        >
          <ColorDot color={profile.color} />
          <ProfileText profile={profile} />
          <span className={styles['opened']}>
            {attempt?.status !== 'opening' && (isOpen ? 'Open' : lastOpened(profile))}
          </span>
        </button>
      </ContextMenu>
      {attempt?.status === 'opening' ? (
        <div className={classNames(styles['actions'], styles['shown'])}>
          <PendingOpen
            name={printable(profile.name)}
            onCancel={() => cancelOpening(sourceKey({ kind: 'profile', id: profile.id }))}
          />
        </div>
      ) : (
        <ProfileButtons profile={profile} isOpen={isOpen} actions={actions} />
      )}
      {attempt?.status === 'failed' && (
        <OpenFailure profile={profile} error={attempt.error} actions={actions} />
      )}
    </li>
  );
}

/** The keys of the menu's shortcuts. */
function pressed(event: KeyboardEvent, profile: ConnectionProfile, actions: ProfileActions): void {
  if (event.key === 'F2') actions.onEdit(profile);
  if (event.key === 'Delete') actions.onDelete(profile);
  if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
    event.preventDefault();
    actions.onMove(profile, event.key === 'ArrowUp' ? 'up' : 'down');
  }
}

function ProfileText({ profile }: { readonly profile: ConnectionProfile }) {
  const target = printable(`${profile.user}@${address(profile)}`);
  return (
    <span>
      <span className={styles['name']}>
        <span data-name className={styles['label']} title={printable(profile.name)}>
          {printable(profile.name)}
        </span>
        <EnvironmentBadge environment={profile.environment} />
        {profile.readOnly && (
          <Tooltip content="Read-only">
            <Eye aria-label="Read-only" className={styles['lock']} />
          </Tooltip>
        )}
        {profile.confirmEverything === true && (
          <Tooltip content="Confirms every change">
            <ShieldCheck aria-label="Confirms every change" className={styles['lock']} />
          </Tooltip>
        )}
      </span>
      <span className={styles['address']} title={target}>
        {target}
      </span>
    </span>
  );
}

interface ProfilePartProps {
  readonly profile: ConnectionProfile;
  readonly actions: ProfileActions;
}

function ProfileButtons({
  profile,
  isOpen,
  actions,
}: ProfilePartProps & { readonly isOpen: boolean }) {
  return (
    <div className={styles['actions']}>
      <IconButton
        label="Edit"
        shortcut="F2"
        icon={<PencilLine />}
        onClick={() => actions.onEdit(profile)}
      />
      <IconButton label="Duplicate" icon={<Copy />} onClick={() => actions.onDuplicate(profile)} />
      <IconButton
        label="Delete"
        shortcut="Del"
        icon={<Trash2 />}
        onClick={() => actions.onDelete(profile)}
      />
      <Button size="small" className={styles['connect']} onClick={() => actions.onOpen(profile)}>
        {isOpen ? 'Show' : 'Connect'}
      </Button>
    </div>
  );
}

function OpenFailure({
  profile,
  error,
  actions,
}: ProfilePartProps & { readonly error: DatabaseErrorData }) {
  return (
    <div className={styles['failure']}>
      <ErrorNotice
        error={error}
        actions={
          <>
            <Button variant="link" onClick={() => actions.onOpen(profile)}>
              Try again
            </Button>
            <Button variant="link" onClick={() => actions.onEdit(profile)}>
              Edit the connection
            </Button>
            <Button variant="link" onClick={() => actions.onDismissError(profile)}>
              Dismiss
            </Button>
          </>
        }
      />
    </div>
  );
}

function lastOpened(profile: ConnectionProfile): string {
  return profile.lastOpenedAt === null ? '' : timeAgo(profile.lastOpenedAt, new Date());
}
