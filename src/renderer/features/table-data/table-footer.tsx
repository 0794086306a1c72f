import { ChevronsDown, ChevronsUp } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { orderText } from './order-text';
import { cancelCount, countRows } from './row-count';
import { jumpTo } from './table-controller';
import type { RowCount, ShownRows } from './table-store';
import styles from './table-tab.module.css';

/** Milliseconds that a message of a copy stays. */
const messageTime = 4000;

interface TableFooterProps {
  readonly tabId: string;
  readonly rows: ShownRows;
  readonly count: RowCount;
  readonly message: string | null;
  readonly onMessage: (message: string | null) => void;
}

/** How many rows there are, in which order they come, and the ways to both ends. */
export function TableFooter({ tabId, rows, count, message, onMessage }: TableFooterProps) {
  const { rowCount, status } = useSyncExternalStore(rows.source.subscribe, rows.source.getState);
  useEffect(() => {
    if (message === null) return undefined;
    const timer = setTimeout(() => onMessage(null), messageTime);
    return () => clearTimeout(timer);
  }, [message, onMessage]);
  const isWhole = status === 'complete' && !rows.pages.hasEarlier;
  return (
    <footer className={styles['footer']}>
      <span className={styles['count']}>
        {isWhole ? counted(String(rowCount)) : `${rowCount.toLocaleString('en')} rows read`}
      </span>
      {!isWhole && <Total tabId={tabId} count={count} />}
      <span className={styles['order']}>{orderText(rows.relation, rows.sort)}</span>
      <output className={styles['message']}>{message}</output>
      {rows.relation.paging !== 'stream' && (
        <>
          <IconButton
            size="small"
            label="First rows"
            icon={<ChevronsUp />}
            onClick={() => void jumpTo(tabId, 'start')}
          />
          <IconButton
            size="small"
            label="Last rows"
            icon={<ChevronsDown />}
            onClick={() => void jumpTo(tabId, 'end')}
          />
        </>
      )}
    </footer>
  );
}

function Total({ tabId, count }: { readonly tabId: string; readonly count: RowCount }) {
  if (count.exact !== null) return <span>of {counted(count.exact)}</span>;
  const about =
    count.estimate === null ? null : `of about ${Math.round(count.estimate).toLocaleString('en')}`;
  if (count.countingId !== null) {
    return (
      <>
        {about !== null && <span>{about}</span>}
        <Button variant="link" size="small" onClick={() => void cancelCount(tabId)}>
          Counting… Cancel
        </Button>
      </>
    );
  }
  return (
    <>
      {about !== null && <span title="The planner's estimate">{about}</span>}
      <Button variant="link" size="small" onClick={() => void countRows(tabId)}>
        Count
      </Button>
    </>
  );
}

/** A count as the server wrote it, its digits parted: it may be larger than any number here. */
function counted(digits: string): string {
  const parted = digits.replaceAll(/\B(?=(?:\d{3})+$)/gu, ',');
  return digits === '1' ? '1 row' : `${parted} rows`;
}
