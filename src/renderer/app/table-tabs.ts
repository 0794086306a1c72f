import { useWorkspaces } from '../features/query/tabs/workspace-state';
import { closeTable } from '../features/table-data/table-controller';
import { useTableTabs } from '../features/table-data/table-store';

/** Ends what a table tab holds once it is closed; the returned function ends the watching. */
export function watchTableTabs(): () => void {
  return useWorkspaces.subscribe(({ workspaces }) => {
    const open = new Set(
      Object.values(workspaces).flatMap((state) =>
        state.status === 'ready' ? state.list.tabs.map(({ id }) => id) : [],
      ),
    );
    for (const tabId of Object.keys(useTableTabs.getState().tabs)) {
      if (!open.has(tabId)) closeTable(tabId);
    }
  });
}
