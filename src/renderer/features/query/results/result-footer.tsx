import { ChevronDown, Download } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { Button } from '../../../components/button';
import { DropdownMenu } from '../../../components/menu';
import { copyCells } from '../../../components/grid/copy-cells';
import type { CopyFormat } from '../../../components/grid/copy-formats';
import type { RowSource, RowSourceStatus } from '../../../components/grid/row-source';
import { formatDuration } from '../../../components/format-duration';
import { formatCount } from './format';
import type { Outcome } from './outcome';
import styles from './result-footer.module.css';

/** Milliseconds that a message of a copy stays. */
const messageTime = 4000;

interface ResultFooterProps {
  readonly outcome: Outcome;
  readonly message: string | null;
  readonly onMessage: (message: string | null) => void;
  readonly onExport: () => void;
}

/** How many rows, how long it took, and copying or exporting them all. */
export function ResultFooter({ outcome, message, onMessage, onExport }: ResultFooterProps) {
  useEffect(() => {
    if (message === null) return undefined;
    const timer = setTimeout(() => onMessage(null), messageTime);
    return () => clearTimeout(timer);
  }, [message, onMessage]);
  return (
    <footer className={styles['footer']}>
      {outcome.kind === 'rows' && <RowCount source={outcome.source} />}
      {outcome.kind !== 'declined' && outcome.durationMs > 0 && (
        <span>{formatDuration(outcome.durationMs)}</span>
      )}
      <output className={styles['message']}>{message}</output>
      {outcome.kind === 'rows' && (
        <>
          <CopyAll source={outcome.source} onMessage={onMessage} />
          <Button
            variant="ghost"
            size="small"
            className={styles['copy']}
            icon={<Download aria-hidden="true" />}
            onClick={onExport}
          >
            Export…
          </Button>
        </>
      )}
    </footer>
  );
}

function RowCount({ source }: { readonly source: RowSource }) {
  const { rowCount, status } = useSyncExternalStore(source.subscribe, source.getState);
  return (
    <>
      <span className={styles['count']}>{countText(rowCount, status)}</span>
      <span>{formatCount(source.columns.length, 'column')}</span>
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

/** Reads to the end, so that the number of rows is known, or stops doing so. */
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

interface CopyAllProps {
  readonly source: RowSource;
  readonly onMessage: (message: string) => void;
}

function CopyAll({ source, onMessage }: CopyAllProps) {
  const copy = (format: CopyFormat) => () => {
    const range = {
      top: 0,
      bottom: source.rowCount - 1,
      left: 0,
      right: source.columns.length - 1,
    };
    void copyCells(source, range, format, '').then(onMessage);
  };
  if (source.rowCount === 0) return null;
  return (
    <DropdownMenu
      actions={[
        { label: 'Copy rows with headers', onSelect: copy('tsv-headers') },
        { label: 'Copy rows as CSV', onSelect: copy('csv') },
        { label: 'Copy rows as JSON', onSelect: copy('json') },
      ]}
    >
      <Button variant="ghost" size="small" className={styles['copy']}>
        Copy <ChevronDown aria-hidden="true" />
      </Button>
    </DropdownMenu>
  );
}
