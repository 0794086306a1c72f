import type { DatabaseErrorData } from '@shared/models/database-error';
import type { QueryRun } from '@shared/models/query-result';
import { failedRun, type RunFacts, toOutcomes } from '../results/outcome';
import { noteReview } from './review-store';
import { rowReader } from './row-reader';
import { type RunningQuery, tabRun, updateRun } from './run-store';
import { closeSources, showOutcomes, showUnsent } from './show-run';

/** A run that begins now. */
export function beginningRun(connectionId: string): RunningQuery {
  return {
    executionId: crypto.randomUUID(),
    connectionId,
    startedAt: performance.now(),
    isAsking: false,
    progress: null,
    isCancelling: false,
  };
}

/** Whether a tab still works on a run: it may have been closed meanwhile, or its connection. */
export function isCurrentRun(tabId: string, { executionId }: RunningQuery): boolean {
  return tabRun(tabId).running?.executionId === executionId;
}

/** Shows what a run came to, in its tab; where that is gone, its rows are given up. */
export function takeOverRun(
  tabId: string,
  running: RunningQuery,
  run: QueryRun,
  text: string,
  facts?: RunFacts,
): void {
  const outcomes = toOutcomes(run, text, rowReader, facts);
  if (!isCurrentRun(tabId, running)) {
    closeSources(outcomes);
    return;
  }
  updateRun(tabId, { transaction: run.transaction });
  noteReview(tabId, run);
  if (run.nothingSent === true) showUnsent(tabId, outcomes);
  else showOutcomes(tabId, outcomes);
}

/** Shows why main refused a run as a whole, in its tab. */
export function takeOverFailure(
  tabId: string,
  running: RunningQuery,
  error: DatabaseErrorData,
): void {
  if (!isCurrentRun(tabId, running)) return;
  const show = neverSent(error) ? showUnsent : showOutcomes;
  const { startedAt } = tabRun(tabId).running ?? running;
  show(tabId, [failedRun(error, performance.now() - startedAt)]);
  if (endsSession(error)) updateRun(tabId, { transaction: 'idle' });
}

/** Errors of a run that main refuses as a whole, before anything is sent. */
function neverSent({ kind }: DatabaseErrorData): boolean {
  return ['InvalidInput', 'InvalidRequest', 'ReadOnly', 'NotFound'].includes(kind);
}

/** Errors after which the server holds nothing of the tab any more. */
function endsSession({ kind }: DatabaseErrorData): boolean {
  return kind === 'ConnectionLost' || kind === 'NotFound';
}

/** Says that a run is over. */
export function leaveRun(tabId: string, running: RunningQuery): void {
  if (isCurrentRun(tabId, running)) updateRun(tabId, { running: null });
}
