import type { Connection } from '@shared/models/connection-profile';
import type { TransactionStatus } from '@shared/models/query-result';
import { useShallow } from 'zustand/react/shallow';
import { workspaceKey } from '@shared/models/workspace';
import { formatCount } from '../components/format-count';
import { updateRun, useRuns, type TabRun } from '../features/query/run/run-store';
import { tabListOf, useWorkspaces } from '../features/query/tabs/workspace-state';

/** What the tabs of a connection are in the middle of. */
export interface ConnectionActivity {
  /** Tabs whose statement runs; where a question about it is open, nothing does yet. */
  readonly running: number;
  /** Tabs with an open or failed transaction. */
  readonly transactions: number;
  /** The gravest transaction state of any tab. */
  readonly transaction: TransactionStatus;
}

/** Sums up the runs of tabs. */
export function activityOf(
  runs: readonly (Pick<TabRun, 'running' | 'transaction'> | undefined)[],
): ConnectionActivity {
  const states = runs.map((run) => run?.transaction ?? 'idle');
  return {
    running: runs.filter((run) => run?.running?.isAsking === false).length,
    transactions: states.filter((state) => state !== 'idle').length,
    transaction: states.includes('failed') ? 'failed' : states.includes('open') ? 'open' : 'idle',
  };
}

/** What closing a connection in that state would lose, in words; null when nothing. */
export function lossOnClosing({ running, transactions }: ConnectionActivity): string | null {
  const losses = [
    transactions > 0 && `rolls back ${formatCount(transactions, 'open transaction')}`,
    running > 0 && `cancels ${formatCount(running, 'running statement')}`,
  ].filter(Boolean);
  return losses.length === 0 ? null : `Closing ${losses.join(' and ')}.`;
}

const tabIds = (connection: Connection): readonly string[] =>
  tabListOf(workspaceKey(connection))?.tabs.map(({ id }) => id) ?? [];

/** The activity of a connection at this moment. */
export function currentActivity(connection: Connection): ConnectionActivity {
  const { runs } = useRuns.getState();
  return activityOf(tabIds(connection).map((id) => runs[id]));
}

/** The activity of a connection, for rendering. */
export function useConnectionActivity(connection: Connection): ConnectionActivity {
  // Tabs that come and go change the sum as well.
  useWorkspaces(({ workspaces }) => workspaces[workspaceKey(connection)]);
  return useRuns(useShallow(({ runs }) => activityOf(tabIds(connection).map((id) => runs[id]))));
}

/** A closed connection has ended what its tabs ran; their texts and results stay. */
export function forgetActivity(connection: Connection): void {
  for (const id of tabIds(connection)) updateRun(id, { running: null, transaction: 'idle' });
}
