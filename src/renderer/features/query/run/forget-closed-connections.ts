import { listen } from '../../../api/postern';
import { forgetCatalog } from '../editor/catalog-cache';
import { dropRun, useRuns } from './run-store';

let isListening = false;

/** Gives back the memory of results whose connection was closed. The texts of their tabs stay. */
export function forgetClosedConnections(open: ReadonlySet<string>): void {
  for (const [tabId, { connectionId, running }] of Object.entries(useRuns.getState().runs)) {
    if (connectionId === null || running !== null || open.has(connectionId)) continue;
    dropRun(tabId);
    forgetCatalog(connectionId);
  }
}

/** Does so from now on, as long as the page is there: a workspace is gone when its connection is. */
export function watchConnections(): void {
  if (isListening) return;
  isListening = true;
  listen('connection:changed', ({ connections }) =>
    forgetClosedConnections(new Set(connections.map(({ connectionId }) => connectionId))),
  );
}
