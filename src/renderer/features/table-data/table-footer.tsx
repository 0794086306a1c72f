import { ChevronsDown, ChevronsUp } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { insertTarget, useColumnSources } from '../../components/grid/column-sources';
import { CopyRowsMenu } from '../../components/grid/copy-rows-menu';
import { IconButton } from '../../components/icon-button';
import { countedRows, RowTotal } from '../../components/row-total';
import { orderText } from './order-text';
import { cancelCount, countRows } from './row-count';
import { jumpTo } from './table-controller';
import type { RowCount, ShownRows } from './table-store';
import styles from './table-tab.module.css';

interface TableFooterProps {
  readonly tabId: string;
  readonly rows: ShownRows;
  readonly count: RowCount;
  readonly connectionId: string;
  /** What copied rows are inserted into, as SQL. */
  readonly relation: string;
  readonly message: string | null;
  readonly onMessage: (message: string) => void;
}

/** How many rows there are, in which order they come, and the ways to both ends. */
export function TableFooter(props: TableFooterProps) {
  const { tabId, rows, count, connectionId, relation, message, onMessage } = props;
  const { rowCount, status } = useSyncExternalStore(rows.source.subscribe, rows.source.getState);
  const sources = useColumnSources(connectionId, rows.source);
  const isWhole = status === 'complete' && !rows.pages.hasEarlier;
  return (
    <footer className={styles['footer']}>
      <span className={styles['count']}>
        {isWhole ? countedRows(String(rowCount)) : `${rowCount.toLocaleString('en')} rows read`}
      </span>
      {!isWhole && (
        <RowTotal
          estimate={count.estimate}
          exact={count.exact}
          isCounting={count.countingId !== null}
          onCount={() => void countRows(tabId)}
          onCancel={() => void cancelCount(tabId)}
        />
      )}
      <span className={styles['order']}>{orderText(rows.relation, rows.sort)}</span>
      <output className={styles['message']}>{message}</output>
      <CopyRowsMenu
        source={rows.source}
        target={{ ...insertTarget(sources), relation }}
        onCopied={onMessage}
      />
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
