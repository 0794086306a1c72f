import { Plus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { IconButton } from '../../../components/icon-button';
import { commandKeys } from '../../../components/shortcut-text';
import { focusTabByKey } from '../../../components/tab-keys';
import { Tab } from './tab';
import { openEmptyTab } from './tab-actions';
import type { TabList } from './tab-list';
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
