import type { RunTarget, TransactionStatus } from '@shared/models/query-result';
import type { ExplainMode } from '@shared/sql/explain';
import { create } from 'zustand';
import type { Outcome, Refusal } from '../results/outcome';

/** A run that main works on. */
export interface RunningQuery {
  readonly executionId: string;
  readonly connectionId: string;
  /** performance.now() at the start or, where a person was asked, at the answer. Milliseconds. */
  readonly startedAt: number;
  /** Whether a question of main waits for an answer: nothing of the run was sent yet. */
  readonly isAsking: boolean;
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
  /** When the server was asked which parameters the next run has, as performance.now() tells; null: it is not. */
  readonly preparingSince: number | null;
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
  preparingSince: null,
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
  changeRunning(executionId, {
    progress: { completed, total, ...(sentShare !== undefined && { sentShare }) },
  });
}

/** Takes over that a question about a run is open, or was answered: what runs begins to run then. */
export function setQuestion(executionId: string, isOpen: boolean): void {
  changeRunning(executionId, {
    isAsking: isOpen,
    ...(!isOpen && { startedAt: performance.now() }),
  });
}

function changeRunning(executionId: string, change: Partial<RunningQuery>): void {
  for (const [tabId, { running }] of Object.entries(useRuns.getState().runs)) {
    if (running?.executionId === executionId)
      updateRun(tabId, { running: { ...running, ...change } });
  }
}

/** Since when a tab waits for its server, as performance.now() tells; null while nothing runs or a person is asked. */
export const waitingSince = ({ running, preparingSince }: TabRun): number | null =>
  running === null ? preparingSince : running.isAsking ? null : running.startedAt;
