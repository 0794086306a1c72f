import type { ParameterValues } from '@shared/models/query-parameter';
import type { RunTarget } from '@shared/models/query-result';
import type { ExplainMode } from '@shared/sql/explain';
import { call, CallError, errorData } from '../../../api/postern';
import { useSettings } from '../../../api/settings';
import { showToast } from '../../../components/toast-store';
import { dispatchEffects, editorState } from '../editor/editor-states';
import { beginRun, clearErrorMark, currentPosition } from '../editor/run-marks';
import { optionsOf } from '../options/tab-options';
import { askForValues, mayHaveParameters } from '../parameters/ask-for-values';
import { beginningRun, leaveRun, takeOverFailure, takeOverRun } from './current-run';
import { tabRun, updateRun } from './run-store';
import { sendRun } from './send-run';
import { closeSources } from './show-run';

/**
 * Runs part of a tab's text, or has it explained. Does nothing while the tab runs. It never rejects: a
 * failure is an outcome.
 */
export async function runQuery(
  connectionId: string,
  tabId: string,
  target: RunTarget,
  explain?: ExplainMode,
): Promise<void> {
  const state = editorState(tabId);
  const previous = tabRun(tabId);
  if (state === undefined || previous.running !== null) return;
  const text = state.doc.toString();
  const parameters = mayHaveParameters(text)
    ? await valuesFor({ connectionId, tabId, text, target })
    : undefined;
  if (parameters === null || tabRun(tabId).running !== null) return;
  // Closed meanwhile: what it would run, and hold on the server, nobody would see.
  if (editorState(tabId) === undefined) return;
  const running = beginningRun(connectionId);
  // Rows that are on their way end with this run; all others stay until something of it was sent.
  for (const outcome of previous.outcomes) {
    if (outcome.kind === 'rows') outcome.source.interruptReading();
  }
  updateRun(tabId, { running, connectionId, target, explain, transactionMessage: null });
  dispatchEffects(tabId, [beginRun.of(null), clearErrorMark.of(null)]);
  const { executionId } = running;
  try {
    const run = await sendRun({
      connectionId,
      tabId,
      executionId,
      text,
      target,
      firstRows: useSettings.getState().firstRows,
      options: optionsOf(tabId),
      ...(parameters !== undefined && { parameters }),
      ...(explain !== undefined && { explain }),
    });
    takeOverRun(tabId, running, run, text, { parameters, explain });
  } catch (error) {
    takeOverFailure(tabId, running, errorData(error));
  } finally {
    leaveRun(tabId, running);
  }
}

/** Runs once more what was asked for last, at the place where it stands in the text by now. */
export async function retryRun(connectionId: string, tabId: string): Promise<void> {
  const state = editorState(tabId);
  const { target, explain } = tabRun(tabId);
  if (state === undefined || target === null) return;
  const now = presentTarget(target, (position) => currentPosition(state, position));
  if (now !== null) await runQuery(connectionId, tabId, now, explain);
  else showToast({ tone: 'neutral', message: 'The text that was to run was deleted.' });
}

function presentTarget(
  target: RunTarget,
  current: (position: number) => number | null,
): RunTarget | null {
  if (target.kind === 'all') return target;
  if (target.kind === 'statement-at') {
    const offset = current(target.offset);
    return offset === null ? null : { kind: 'statement-at', offset };
  }
  const from = current(target.range.from);
  const to = current(target.range.to);
  return from === null || to === null ? null : { kind: 'selection', range: { from, to } };
}

/**
 * The values of what is to run; null where it is not to run after all. Where they cannot be asked for, the
 * run itself tells what is wrong.
 */
async function valuesFor(
  place: Parameters<typeof askForValues>[0],
): Promise<ParameterValues | null | undefined> {
  const { tabId } = place;
  const since = performance.now();
  updateRun(tabId, { preparingSince: since });
  /** Ends the wait for the server. False where a person has cancelled it, or begun another. */
  const isWanted = (): boolean => {
    if (tabRun(tabId).preparingSince !== since) return false;
    updateRun(tabId, { preparingSince: null });
    return true;
  };
  try {
    return await askForValues(place, isWanted);
  } catch (error) {
    if (error instanceof CallError) return isWanted() ? undefined : null;
    throw error;
  }
}

/**
 * Asks main to stop a tab's run; the run then ends with the outcome "Cancelled". One that has not begun,
 * because its parameters are not known yet, does not begin.
 */
export async function cancelRun(tabId: string): Promise<void> {
  const { running, preparingSince } = tabRun(tabId);
  if (preparingSince !== null) updateRun(tabId, { preparingSince: null });
  if (running === null) return;
  updateRun(tabId, { running: { ...running, isCancelling: true } });
  try {
    await call('query:cancel', { executionId: running.executionId });
    const { running: still } = tabRun(tabId);
    // The person waits on for a server that does not stop: the button is there to ask again.
    if (still?.executionId === running.executionId) {
      updateRun(tabId, { running: { ...still, isCancelling: false } });
    }
  } catch (error) {
    const { running: current } = tabRun(tabId);
    // A run that has ended in the meantime needs no cancelling.
    if (current?.executionId !== running.executionId) return;
    updateRun(tabId, { running: { ...current, isCancelling: false } });
    showToast({ tone: 'danger', message: `Not cancelled: ${errorData(error).message}` });
  }
}

/** Takes over that a tab's connection was closed and opened anew: transaction and cursors are gone. */
export function leaveOldConnection(tabId: string, connectionId: string): void {
  const run = tabRun(tabId);
  if (run.connectionId === null || run.connectionId === connectionId) return;
  closeSources(run.outcomes);
  updateRun(tabId, { connectionId, transaction: 'idle', transactionMessage: null, refusal: null });
}

/** Gives up the unread rows of a tab's results. */
export function closeResults(tabId: string): void {
  closeSources(tabRun(tabId).outcomes);
}
