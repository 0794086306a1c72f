import { Lock, Plus, Table2, X } from 'lucide-react';
import type { TransactionStatus } from '@shared/models/query-result';
import { useEffect, useRef, useState } from 'react';
import { IconButton } from '../../../components/icon-button';
import { ContextMenu } from '../../../components/menu';
import { printable } from '../../../components/printable';
import { Spinner } from '../../../components/spinner';
import { focusTabByKey } from '../../../components/tab-keys';
import { changeTabs } from '../query-store';
import { useTabRun } from '../run/run-store';
import { commandKeys } from '../../../components/shortcut-text';
import { activateQueryTab, openEmptyTab, reopenClosedTab } from './tab-actions';
import { moveTab, type QueryTab, renameTab, type TabList } from './tab-list';
import styles from './tab-strip.module.css';

interface TabStripProps {
  /** The workspace's key. */
  readonly workspace: string;
  readonly list: TabList;
  readonly onClose: (tabId: string) => void;
}

/** The editor tabs of a connection. */
export function TabStrip({ workspace, list, onClose }: TabStripProps) {
  const strip = useRef<HTMLDivElement>(null);
  const { activeTabId } = list;
  useEffect(() => {
    const element = strip.current;
    if (element === null) return undefined;
    const shown = element.querySelector(`[data-tab="${activeTabId}"]`);
    if (shown === null) return undefined;
    // At once, and whenever there is less room for it or it takes more.
    const observer = new ResizeObserver(() =>
      shown.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    );
    observer.observe(element);
    observer.observe(shown);
    return () => observer.disconnect();
  }, [activeTabId]);
  return (
    <div className={styles['bar']}>
      <div
        ref={strip}
        role="tablist"
        aria-label="Query tabs"
        tabIndex={-1}
        className={styles['strip']}
        onKeyDown={focusTabByKey}
        onWheel={(event) => {
          if (event.deltaX === 0) event.currentTarget.scrollLeft += event.deltaY;
        }}
      >
        {list.tabs.map((tab) => (
          <Tab
            key={tab.id}
            workspace={workspace}
            tab={tab}
            isActive={tab.id === activeTabId}
            canReopen={list.closed.length > 0}
            onClose={() => onClose(tab.id)}
          />
        ))}
      </div>
      <IconButton
        label="New tab"
        shortcut={commandKeys('new-tab')}
        icon={<Plus />}
        onClick={() => openEmptyTab(workspace)}
      />
    </div>
  );
}

interface TabProps {
  readonly workspace: string;
  readonly tab: QueryTab;
  readonly isActive: boolean;
  readonly canReopen: boolean;
  readonly onClose: () => void;
}

const dragType = 'application/x-postern-tab';

function Tab({ workspace, tab, isActive, canReopen, onClose }: TabProps) {
  const [isRenaming, setRenaming] = useState(false);
  const element = useRef<HTMLDivElement>(null);
  const { running, transaction } = useTabRun(tab.id);
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
        aria-label={tabName(tab, transaction)}
        title={printable(tab.file?.path ?? tab.title)}
        className={styles['tab']}
        draggable={!isRenaming}
        onPointerDown={(event) => {
          if (event.button === 0) activate();
          // The middle button would otherwise begin to scroll.
          if (event.button === 1) event.preventDefault();
        }}
        onAuxClick={(event) => event.button === 1 && onClose()}
        onDoubleClick={() => setRenaming(true)}
        onKeyDown={(event) => {
          if (event.target !== event.currentTarget) return;
          if (event.key === 'Enter' || event.key === ' ') activate();
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
        {running !== null && <Spinner />}
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
              if (isByKey) element.current?.focus();
              if (title !== null) changeTabs(workspace, (list) => renameTab(list, tab.id, title));
            }}
          />
        ) : (
          <span className={styles['title']}>{printable(tab.title)}</span>
        )}
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Close ${printable(tab.title)}`}
          className={styles['close']}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={onClose}
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
): string {
  return [
    printable(title),
    ...(relation === undefined && options?.readOnly === true ? ['read-only'] : []),
    ...(file?.isChanged === true ? ['not saved'] : []),
    ...(transaction === 'idle' ? [] : ['open transaction']),
  ].join(', ');
}

interface TitleInputProps {
  readonly title: string;
  /** `null` leaves the title as it was. `isByKey`: the focus is still in the field. */
  readonly onEnd: (title: string | null, isByKey: boolean) => void;
}

function TitleInput({ title, onEnd }: TitleInputProps) {
  const [text, setText] = useState(title);
  return (
    <input
      className={styles['rename']}
      aria-label="Title of the tab"
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- it opens to be typed into
      autoFocus
      maxLength={200}
      value={text}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => onEnd(text, false)}
      onPointerDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') onEnd(text, true);
        if (event.key === 'Escape') onEnd(null, true);
      }}
    />
  );
}
