import type { ConnectionProfile } from '@shared/models/connection-profile';
import type { DatabaseErrorData } from '@shared/models/database-error';
import { Copy, Eye, PencilLine, ShieldCheck, Trash2 } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { Button } from '../../components/button';
import { classNames } from '../../components/class-names';
import { ColorDot, EnvironmentBadge } from '../../components/environment-badge';
import { IconButton } from '../../components/icon-button';
import { latinKey } from '../../components/latin-key';
import { ContextMenu } from '../../components/menu';
import { ErrorNotice } from '../../components/notice';
import { PendingTry } from '../../components/pending-try';
import { printable } from '../../components/printable';
import { Tooltip } from '../../components/tooltip';
import { sourceKey } from './connection-source';
import { cancelOpening, type OpenAttempt } from './connections-store';
import { focusLine } from './focused-line';
import { duplicateKeys, profileMenu, type ProfileActions } from './profile-menu';
import { address, timeAgo } from './profile-order';
import type { DragEvents } from './use-profile-drag';
import styles from './profile-list.module.css';

interface ProfileItemProps extends ProfileActions {
  readonly profile: ConnectionProfile;
  readonly isOpen: boolean;
  /** Whether Tab leads here. */
  readonly isTabStop: boolean;
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
  const {
    profile,
    isOpen,
    isTabStop,
    folders,
    attempt,
    isDragged,
    dropMark,
    dragEvents,
    ...actions
  } = props;
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
          tabIndex={isTabStop ? 0 : -1}
          aria-keyshortcuts="F2 Control+D Delete Alt+ArrowUp Alt+ArrowDown"
          // A click of the keyboard has no count: Enter opens, a single press only selects.
          onClick={(event) => event.detail === 0 && actions.onOpen(profile)}
          onDoubleClick={() => actions.onOpen(profile)}
          onKeyDown={(event) => pressed(event, profile, attempt, actions)}
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
          <PendingTry
            doing="Connecting…"
            cancelLabel={`Cancel connecting to ${printable(profile.name)}`}
            onCancel={() => cancel(profile)}
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

/** The keys of the menu's shortcuts; Escape stops or dismisses a try to open it. */
function pressed(
  event: KeyboardEvent,
  profile: ConnectionProfile,
  attempt: OpenAttempt | undefined,
  actions: ProfileActions,
): void {
  if (event.key === 'F2') actions.onEdit(profile);
  // Held down, it would go on with the lines that move up.
  if (event.key === 'Delete' && !event.repeat) actions.onDelete(profile);
  if (latinKey(event) === 'd' && !event.shiftKey && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    actions.onDuplicate(profile);
  }
  if (event.key === 'Escape' && attempt?.status === 'opening') cancel(profile);
  if (event.key === 'Escape' && attempt?.status === 'failed') dismiss(profile, actions);
  if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
    event.preventDefault();
    actions.onMove(profile, event.key === 'ArrowUp' ? 'up' : 'down');
  }
}

/** Stops opening a connection. The button that did it goes away: its line keeps the focus. */
function cancel({ id }: ConnectionProfile): void {
  focusLine(id);
  cancelOpening(sourceKey({ kind: 'profile', id }));
}

function dismiss(profile: ConnectionProfile, actions: ProfileActions): void {
  focusLine(profile.id);
  actions.onDismissError(profile);
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

/** What the pointer finds on a line. By the keyboard the same is in the menu, and behind its keys. */
function ProfileButtons({
  profile,
  isOpen,
  actions,
}: ProfilePartProps & { readonly isOpen: boolean }) {
  return (
    <div className={styles['actions']}>
      <IconButton
        tabIndex={-1}
        label="Edit"
        shortcut="F2"
        icon={<PencilLine />}
        onClick={() => actions.onEdit(profile)}
      />
      <IconButton
        tabIndex={-1}
        label="Duplicate"
        shortcut={duplicateKeys}
        icon={<Copy />}
        onClick={() => actions.onDuplicate(profile)}
      />
      <IconButton
        tabIndex={-1}
        label="Delete"
        shortcut="Del"
        icon={<Trash2 />}
        onClick={() => actions.onDelete(profile)}
      />
      <Button
        tabIndex={-1}
        size="small"
        className={styles['connect']}
        onClick={() => actions.onOpen(profile)}
      >
        {isOpen ? 'Show' : 'Connect'}
      </Button>
    </div>
  );
}

/** A failure below the edge of the list would be missed by whoever waits at its line. */
function showWithLine(failure: HTMLElement | null): void {
  const line = failure?.closest('li');
  if (line?.contains(document.activeElement) === true)
    failure?.scrollIntoView({ block: 'nearest' });
}

function OpenFailure({
  profile,
  error,
  actions,
}: ProfilePartProps & { readonly error: DatabaseErrorData }) {
  return (
    <div ref={showWithLine} className={styles['failure']}>
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
            <Button variant="link" onClick={() => dismiss(profile, actions)}>
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
