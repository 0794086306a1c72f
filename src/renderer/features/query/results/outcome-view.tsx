import { useEffect, useState } from 'react';
import { catalogOf } from '../editor/catalog-cache';
import { ResultGrid } from '../../../components/grid/result-grid';
import type { RowSource } from '../../../components/grid/row-source';
import { readableIdentifier } from '@shared/sql/identifiers';
import { unreachable } from '../../../unreachable';
import { PlanView } from '../plan/plan-view';
import { CommandView, DeclinedView } from './command-view';
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
          onRetry={outcome.unsent === true && canRetry(outcome.error) ? onRetry : undefined}
          onGoToPosition={onGoToPosition}
          onCopied={onCopied}
        />
      );
    case 'declined':
      return <DeclinedView />;
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
  const relation = useRelation(connectionId, source);
  return <ResultGrid source={source} relation={relation} onCopied={onCopied} onExport={onExport} />;
}

/** The relation that all columns come from, where completion has listed it; a name to replace otherwise. */
function useRelation(connectionId: string, source: RowSource): string {
  const [relation, setRelation] = useState('my_table');
  useEffect(() => {
    const oid = commonTable(source);
    if (oid === null) return undefined;
    let isCurrent = true;
    const find = async (): Promise<void> => {
      const table = await catalogOf(connectionId).findListed(oid);
      if (!isCurrent || table === null) return;
      setRelation(`${readableIdentifier(table.schema)}.${readableIdentifier(table.name)}`);
    };
    void find();
    return () => {
      isCurrent = false;
    };
  }, [connectionId, source]);
  return relation;
}

function commonTable(source: RowSource): number | null {
  const [first] = source.columns;
  if (first === undefined || first.tableOid === 0) return null;
  return source.columns.every(({ tableOid }) => tableOid === first.tableOid)
    ? first.tableOid
    : null;
}
