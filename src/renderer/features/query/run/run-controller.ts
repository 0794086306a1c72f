import type { DatabaseErrorData } from '@shared/models/database-error';
import type { ParameterValues } from '@shared/models/query-parameter';
import type { QueryRun, RunTarget } from '@shared/models/query-result';
import { call, CallError, errorData, listen } from '../../../api/postern';
import { showToast } from '../../../components/toast-store';
import { forgetCatalog } from '../editor/catalog-cache';
import { dispatchEffects, editorState, showPosition } from '../editor/editor-states';
import { beginRun, currentPosition, markError, clearErrorMark } from '../editor/run-marks';
import type { RowReader } from '../../../components/grid/row-source';
import { askForValues, mayHaveParameters } from '../parameters/ask-for-values';
import { failedRun, type Outcome, toOutcomes } from '../results/outcome';
import { useErrorChoice } from './error-choice';
import { noteReview } from './review-store';
import { type RunningQuery, tabRun, updateRun } from './run-store';

const reader: RowReader = {
  readRows: (resultId, from, count) => call('query:read-rows', { resultId, from, count }),
  readCell: (resultId, row, column) => call('query:read-cell', { resultId, row, column }),
  async readAll(resultId, onProgress) {
    const stopListening = listen('query:read-progress', (progress) => {
      if (progress.resultId === resultId) onProgress(progress.readRows);
    });
    try {
      return await call('query:read-all', { resultId });
    } finally {
      stopListening();
    }
  },
  stopReading: (resultId) => {
    call('query:stop-reading', { resultId }).catch((error: unknown) => {
      showToast({ tone: 'danger', message: errorData(error).message });
    });
  },
  closeResult: (resultId) => {
    call('query:close-result', { resultId }).catch((error: unknown) => {
      const data = errorData(error);
      // A result that main has ended by itself is closed already.
      if (data.kind !== 'NotFound') showToast({ tone: 'danger', message: data.message });
    });
  },
};

/** Runs part of a tab's text. Does nothing while the tab runs. It never rejects: a failure is an outcome. */
export async function runQuery(
  connectionId: string,
  tabId: string,
  target: RunTarget,
): Promise<void> {
  const state = editorState(tabId);
  const previous = tabRun(tabId);
  if (state === undefined || previous.running !== null) return;
  const text = state.doc.toString();
  const parameters = mayHaveParameters(text)
    ? await valuesFor({ connectionId, tabId, text, target })
    : undefined;
  if (parameters === null || tabRun(tabId).running !== null) return;
  const running = startRunning(connectionId);
  closeSources(previous.outcomes);
  updateRun(tabId, { running, connectionId, transactionMessage: null });
  dispatchEffects(tabId, [beginRun.of(null), clearErrorMark.of(null)]);
  const { executionId } = running;
  try {
    const run = await call('query:run', {
      connectionId,
      tabId,
      executionId,
      text,
      target,
      ...(parameters !== undefined && { parameters }),
      ...(useErrorChoice.getState().onError === 'continue' && { onError: 'continue' as const }),
    });
    finish(tabId, run, text, parameters);
    if (changesCatalog(run)) forgetCatalog(connectionId);
  } catch (error) {
    const outcome = failedRun(errorData(error), performance.now() - running.startedAt);
    showOutcomes(tabId, [outcome]);
    if (outcome.kind === 'failed' && endsSession(outcome.error)) {
      updateRun(tabId, { transaction: 'idle' });
    }
  } finally {
    updateRun(tabId, { running: null });
  }
}

/** The values of what is to run. Where they cannot be asked for, the run itself tells what is wrong. */
async function valuesFor(
  place: Parameters<typeof askForValues>[0],
): Promise<ParameterValues | null | undefined> {
  try {
    return await askForValues(place);
  } catch (error) {
    if (error instanceof CallError) return undefined;
    throw error;
  }
}

