import type { Connection } from '@shared/models/connection-profile';
import type { ExplainMode } from '@shared/sql/explain';
import { Group, Panel } from 'react-resizable-panels';
import { PaneSeparator } from '../../components/pane-separator';
import { showToast } from '../../components/toast-store';
import { catalogOf } from './editor/catalog-cache';
import { goToPosition } from './editor/go-to-position';
import { SqlEditor } from './editor/sql-editor';
import { FileBanner } from './files/file-banner';
import { markChanges } from './files/tab-file';
import { setTabOptions } from './options/tab-options';
import { keepLayout, keptLayout } from './pane-layout';
import styles from './query-workspace.module.css';
import { ResultsPane } from './results/results-pane';
import { RunBar } from './run/run-bar';
import { savePending, saveSoon } from './tabs/persistence';
import type { QueryTab } from './tabs/tab-list';

interface QueryTabPanesProps {
  /** The workspace's key. */
  readonly workspace: string;
  readonly connection: Connection;
  readonly tab: QueryTab;
  readonly onRun: () => void;
  readonly onRunAll: () => void;
  readonly onExplain: (mode: ExplainMode) => void;
  /** Returns whether there was a run to cancel. */
  readonly onCancel: () => boolean;
}

/** A tab with a query: run bar, editor and results. */
export function QueryTabPanes(props: QueryTabPanesProps) {
  const { workspace, connection, tab, onRun, onRunAll, onExplain, onCancel } = props;
  const { connectionId, serverVersion } = connection;
  return (
    <>
      {tab.file !== undefined && (
        <FileBanner workspace={workspace} tabId={tab.id} file={tab.file} />
      )}
      <RunBar
        connection={connection}
        tabId={tab.id}
        onRun={onRun}
        onRunAll={onRunAll}
        onExplain={onExplain}
        onCancel={onCancel}
        options={tab.options ?? {}}
        onOptions={(options) => setTabOptions(workspace, tab.id, options)}
      />
      <Group
        orientation="vertical"
        className={styles['panes']}
        defaultLayout={keptLayout()}
        disableCursor
        onLayoutChanged={keepLayout}
      >
        <Panel id="editor" minSize={80} className={styles['panel']}>
          <SqlEditor
            tab={tab}
            commands={{
              run: onRun,
              runAll: onRunAll,
              cancel: onCancel,
              catalog: () => catalogOf(connectionId),
              serverVersion: () => serverVersion,
              onChange: () => {
                markChanges(workspace, tab.id);
                saveSoon(workspace);
              },
              onLeave: savePending,
              onTooLong: () =>
                showToast({ tone: 'danger', message: 'A tab holds up to 8 MB of text.' }),
            }}
          />
        </Panel>
        <PaneSeparator />
        <Panel id="results" minSize={80} className={styles['panel']}>
          <ResultsPane
            key={tab.id}
            connectionId={connectionId}
            tabId={tab.id}
            onGoToPosition={(position) => goToPosition(tab.id, position)}
          />
        </Panel>
      </Group>
    </>
  );
}
