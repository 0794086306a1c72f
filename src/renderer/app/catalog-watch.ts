import type { TransactionStatus } from '@shared/models/query-result';
import { useConnections } from '../features/connections/connections-store';
import { workspaceKey } from '@shared/models/workspace';
import { useRuns, type TabRun } from '../features/query/run/run-store';
import { tabListOf } from '../features/query/tabs/workspace-state';
import { refreshCatalog } from '../features/schema-browser/catalog-store';

/** Command tags of statements that change what the schema browser shows. */
const catalogTag =
  /^(?:CREATE|ALTER|DROP|COMMENT|GRANT|REVOKE|IMPORT|REASSIGN|SELECT INTO|DO|CALL)\b/;

/** Whether any outcome changed the catalog, judged by the server's command tags. */
export function changedCatalog(
  outcomes: readonly { readonly kind: string; readonly commandTag?: string }[],
): boolean {
  return outcomes.some(({ commandTag }) => commandTag !== undefined && catalogTag.test(commandTag));
}

/**
 * Which tabs' changes other sessions can see now. A change inside a transaction shows only after
 * its commit, so it waits in `pending` until the tab's transaction has ended.
 */
export function settledTabs(
  pending: Set<string>,
  finished: readonly {
    readonly tabId: string;
    readonly changed: boolean;
    readonly transaction: TransactionStatus;
  }[],
): readonly string[] {
  for (const { tabId, changed } of finished) if (changed) pending.add(tabId);
  const settled = finished
    .filter(({ tabId, transaction }) => transaction === 'idle' && pending.has(tabId))
    .map(({ tabId }) => tabId);
  for (const tabId of settled) pending.delete(tabId);
  return settled;
}

/** Reads a catalog again after a statement changed it; the returned function ends that. */
export function watchCatalogChanges(): () => void {
  const pending = new Set<string>();
  return useRuns.subscribe(({ runs }, previous) => {
    const finished = Object.entries(runs)
      .filter(([tabId, run]) => hasFinished(run, previous.runs[tabId]))
      .map(([tabId, { outcomes, transaction }]) => ({
        tabId,
        changed: changedCatalog(outcomes),
        transaction,
      }));
    for (const tabId of settledTabs(pending, finished)) {
      const connection = useConnections
        .getState()
        .connections.find((candidate) =>
          tabListOf(workspaceKey(candidate))?.tabs.some(({ id }) => id === tabId),
        );
      if (connection) void refreshCatalog(connection.connectionId);
    }
  });
}

function hasFinished(run: TabRun, previous: TabRun | undefined): boolean {
  return run.running === null && previous !== undefined && previous.running !== null;
}
