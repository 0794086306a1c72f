import { Download } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '../../../components/button';
import { formatDuration } from '../../../components/format-duration';
import { insertTarget, useColumnSources } from '../../../components/grid/column-sources';
import { CopyRowsMenu } from '../../../components/grid/copy-rows-menu';
import type { Outcome } from './outcome';
import { RowCount } from './row-count';
import styles from './result-footer.module.css';

interface ResultFooterProps {
  readonly connectionId: string;
  readonly tabId: string;
  readonly outcome: Outcome;
  readonly message: string | null;
  readonly onMessage: (message: string) => void;
  readonly onExport: () => void;
}

/** How many rows, how long it took, and copying or exporting them all. */
export function ResultFooter(props: ResultFooterProps) {
  const { connectionId, tabId, outcome, message, onMessage, onExport } = props;
  return (
    <footer className={styles['footer']}>
      {outcome.kind === 'rows' && (
        <Rows connectionId={connectionId} tabId={tabId} outcome={outcome} />
      )}
      {'durationMs' in outcome && outcome.durationMs > 0 && (
        <span>{formatDuration(outcome.durationMs)}</span>
      )}
      <output className={styles['message']}>{message}</output>
      {outcome.kind === 'rows' && (
        <>
          <CopyRows connectionId={connectionId} outcome={outcome} onCopied={onMessage} />
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

type RowsOutcome = Extract<Outcome, { kind: 'rows' }>;

interface RowsProps {
  readonly connectionId: string;
  readonly tabId: string;
  readonly outcome: RowsOutcome;
}

function Rows({ connectionId, tabId, outcome }: RowsProps) {
  const { source, statement, parameters } = outcome;
  const counted = useMemo(
    () => ({ connectionId, tabId, statement, parameters }),
    [connectionId, tabId, statement, parameters],
  );
  return <RowCount source={source} statement={counted} />;
}

interface CopyRowsProps {
  readonly connectionId: string;
  readonly outcome: RowsOutcome;
  readonly onCopied: (message: string) => void;
}

function CopyRows({ connectionId, outcome: { source }, onCopied }: CopyRowsProps) {
  const sources = useColumnSources(connectionId, source);
  return (
    <CopyRowsMenu
      source={source}
      target={insertTarget(sources)}
      className={styles['copy']}
      onCopied={onCopied}
    />
  );
}