/** Ends a tab's open transaction; the rows that are shown stay. A failure is shown as an outcome. */
export async function endTransaction(
  connectionId: string,
  tabId: string,
  command: 'COMMIT' | 'ROLLBACK',
): Promise<void> {
  const previous = tabRun(tabId);
  if (previous.running !== null) return;
  const running = startRunning(connectionId);
  // The rows that are shown stay readable; what was not read yet ends with the transaction.
  for (const outcome of previous.outcomes) {
    if (outcome.kind === 'rows') outcome.source.endReading();
  }
  updateRun(tabId, { running, transactionMessage: null });
  const { executionId } = running;
  const request = {
    connectionId,
    tabId,
    executionId,
    text: command,
    target: { kind: 'all' } as const,
    keepsResults: true,
  };
  try {
    const run = await call('query:run', request);
    const [outcome] = run.outcomes;
    if (outcome?.status !== 'done') {
      finish(tabId, run, command);
      return;
    }
    // COMMIT of a failed transaction answers with the tag ROLLBACK.
    const isCommitted = outcome.result.commandTag === 'COMMIT';
    updateRun(tabId, {
      transaction: run.transaction,
      transactionMessage: isCommitted ? 'Committed' : 'Rolled back',
    });
  } catch (error) {
    showOutcomes(tabId, [failedRun(errorData(error), performance.now() - running.startedAt)]);
  } finally {
    updateRun(tabId, { running: null });
  }
}

/** Asks main to stop a tab's run; the run then ends with the outcome "Cancelled". */
export async function cancelRun(tabId: string): Promise<void> {
  const { running } = tabRun(tabId);
  if (running === null) return;
  updateRun(tabId, { running: { ...running, isCancelling: true } });
  try {
    await call('query:cancel', { executionId: running.executionId });
  } catch (error) {
    const { running: current } = tabRun(tabId);
    // A run that has ended in the meantime needs no cancelling.
    if (current?.executionId !== running.executionId) return;
    updateRun(tabId, { running: { ...current, isCancelling: false } });
    showToast({ tone: 'danger', message: `Not cancelled: ${errorData(error).message}` });
  }
}

/** Errors after which the server holds nothing of the tab any more. */
function endsSession({ kind }: DatabaseErrorData): boolean {
  return kind === 'ConnectionLost' || kind === 'NotFound';
}

/** Takes over that a tab's connection was closed and opened anew: transaction and cursors are gone. */
export function leaveOldConnection(tabId: string, connectionId: string): void {
  const run = tabRun(tabId);
  if (run.connectionId === null || run.connectionId === connectionId) return;
  closeSources(run.outcomes);
  updateRun(tabId, { connectionId, transaction: 'idle', transactionMessage: null });
}

/** Gives up the unread rows of a tab's results. */
export function closeResults(tabId: string): void {
  closeSources(tabRun(tabId).outcomes);
}

function startRunning(connectionId: string): RunningQuery {
  return {
    executionId: crypto.randomUUID(),
    connectionId,
    startedAt: performance.now(),
    progress: null,
    isCancelling: false,
  };
}

function closeSources(outcomes: readonly Outcome[]): void {
  for (const outcome of outcomes) if (outcome.kind === 'rows') outcome.source.close();
}

function finish(tabId: string, run: QueryRun, text: string, parameters?: ParameterValues): void {
  const outcomes = toOutcomes(run, text, reader, parameters);
  updateRun(tabId, { transaction: run.transaction });
  noteReview(tabId, run);
  showOutcomes(tabId, outcomes);
}

/** Shows the outcome that matters most: what failed or was declined, else the last with rows. */
function showOutcomes(tabId: string, outcomes: readonly Outcome[]): void {
  const shown =
    outcomes.find(({ kind }) => kind === 'failed' || kind === 'declined') ??
    outcomes.findLast(({ kind }) => kind === 'rows') ??
    outcomes.at(-1);
  updateRun(tabId, { outcomes, shownId: shown?.id ?? null });
  const failed = outcomes.find((outcome) => outcome.kind === 'failed');
  if (failed?.kind === 'failed') markFailure(tabId, failed.error, failed.range);
}

function markFailure(
  tabId: string,
  { position }: DatabaseErrorData,
  range: { from: number; to: number } | null,
): void {
  const state = editorState(tabId);
  if (state === undefined || position === undefined) return;
  const at = currentPosition(state, position);
  if (at === null) return;
  const from = range === null ? 0 : currentPosition(state, range.from);
  const to = range === null ? state.doc.length : currentPosition(state, range.to);
  const statement = { from: from ?? at, to: to ?? at };
  dispatchEffects(tabId, [markError.of({ position: at, statement }), showPosition(at)]);
}

const catalogCommands = /^(?:CREATE|ALTER|DROP|SELECT INTO|IMPORT|DO|CALL|COMMENT|REFRESH)/u;

function changesCatalog(run: QueryRun): boolean {
  return run.outcomes.some(
    (outcome) => outcome.status === 'done' && catalogCommands.test(outcome.result.commandTag ?? ''),
  );
}
