import { listen } from '../api/postern';
import { useConnections } from '../features/connections/connections-store';
import { workspaceKey } from '@shared/models/workspace';
import { useRuns, type TabRun } from '../features/query/run/run-store';
import { tabListOf } from '../features/query/tabs/workspace-state';
import { forgetCatalog } from '../features/query/editor/catalog-cache';
import { useCatalogs } from '../features/schema-browser/catalog-store';
import { readFailedAgain } from '../features/schema-browser/read-failed-again';
import { refreshCatalog } from '../features/schema-browser/refresh-catalog';
import { changedCatalog, settledTabs } from './catalog-change';

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

/** Reads what could not be read while a connection was lost, once it is back; the returned function ends that. */
export function watchReconnects(): () => void {
  const lost = new Set<string>();
  return listen('connection:health', ({ connectionId, state }) => {
    if (state === 'lost') lost.add(connectionId);
    else if (state === 'live' && lost.delete(connectionId)) void readFailedAgain(connectionId);
  });
}

/** Has completion ask anew for what the tree has read anew; the returned function ends that. */
export function watchCatalogReads(): () => void {
  return useCatalogs.subscribe(({ catalogs }, previous) => {
    for (const [connectionId, { schemas }] of Object.entries(catalogs)) {
      const isRead = schemas?.status === 'ready';
      if (isRead && schemas !== previous.catalogs[connectionId]?.schemas) {
        forgetCatalog(connectionId);
      }
    }
  });
}

function hasFinished(run: TabRun, previous: TabRun | undefined): boolean {
  return run.running === null && previous !== undefined && previous.running !== null;
}
