import type { Connection } from '@shared/models/connection-profile';
import { workspaceKey } from '@shared/models/workspace';
import { useEffect } from 'react';
import { Group, Panel, usePanelRef } from 'react-resizable-panels';
import { PaneSeparator } from '../components/pane-separator';
import { exportRelation } from '../features/export/export-relation';
import { SchemaBrowser } from '../features/schema-browser/schema-browser';
import { TableTab } from '../features/table-data/table-tab';
import { LostBanner } from '../features/status-bar/lost-banner';
import { StatusBar } from '../features/status-bar/status-bar';
import { useHealth } from '../features/status-bar/use-health';
import { newForDatabase } from './actions';
import { useApp } from './app-store';
import { useConnectionActivity } from './connection-activity';
import { ErrorBoundary } from './error-boundary';
import { openQueryTab } from '../features/query/query-store';
import { QueryWorkspace } from '../features/query/query-workspace';
import { openRelation } from './open-relation';
import { sidebarResized, sidebarWidth } from './sidebar';
import styles from './workbench.module.css';

/** Of the sidebar until a person changes it, pixels. */
const defaultWidth = 280;

/** An open connection: schema browser, query workspace, status bar. */
export function Workbench({ connection }: { readonly connection: Connection }) {
  const sidebarOpen = useApp((state) => state.sidebarOpen);
  const activity = useConnectionActivity(connection);
  const health = useHealth(connection.connectionId);
  const sidebar = usePanelRef();

  useEffect(() => {
    const isOpen = sidebar.current?.isCollapsed() === false;
    if (isOpen === sidebarOpen) return;
    if (sidebarOpen) sidebar.current?.resize(sidebarWidth.get() ?? defaultWidth);
    else sidebar.current?.collapse();
  }, [sidebarOpen, sidebar]);

  return (
    <div className={styles['workbench']}>
      <LostBanner connection={connection} health={health} />
      <Group orientation="horizontal" className={styles['panes']}>
        <Panel
          id="sidebar"
          panelRef={sidebar}
          className={styles['pane']}
          defaultSize={sidebarOpen ? (sidebarWidth.get() ?? defaultWidth) : 0}
          minSize={sidebarWidth.minimum}
          maxSize="60%"
          collapsible
          groupResizeBehavior="preserve-pixel-size"
          onResize={({ inPixels }, _id, previous) => previous && sidebarResized(inPixels)}
        >
          {/* Folded away it must not take the focus. */}
          <div className={styles['pane']} inert={!sidebarOpen}>
            <ErrorBoundary name="The schema browser">
              <SchemaBrowser
                connection={connection}
                onOpenRelation={(table) => openRelation(connection, table)}
                onExportRelation={(table) => exportRelation(connection.connectionId, table)}
                onOpenQuery={(title, text) =>
                  openQueryTab(workspaceKey(connection), {
                    title: title.slice(0, 200),
                    text,
                    run: false,
                  })
                }
                onConnectToDatabase={(database) => newForDatabase(connection, database)}
              />
            </ErrorBoundary>
          </div>
        </Panel>
        <PaneSeparator />
        <Panel id="content" className={styles['content']} minSize={320}>
          <ErrorBoundary name="The query workspace">
            <QueryWorkspace
              connection={connection}
              renderTable={(tab) => (
                <TableTab key={tab.tabId} connectionId={connection.connectionId} {...tab} />
              )}
            />
          </ErrorBoundary>
        </Panel>
      </Group>
      <StatusBar connection={connection} health={health} transaction={activity.transaction} />
    </div>
  );
}
