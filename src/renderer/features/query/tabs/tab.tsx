import { CircleQuestionMark, Lock, Table2, X } from 'lucide-react';
import type { TransactionStatus } from '@shared/models/query-result';
import { useRef, useState } from 'react';
import { ContextMenu } from '../../../components/menu';
import { printable } from '../../../components/printable';
import { commandKeys } from '../../../components/shortcut-text';
import { ShownName } from '../../../components/shown-name';
import { Spinner } from '../../../components/spinner';
import { focusShownPane } from '../focus-shown-pane';
import { changeTabs } from '../query-store';
import { useTabRun } from '../run/run-store';
import { activateQueryTab, reopenClosedTab } from './tab-actions';
import { moveTab, type QueryTab, renameTab } from './tab-list';
import styles from './tab-strip.module.css';
import { TitleInput } from './title-input';

interface TabProps {
  readonly workspace: string;
  readonly tab: QueryTab;
  readonly isActive: boolean;
  readonly canReopen: boolean;
  readonly onClose: () => void;
}

const dragType = 'application/x-postern-tab';

/** One tab of the strip: shown by a press, closed, renamed, dragged to another place. */
export function Tab({ workspace, tab, isActive, canReopen, onClose }: TabProps) {
  const [isRenaming, setRenaming] = useState(false);
  const element = useRef<HTMLDivElement>(null);
  const { running, transaction } = useTabRun(tab.id);
  const isAsking = running?.isAsking === true;
  const isReadOnly = tab.relation === undefined && tab.options?.readOnly === true;
  const activate = (): void => activateQueryTab(workspace, tab.id);
  return (
    <ContextMenu
      actions={[
        { label: 'Rename', onSelect: () => setRenaming(true) },
        { label: 'Close', shortcut: commandKeys('close-tab'), onSelect: onClose },
        null,
        {
          label: 'Reopen closed tab',
          shortcut: commandKeys('reopen-tab'),
          disabled: !canReopen,
          onSelect: () => reopenClosedTab(workspace),
        },
      ]}
    >
      <div
        ref={element}
        role="tab"
        tabIndex={isActive ? 0 : -1}
        aria-selected={isActive}
        data-tab={tab.id}
        aria-label={tabName(tab, transaction, isAsking)}
        title={isAsking ? 'Waits for your answer' : printable(tab.file?.path ?? tab.title)}
        className={styles['tab']}
        draggable={!isRenaming}
        onPointerDown={(event) => {
          if (event.button === 0) activate();
          // The middle button would otherwise begin to scroll.
          if (event.button === 1) event.preventDefault();
        }}
        // By then the press has given the focus to the tab itself.
        onClick={() => !isRenaming && focusShownPane()}
        onAuxClick={(event) => event.button === 1 && onClose()}
        onDoubleClick={() => setRenaming(true)}
        onKeyDown={(event) => {
          if (event.target !== event.currentTarget) return;
          if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            activate();
            // What it shows is on the page in the next frame.
            requestAnimationFrame(focusShownPane);
          }
          if (event.key === 'F2') setRenaming(true);
        }}
        onDragStart={(event) => {
          event.dataTransfer.setData(dragType, tab.id);
          event.dataTransfer.effectAllowed = 'move';
        }}
        onDragOver={(event) => {
          if (event.dataTransfer.types.includes(dragType)) event.preventDefault();
        }}
        onDrop={(event) => {
          const moved = event.dataTransfer.getData(dragType);
          if (moved !== '') changeTabs(workspace, (list) => moveTab(list, moved, tab.id));
        }}
      >
        {running !== null &&
          (running.isAsking ? (
            <CircleQuestionMark aria-hidden="true" className={styles['icon']} />
          ) : (
            <Spinner />
          ))}
        {isReadOnly && <Lock aria-hidden="true" className={styles['icon']} />}
        {tab.relation !== undefined && <Table2 aria-hidden="true" className={styles['icon']} />}
        {running === null && transaction !== 'idle' && (
          <span
            className={styles['transaction']}
            data-failed={transaction === 'failed' ? '' : undefined}
            title="Open transaction"
          />
        )}
        {tab.file?.isChanged === true && (
          <span className={styles['unsaved']} title="Not saved in its file" />
        )}
        {isRenaming ? (
          <TitleInput
            title={tab.title}
            onEnd={(title, isByKey) => {
              setRenaming(false);
              // Once the field is gone: leaving it would take the title over.
              if (isByKey) requestAnimationFrame(() => element.current?.focus());
              if (title !== null) changeTabs(workspace, (list) => renameTab(list, tab.id, title));
            }}
          />
        ) : (
          <span className={styles['title']}>
            <ShownName name={tab.title} />
          </span>
        )}
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Close ${printable(tab.title)}`}
          className={styles['close']}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={(event) => {
            event.stopPropagation();
            onClose();
          }}
        >
          <X />
        </button>
      </div>
    </ContextMenu>
  );
}

/** What a screen reader calls a tab: without the button in it. */
function tabName(
  { title, relation, options, file }: QueryTab,
  transaction: TransactionStatus,
  isAsking: boolean,
): string {
  return [
    printable(title),
    ...(relation === undefined && options?.readOnly === true ? ['read-only'] : []),
    ...(file?.isChanged === true ? ['not saved'] : []),
    ...(transaction === 'idle' ? [] : ['open transaction']),
    ...(isAsking ? ['waits for your answer'] : []),
  ].join(', ');
}
