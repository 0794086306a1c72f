import type { RunTarget, TransactionStatus } from '@shared/models/query-result';
import type { ExplainMode } from '@shared/sql/explain';
import { create } from 'zustand';
import type { Outcome, Refusal } from '../results/outcome';

/** A run that main works on. */
export interface RunningQuery {
  readonly executionId: string;
  readonly connectionId: string;
  /** performance.now() at the start, milliseconds. */
  readonly startedAt: number;
  readonly progress: {
    readonly completed: number;
    readonly total: number;
    /** The share of the rows of a COPY that is on its way, from 0 to 1. */
    readonly sentShare?: number | undefined;
  } | null;
  readonly isCancelling: boolean;
}

/** What an editor tab runs and ran last. */
export interface TabRun {
  /** The connection of the last run; null before the first. */
  readonly connectionId: string | null;
  readonly running: RunningQuery | null;
  /** What the last run was to run; null before the first. */
  readonly target: RunTarget | null;
  /** Whether it was to be explained in place of being run. */
  readonly explain?: ExplainMode | undefined;
  /** The outcomes of the last run of which anything was sent; empty before the first. */
  readonly outcomes: readonly Outcome[];
  /** Why nothing of the last run was sent, where the outcomes are those of a run before it. */
  readonly refusal: Refusal | null;
  /** The outcome in front. */
  readonly shownId: string | null;
  readonly transaction: TransactionStatus;
  /** What the last Commit or Roll back came to; null after any other run. */
  readonly transactionMessage: string | null;
}

const noRun: TabRun = {
  connectionId: null,
  running: null,
  target: null,
  outcomes: [],
  refusal: null,
  shownId: null,
  transaction: 'idle',
  transactionMessage: null,
};

interface RunStore {
  readonly runs: Readonly<Record<string, TabRun>>;
}

/** The runs of all tabs, by tab id. */
export const useRuns = create<RunStore>(() => ({ runs: {} }));

/** The run of a tab, for rendering. */
export function useTabRun(tabId: string): TabRun {
  return useRuns(({ runs }) => runs[tabId] ?? noRun);
}

export function tabRun(tabId: string): TabRun {
  return useRuns.getState().runs[tabId] ?? noRun;
}

/** Changes what is known of a tab's run. */
export function updateRun(tabId: string, change: Partial<TabRun>): void {
  useRuns.setState(({ runs }) => ({
    runs: { ...runs, [tabId]: { ...(runs[tabId] ?? noRun), ...change } },
  }));
}

/** Forgets a closed tab. */
export function dropRun(tabId: string): void {
  useRuns.setState(({ runs }) => {
    const { [tabId]: _dropped, ...rest } = runs;
    return { runs: rest };
  });
}

/** Brings an outcome to the front. */
export function showOutcome(tabId: string, outcomeId: string): void {
  updateRun(tabId, { shownId: outcomeId });
}

/** Takes over main's count of the statements of a script that have ended. */
export function setProgress(
  executionId: string,
  completed: number,
  total: number,
  sentShare?: number,
): void {
  const found = Object.entries(useRuns.getState().runs).find(
    ([, run]) => run.running?.executionId === executionId,
  );
  const running = found?.[1].running;
  if (found === undefined || running === null || running === undefined) return;
  updateRun(found[0], {
    running: {
      ...running,
      progress: { completed, total, ...(sentShare !== undefined && { sentShare }) },
    },
  });
}
