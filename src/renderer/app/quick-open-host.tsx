import type { Connection } from '@shared/models/connection-profile';
import { useEffect, useMemo } from 'react';
import { useConnections } from '../features/connections/connections-store';
import { workspaceKey } from '@shared/models/workspace';
import { useWorkspaces } from '../features/query/tabs/workspace-state';
import { QuickOpen } from '../features/quick-open/quick-open';
import { closeQuickOpen, useQuickOpen } from '../features/quick-open/quick-open-store';
import { recentObjects } from '../features/quick-open/recent-objects';
import {
  loadSavedQueries,
  queriesFor,
  useSavedQueries,
} from '../features/saved-queries/saved-queries-store';
import { chooseItem } from './quick-open-actions';

/** The palette over the window, while it is open. */
export function QuickOpenHost({ current }: { readonly current: Connection | null }) {
  const { initialText, opening } = useQuickOpen();
  if (initialText === null) return null;
  return <OpenPalette key={opening} initialText={initialText} current={current} />;
}

interface OpenPaletteProps {
  readonly initialText: string;
  readonly current: Connection | null;
}

const noTabs: readonly never[] = [];

function OpenPalette({ initialText, current }: OpenPaletteProps) {
  const profiles = useConnections((state) => state.profiles);
  const connections = useConnections((state) => state.connections);
  const workspace = current === null ? null : workspaceKey(current);
  const tabs = useWorkspaces(({ workspaces }) => {
    const state = workspace === null ? undefined : workspaces[workspace];
    return state?.status === 'ready' ? state.list.tabs : noTabs;
  });
  const saved = useSavedQueries((state) => state.queries);
  useEffect(() => void loadSavedQueries(), []);
  const sources = useMemo(
    () => ({
      current,
      tabs,
      // Without a connection there is no tab that one could be opened in.
      savedQueries: workspace === null ? [] : queriesFor(saved ?? [], workspace),
      connections,
      profiles: profiles ?? [],
    }),
    [current, tabs, saved, workspace, connections, profiles],
  );
  const recent = useMemo(() => (workspace === null ? [] : recentObjects(workspace)), [workspace]);
  return (
    <QuickOpen
      initialText={initialText}
      sources={sources}
      recent={recent}
      onClose={closeQuickOpen}
      onChoose={(target, action) => {
        closeQuickOpen();
        // The palette gives the focus back as it goes; what was chosen may move it after that.
        requestAnimationFrame(() => chooseItem(current, target, action));
      }}
    />
  );
}
