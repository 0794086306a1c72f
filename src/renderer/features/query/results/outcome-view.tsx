import { useMemo } from 'react';
import {
  columnNotes,
  insertTarget,
  useColumnSources,
} from '../../../components/grid/column-sources';
import { ResultGrid } from '../../../components/grid/result-grid';
import type { RowSource } from '../../../components/grid/row-source';
import { unreachable } from '../../../unreachable';
import { PlanView } from '../plan/plan-view';
import { CommandView, DeclinedView, SkippedView } from './command-view';
import { canRetry } from './error-text';
import { ErrorView } from './error-view';
import type { Outcome } from './outcome';

interface OutcomeViewProps {
  readonly connectionId: string;
  readonly outcome: Outcome;
  /** Runs once more what the outcome is of. */
  readonly onRetry: () => void;
  readonly onGoToPosition: (position: number) => void;
  readonly onCopied: (message: string) => void;
  readonly onExport: () => void;
}

/** One outcome in full. */
export function OutcomeView(props: OutcomeViewProps) {
  const { connectionId, outcome, onRetry, onGoToPosition, onCopied, onExport } = props;
  switch (outcome.kind) {
    case 'rows':
      return (
        <RowsView
          connectionId={connectionId}
          source={outcome.source}
          onCopied={onCopied}
          onExport={onExport}
        />
      );
    case 'plan':
      return <PlanView text={outcome.text} onCopied={onCopied} />;
    case 'command':
      return <CommandView outcome={outcome} />;
    case 'failed':
      return (
        <ErrorView
          error={outcome.error}
          notRun={outcome.notRun ?? 0}
          unsent={outcome.unsent === true}
          statementStart={outcome.range?.from ?? null}
          onRetry={outcome.unsent === true && canRetry(outcome.error) ? onRetry : undefined}
          onGoToPosition={onGoToPosition}
          onCopied={onCopied}
        />
      );
    case 'declined':
      return <DeclinedView />;
    case 'skipped':
      return <SkippedView />;
    default:
      return unreachable(outcome);
  }
}

interface RowsViewProps {
  readonly connectionId: string;
  readonly source: RowSource;
  readonly onCopied: (message: string) => void;
  readonly onExport: () => void;
}

function RowsView({ connectionId, source, onCopied, onExport }: RowsViewProps) {
  const sources = useColumnSources(connectionId, source);
  const notes = useMemo(() => columnNotes(sources), [sources]);
  return (
    <ResultGrid
      source={source}
      target={insertTarget(sources)}
      columnNotes={notes}
      onCopied={onCopied}
      onExport={onExport}
    />
  );
}
