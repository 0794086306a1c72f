import { useEffect, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../components/button';
import type { RowSource, RowSourceStatus } from '../../../components/grid/row-source';
import { RowTotal } from '../../../components/row-total';
import { formatCount } from '../../../components/format-count';
import styles from './result-footer.module.css';
import {
  cancelCount,
  type CountedStatement,
  countTotal,
  estimateTotal,
  totalOf,
} from './row-totals';

interface RowCountProps {
  readonly source: RowSource;
  readonly statement: CountedStatement;
}

/** How many rows were read, and how many there are. */
export function RowCount({ source, statement }: RowCountProps) {
  const { rowCount, status } = useSyncExternalStore(source.subscribe, source.getState);
  const { estimate, exact, countingId, canCount } = useStore(totalOf(source));
  const isOpen = status === 'more' || status === 'loading';
  useEffect(() => {
    if (isOpen) void estimateTotal(source, statement);
  }, [isOpen, source, statement]);
  return (
    <>
      <span className={styles['count']}>{countText(rowCount, status)}</span>
      {status !== 'complete' && (
        <span className={styles['total']}>
          <RowTotal
            // The plan is only a guess: what was read is not.
            estimate={estimate === null || estimate <= rowCount ? null : estimate}
            exact={exact}
            isCounting={countingId !== null}
            onCount={canCount ? () => void countTotal(source, statement) : undefined}
            onCancel={() => cancelCount(source)}
          />
        </span>
      )}
      <span className={styles['columns']}>{formatCount(source.columns.length, 'column')}</span>
      <ReadAll source={source} status={status} />
    </>
  );
}

function countText(rowCount: number, status: RowSourceStatus): string {
  if (status === 'complete') return formatCount(rowCount, 'row');
  const count = rowCount.toLocaleString('en');
  if (status === 'reading') return `${count} rows so far`;
  return status === 'closed' ? `First ${count} rows` : `${count}+ rows`;
}

interface ReadAllProps {
  readonly source: RowSource;
  readonly status: RowSourceStatus;
}

/** Reads to the end, so that all rows are here, or stops doing so. */
function ReadAll({ source, status }: ReadAllProps) {
  if (status === 'reading') {
    return (
      <Button
        variant="link"
        size="small"
        className={styles['read']}
        onClick={() => source.stopReading()}
      >
        Stop reading
      </Button>
    );
  }
  if (status !== 'more' && status !== 'loading') return null;
  return (
    <Button
      variant="link"
      size="small"
      className={styles['read']}
      onClick={() => void source.readToEnd()}
    >
      Read all rows
    </Button>
  );
}
