import type { DatabaseErrorData } from '@shared/models/database-error';
import { create } from 'zustand';
import type { TabList } from './tab-list';

/** The tabs of a connection, from the moment they are asked for. */
export type WorkspaceState =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: DatabaseErrorData }
  | {
      readonly status: 'ready';
      readonly list: TabList;
      /** Why the last save did not succeed; null when it did. */
      readonly saveError: DatabaseErrorData | null;
    };

interface Workspaces {
  readonly workspaces: Readonly<Record<string, WorkspaceState>>;
}

/** The editor tabs of all connections, by workspace key. */
export const useWorkspaces = create<Workspaces>(() => ({ workspaces: {} }));

/** Puts a workspace's state in place. */
export function setWorkspace(key: string, state: WorkspaceState): void {
  useWorkspaces.setState(({ workspaces }) => ({ workspaces: { ...workspaces, [key]: state } }));
}

/** Whether tabs of any connection are in memory only, because their last save failed. */
export function hasUnsavedTabs(): boolean {
  return Object.values(useWorkspaces.getState().workspaces).some(
    (state) => state.status === 'ready' && state.saveError !== null,
  );
}

/** The tabs of a workspace; null until they are loaded. */
export function tabListOf(key: string): TabList | null {
  const state = useWorkspaces.getState().workspaces[key];
  return state?.status === 'ready' ? state.list : null;
}
