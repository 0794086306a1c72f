import type { ExportSource, Repeatability } from '@shared/models/export';
import type { ResultColumn } from '@shared/models/query-result';
import { batchOf, type RowBatch } from '@shared/models/row-batch';
import { call, errorData } from '../../../api/postern';
import { showToast } from '../../../components/toast-store';
import { type ExportScope, openExport } from '../../export/export-store';
import type { RowSource } from '../../../components/grid/row-source';
import { tabRun } from '../run/run-store';
import { formatCount } from '../../../components/format-count';
import type { Outcome } from './outcome';

type RowsOutcome = Extract<Outcome, { kind: 'rows' }>;

/** Rows of the preview. */
const previewRows = 20;

/** Opens the export dialog for the result in front of a tab, or says that there is none. */
export function exportShownResult(connectionId: string, tabId: string): void {
  const { outcomes, shownId } = tabRun(tabId);
  const shown = outcomes.find(({ id }) => id === shownId);
  if (shown?.kind === 'rows') void exportResult(connectionId, tabId, shown);
  else showToast({ tone: 'neutral', message: 'There are no rows here to export.' });
}

/** Opens the export dialog for a result. It never rejects: what main answers is shown. */
export async function exportResult(
  connectionId: string,
  tabId: string,
  { source, statement, parameters }: RowsOutcome,
): Promise<void> {
  try {
    const ran = {
      connectionId,
      tabId,
      statement,
      ...(parameters !== undefined && { parameters }),
    };
    const { repeat, relation } = await call('export:describe-result', {
      ...ran,
      tableOid: commonTable(source.columns),
    });
    const [first, ...others] = scopesOf(source, repeat, { kind: 'statement', ...ran });
    if (first === undefined) {
      showToast({
        tone: 'danger',
        message: `These rows are no longer kept. ${repeat.reason ?? 'Run the statement again.'}`,
      });
      return;
    }
    openExport({
      title: 'result',
      suggestedName: relation?.name ?? 'result',
      scopes: [first, ...others],
      preview: {
        kind: 'rows',
        connectionId,
        columns: [...source.columns],
        rows: firstRows(source),
      },
      relation,
    });
  } catch (error) {
    showToast({ tone: 'danger', message: errorData(error).message });
  }
}

/** The rows that can be had of a result, those that a person most likely wants first. */
export function scopesOf(
  source: Pick<RowSource, 'state' | 'kept' | 'columns'>,
  repeat: Repeatability,
  statement: Extract<ExportSource, { kind: 'statement' }>,
): ExportScope[] {
  const { connectionId } = statement;
  const { kept, state, columns } = source;
  const count = formatCount(state.rowCount, 'row');
  const keptRows = (maxRows: number | null): ExportSource | null => {
    if (kept === null) return null;
    if ('rows' in kept)
      return { kind: 'rows', connectionId, columns: [...columns], rows: kept.rows };
    const { resultId } = kept;
    return { kind: 'result', connectionId, resultId, columns: [...columns], maxRows };
  };
  const read = keptRows(state.rowCount);
  if (state.status === 'complete' && read !== null) {
    return [
      { label: `All ${count}`, hint: 'As shown: the statement is not run again.', source: read },
    ];
  }
  const scopes: ExportScope[] = [];
  const rest = keptRows(null);
  if (repeat.canRepeat) {
    const again =
      'The statement is run again: rows that changed since are exported as they are now.';
    const hint = repeat.reason === null ? again : `${again} ${repeat.reason}`;
    scopes.push({ label: 'All rows', hint, source: statement });
  } else if (rest !== null && state.status !== 'closed' && state.status !== 'failed') {
    const hint = `The rest is read on from the server. ${repeat.reason ?? ''}`.trim();
    scopes.push({ label: 'All rows', hint, source: rest });
  }
  if (read !== null) {
    scopes.push({ label: `The ${count} read so far`, hint: null, source: read });
  }
  return scopes;
}

/** The oid of the one relation that all columns come from, 0 where there is none. */
function commonTable(columns: readonly ResultColumn[]): number {
  const oid = columns[0]?.tableOid ?? 0;
  return columns.every(({ tableOid }) => tableOid === oid) ? oid : 0;
}

/** The first rows as they are in the window, long values shortened: enough for a preview. */
function firstRows(source: RowSource): RowBatch {
  const encoder = new TextEncoder();
  const rows: (Uint8Array | null)[][] = [];
  for (let row = 0; row < Math.min(previewRows, source.rowCount); row += 1) {
    const texts = source.columns.map((_, column) => source.preview(row, column));
    if (texts.some((text) => text === undefined)) break;
    rows.push(texts.map((text) => (typeof text === 'string' ? encoder.encode(text) : null)));
  }
  return batchOf(rows, source.columns.length);
}
