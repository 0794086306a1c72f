import type { Connection } from '@shared/models/connection-profile';
import { workspaceKey } from '@shared/models/workspace';
import { printable } from '../components/printable';
import { showToast } from '../components/toast-store';
import { useConnections } from '../features/connections/connections-store';
import { useReviews } from '../features/query/run/review-store';
import { activateQueryTab } from '../features/query/tabs/tab-actions';
import type { QueryTab } from '../features/query/tabs/tab-list';
import { tabListOf } from '../features/query/tabs/workspace-state';
import { showConnection } from './app-store';

/**
 * Reminds of reviews that were left open, with the way there: others may wait for them. The returned
 * function ends that.
 */
export function watchOverdueReviews(): () => void {
  return useReviews.subscribe(({ reviews }, previous) => {
    for (const [tabId, { isOverdue }] of Object.entries(reviews)) {
      if (isOverdue && previous.reviews[tabId]?.isOverdue === false) remind(tabId);
    }
  });
}

function remind(tabId: string): void {
  const place = placeOf(tabId);
  if (place === null) return;
  const { connection, tab } = place;
  showToast({
    tone: 'danger',
    message: `The transaction under review in "${printable(tab.title)}" on "${printable(connection.name)}" has been open for 2 minutes: others may wait for it.`,
    action: {
      label: 'Show',
      run: () => {
        showConnection(connection.connectionId);
        activateQueryTab(workspaceKey(connection), tabId);
      },
    },
  });
}

function placeOf(
  tabId: string,
): { readonly connection: Connection; readonly tab: QueryTab } | null {
  for (const connection of useConnections.getState().connections) {
    const tab = tabListOf(workspaceKey(connection))?.tabs.find(({ id }) => id === tabId);
    if (tab !== undefined) return { connection, tab };
  }
  return null;
}
