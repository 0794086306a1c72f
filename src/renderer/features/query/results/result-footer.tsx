import { useEffect, useSyncExternalStore } from 'react';
import type { RowSource } from '../grid/row-source';
import { formatCount, formatDuration } from './format';
import type { Outcome } from './outcome';
import styles from './result-footer.module.css';

/** Milliseconds that a message of a copy stays. */
const messageTime = 4000;

interface ResultFooterProps {
  readonly outcome: Outcome;
  readonly message: string | null;
  readonly onMessage: (message: null) => void;
}

/** How many rows, how long it took, and what was copied. */
export function ResultFooter({ outcome, message, onMessage }: ResultFooterProps) {
  useEffect(() => {
    if (message === null) return undefined;
    const timer = setTimeout(() => onMessage(null), messageTime);
    return () => clearTimeout(timer);
  }, [message, onMessage]);
  return (
    <footer className={styles['footer']}>
      {outcome.kind === 'rows' && <RowCount source={outcome.source} />}
      {outcome.kind !== 'declined' && <span>{formatDuration(outcome.durationMs)}</span>}
      <output className={styles['message']}>{message}</output>
    </footer>
  );
}

function RowCount({ source }: { readonly source: RowSource }) {
  const { rowCount, status } = useSyncExternalStore(source.subscribe, source.getState);
  const columns = formatCount(source.columns.length, 'column');
  return (
    <>
      <span className={styles['count']}>{countText(rowCount, status)}</span>
      <span>{columns}</span>
    </>
  );
}

function countText(rowCount: number, status: RowSource['state']['status']): string {
  if (status === 'complete') return formatCount(rowCount, 'row');
  const count = rowCount.toLocaleString('en');
  return status === 'closed' ? `First ${count} rows` : `${count}+ rows, scroll for more`;
}
