import type { ConnectionProfile } from '@shared/models/connection-profile';
import {
  ArrowDown,
  ArrowUp,
  Copy,
  Eye,
  PencilLine,
  Plug,
  ShieldCheck,
  Trash2,
  Upload,
} from 'lucide-react';
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
import { address, timeAgo } from './profile-order';
import type { DragEvents } from './use-profile-drag';
import styles from './profile-list.module.css';

export interface ProfileActions {
  readonly onOpen: (profile: ConnectionProfile) => void;
  readonly onEdit: (profile: ConnectionProfile) => void;
  readonly onDuplicate: (profile: ConnectionProfile) => void;
  readonly onDelete: (profile: ConnectionProfile) => void;
  readonly onExport: (profile: ConnectionProfile) => void;
  readonly onMove: (profile: ConnectionProfile, direction: 'up' | 'down') => void;
  readonly onDismissError: (profile: ConnectionProfile) => void;
}

interface ProfileItemProps extends ProfileActions {
  readonly profile: ConnectionProfile;
  readonly isOpen: boolean;
  readonly attempt: OpenAttempt | undefined;
  readonly isDragged: boolean;
  /** Where a dragged connection would go. */
  readonly dropMark: 'above' | 'below' | undefined;
  readonly dragEvents?: DragEvents;
}

/** One saved connection: a double click or Enter opens it. */
export function ProfileItem(props: ProfileItemProps) {
  const { profile, isOpen, attempt, isDragged, dropMark, dragEvents, ...actions } = props;
  const open = (): void => actions.onOpen(profile);
  const edit = (): void => actions.onEdit(profile);
  const duplicate = (): void => actions.onDuplicate(profile);
  const remove = (): void => actions.onDelete(profile);
  const isOpening = attempt?.status === 'opening';
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
        actions={[
          { label: isOpen ? 'Show' : 'Connect', icon: <Plug />, shortcut: 'Enter', onSelect: open },
          null,
          { label: 'Edit…', icon: <PencilLine />, shortcut: 'F2', onSelect: edit },
          { label: 'Duplicate', icon: <Copy />, onSelect: duplicate },
          { label: 'Export…', icon: <Upload />, onSelect: () => actions.onExport(profile) },
          null,
          {
            label: 'Move up',
            icon: <ArrowUp />,
            shortcut: 'Alt+↑',
            disabled: dragEvents === undefined,
            onSelect: () => actions.onMove(profile, 'up'),
          },
          {
            label: 'Move down',
            icon: <ArrowDown />,
            shortcut: 'Alt+↓',
            disabled: dragEvents === undefined,
            onSelect: () => actions.onMove(profile, 'down'),
          },
          null,
          { label: 'Delete', icon: <Trash2 />, shortcut: 'Del', danger: true, onSelect: remove },
        ]}
      >
        <button
          type="button"
          className={styles['main']}
          data-profile={profile.id}
          data-line={profile.id}
          // A click of the keyboard has no count: Enter opens, a single press only selects.
          onClick={(event) => event.detail === 0 && open()}
          onDoubleClick={open}
          onKeyDown={(event) => {
            if (event.key === 'F2') edit();
            if (event.key === 'Delete') remove();
            if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
              event.preventDefault();
              actions.onMove(profile, event.key === 'ArrowUp' ? 'up' : 'down');
            }
          }}
        >
          <ColorDot color={profile.color} />
          <span>
            <span className={styles['name']}>
              <span data-name className={styles['label']}>
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
            <span className={styles['address']}>
              {printable(`${profile.user}@${address(profile)}`)}
            </span>
          </span>
          <span className={styles['opened']}>
            {!isOpening && (isOpen ? 'Open' : lastOpened(profile))}
          </span>
        </button>
      </ContextMenu>
      {isOpening && (
        <div className={classNames(styles['actions'], styles['shown'])}>
          <PendingOpen
            name={printable(profile.name)}
            onCancel={() => cancelOpening(sourceKey({ kind: 'profile', id: profile.id }))}
          />
        </div>
      )}
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
