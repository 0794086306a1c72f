import type { Connection } from '@shared/models/connection-profile';
import { useEffect, useRef } from 'react';
import { Button } from '../../components/button';
import { ErrorNotice } from '../../components/notice';
import { QueryTabs, type RenderTable } from './query-tabs';
import { workspaceKey } from '@shared/models/workspace';
import styles from './query-workspace.module.css';
import { watchConnections } from './run/forget-closed-connections';
import { watchSessions } from './run/lost-sessions';
import { watchRuns } from './run/watch-runs';
import { loadWorkspace, savePending } from './tabs/persistence';
import { useWorkspaces } from './tabs/workspace-state';
import { type EarlyCommands, useEarlyCommands } from './workspace-commands';

interface QueryWorkspaceProps {
  readonly connection: Connection;
  readonly renderTable: RenderTable;
}

/** The queries of one connection: editor tabs, and the results of the one in front. */
export function QueryWorkspace({ connection, renderTable }: QueryWorkspaceProps) {
  const key = workspaceKey(connection);
  const state = useWorkspaces(({ workspaces }) => workspaces[key]);
  const early: EarlyCommands = useRef([]);

  useEffect(() => {
    watchConnections();
    watchSessions();
    watchRuns();
    void loadWorkspace(key);
  }, [key]);

  useEffect(() => {
    const leave = new AbortController();
    const { signal } = leave;
    window.addEventListener('blur', savePending, { signal });
    window.addEventListener('pagehide', savePending, { signal });
    window.addEventListener('beforeunload', savePending, { signal });
    return () => {
      leave.abort();
      savePending();
    };
  }, []);

  if (state === undefined || state.status === 'loading') {
    return <LoadingWorkspace early={early} />;
  }
  if (state.status === 'failed') {
    return (
      <div className={styles['failed']}>
        <ErrorNotice
          error={state.error}
          actions={
            <Button size="small" onClick={() => void loadWorkspace(key)}>
              Try again
            </Button>
          }
        />
      </div>
    );
  }
  return (
    <QueryTabs
      key={key}
      workspace={key}
      connection={connection}
      list={state.list}
      early={early}
      saveError={state.saveError}
      renderTable={renderTable}
    />
  );
}

function LoadingWorkspace({ early }: { readonly early: EarlyCommands }) {
  useEarlyCommands(early);
  return <output className={styles['workspace']} aria-label="Loading tabs" />;
}
