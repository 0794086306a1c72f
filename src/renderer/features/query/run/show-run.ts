import type { DatabaseErrorData } from '@shared/models/database-error';
import type { TextRange } from '@shared/models/query-result';
import { layOutLike } from '../../../components/grid/grid-memory';
import { dispatchEffects, editorState, showPosition } from '../editor/editor-states';
import { currentPosition, markError } from '../editor/run-marks';
import { isRefusal, type Outcome } from '../results/outcome';
import { tabRun, updateRun } from './run-store';

/** Shows what a run came to, in place of what the run before it came to. */
export function showOutcomes(tabId: string, outcomes: readonly Outcome[]): void {
  const { outcomes: previous } = tabRun(tabId);
  keepArrangement(previous, outcomes);
  closeSources(previous);
  // What matters most: what failed or was declined, else the last with something to read.
  const shown =
    outcomes.find(isRefusal) ??
    outcomes.findLast(({ kind }) => kind === 'rows' || kind === 'plan') ??
    outcomes.at(-1);
  updateRun(tabId, { outcomes, shownId: shown?.id ?? null, refusal: null });
  markFailure(tabId, outcomes);
}

/**
 * Shows what a run came to of which nothing was sent: beside the results of the run before, if it
 * had any, since they are as good as they were.
 */
export function showUnsent(tabId: string, outcomes: readonly Outcome[]): void {
  const refusal = outcomes.find(isRefusal);
  if (refusal === undefined || tabRun(tabId).outcomes.every(isRefusal)) {
    showOutcomes(tabId, outcomes);
    return;
  }
  updateRun(tabId, { refusal });
  markFailure(tabId, outcomes);
}

/** The rows of a statement that is run again are laid out as they were. */
function keepArrangement(previous: readonly Outcome[], outcomes: readonly Outcome[]): void {
  for (const outcome of outcomes) {
    if (outcome.kind !== 'rows') continue;
    const before = previous.find(
      (candidate) => candidate.kind === 'rows' && candidate.statement === outcome.statement,
    );
    if (before?.kind === 'rows') layOutLike(before.source, outcome.source);
  }
}

/** Gives up the rows of results, here and in main. */
export function closeSources(outcomes: readonly Outcome[]): void {
  for (const outcome of outcomes) if (outcome.kind === 'rows') outcome.source.close();
}

function markFailure(tabId: string, outcomes: readonly Outcome[]): void {
  const failed = outcomes.find((outcome) => outcome.kind === 'failed');
  if (failed?.kind === 'failed') markPosition(tabId, failed.error, failed.range);
}

function markPosition(
  tabId: string,
  { position }: DatabaseErrorData,
  range: TextRange | null,
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
