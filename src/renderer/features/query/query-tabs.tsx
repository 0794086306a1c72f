import { EditorSelection } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Connection } from '@shared/models/connection-profile';
import type { DatabaseErrorData } from '@shared/models/database-error';
import type { RunTarget } from '@shared/models/query-result';
import type { ExplainMode } from '@shared/sql/explain';
import type { RelationName } from '@shared/models/table-data';
import { type ReactNode, useEffect, useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { ConfirmDialog } from '../../components/dialog';
import { showToast } from '../../components/toast-store';
import { catalogOf } from './editor/catalog-cache';
import { editorState, viewOf } from './editor/editor-states';
import { currentPosition } from './editor/run-marks';
import { SqlEditor } from './editor/sql-editor';
import { openFiles, saveFile, saveFileAs } from './files/file-actions';
import { FileBanner } from './files/file-banner';
import { markChanges, unsavedChanges } from './files/tab-file';
import { useFiles } from './files/use-files';
import { formatTab } from './format/format-text';
import { setTabOptions } from './options/tab-options';
import { takeRunRequest, useQueryStore } from './query-store';
import styles from './query-workspace.module.css';
import { keptLayout, keepLayout } from './pane-layout';
import { exportShownResult } from './results/export-result';
import { ParameterDialog } from './parameters/parameter-dialog';
import { ResultsPane } from './results/results-pane';
import { RunBar } from './run/run-bar';
import { cancelRun, leaveOldConnection, runQuery } from './run/run-controller';
import { tabRun } from './run/run-store';
import { SaveFailure } from './tabs/save-failure';
import { savePending, saveSoon } from './tabs/persistence';
import { closeQueryTab, lossOnClose } from './tabs/tab-actions';
import type { TabList } from './tabs/tab-list';
import { TabStrip } from './tabs/tab-strip';
import { useWorkspaceCommands } from './workspace-commands';

interface QueryTabsProps {
  /** The workspace's key. */
  readonly workspace: string;
  readonly connection: Connection;
  readonly list: TabList;
  readonly saveError: DatabaseErrorData | null;
  readonly renderTable: RenderTable;
}

/** Draws a tab that shows a relation's rows: another feature's, which the app brings in. */
export type RenderTable = (tab: {
  readonly tabId: string;
  readonly workspace: string;
  readonly relation: RelationName;
}) => ReactNode;

/** What of a tab's text "Run" runs: the selection, or else the statement at the cursor. */
function runTarget(tabId: string): RunTarget {
  const selection = editorState(tabId)?.selection.main;
  if (selection === undefined) return { kind: 'all' };
  const { from, to, head } = selection;
  if (from === to) return { kind: 'statement-at', offset: head };
  return { kind: 'selection', range: { from, to } };
}

/** Scrolls a position of the submitted text into view and puts the cursor there. */
function goToPosition(tabId: string, submitted: number): void {
  const view = viewOf(tabId);
  if (view === null) return;
  const position = currentPosition(view.state, submitted);
  if (position === null) {
    showToast({ tone: 'neutral', message: 'The text at this position was deleted.' });
    return;
  }
  view.dispatch({
    selection: EditorSelection.cursor(position),
    effects: EditorView.scrollIntoView(position, { y: 'center' }),
  });
  view.focus();
}

/** Tab strip, editor and results of a workspace whose tabs are loaded. */
export function QueryTabs(props: QueryTabsProps) {
  const { workspace, connection, list, saveError, renderTable } = props;
  const { connectionId } = connection;
  const { activeTabId } = list;
  const [closing, setClosing] = useState<{ tabId: string; loss: string } | null>(null);
  const tab = list.tabs.find(({ id }) => id === activeTabId);

  const run = (target: RunTarget): void => void runQuery(connectionId, activeTabId, target);
  const explain = (mode: ExplainMode): void =>
    void runQuery(connectionId, activeTabId, runTarget(activeTabId), mode);
  const cancel = (): boolean => {
    const isRunning = tabRun(activeTabId).running !== null;
    if (isRunning) void cancelRun(activeTabId);
    return isRunning;
  };
  const close = (tabId: string): void => {
    const loss = lossOnClose(tabId) ?? unsavedChanges(workspace, tabId);
    if (loss === null) closeQueryTab(workspace, connectionId, tabId);
    else setClosing({ tabId, loss });
  };
  const commands = {
    run: () => run(runTarget(activeTabId)),
    runAll: () => run({ kind: 'all' }),
    cancel,
  };
  useWorkspaceCommands({
    ...commands,
    workspace,
    explain,
    format: () => void formatTab(activeTabId),
    closeTab: () => close(activeTabId),
    exportResult: () => exportShownResult(connectionId, activeTabId),
    openFiles: () => void openFiles(workspace),
    saveFile: () => void saveFile(workspace, activeTabId),
    saveFileAs: () => void saveFileAs(workspace, activeTabId),
  });
  useRunRequests(connectionId, activeTabId);
  useFiles(workspace);
  useEffect(() => leaveOldConnection(activeTabId, connectionId), [activeTabId, connectionId]);

  if (tab === undefined) return null;
  if (tab.relation !== undefined) {
    return (
      <div className={styles['workspace']}>
        <TabStrip workspace={workspace} list={list} onClose={close} />
        {saveError !== null && <SaveFailure workspace={workspace} error={saveError} />}
        {renderTable({ tabId: tab.id, workspace, relation: tab.relation })}
      </div>
    );
  }
  return (
    <div className={styles['workspace']}>
      <TabStrip workspace={workspace} list={list} onClose={close} />
      {saveError !== null && <SaveFailure workspace={workspace} error={saveError} />}
      {tab.file !== undefined && (
        <FileBanner workspace={workspace} tabId={activeTabId} file={tab.file} />
      )}
      <RunBar
        connection={connection}
        tabId={activeTabId}
        onRun={commands.run}
        onRunAll={commands.runAll}
        onExplain={explain}
        onCancel={cancel}
        options={tab.options ?? {}}
        onOptions={(options) => setTabOptions(workspace, activeTabId, options)}
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
              ...commands,
              catalog: () => catalogOf(connectionId),
              serverVersion: () => connection.serverVersion,
              onChange: () => {
                markChanges(workspace, activeTabId);
                saveSoon(workspace);
              },
              onLeave: savePending,
              onTooLong: () =>
                showToast({ tone: 'danger', message: 'A tab holds up to 8 MB of text.' }),
            }}
          />
        </Panel>
        <Separator className={styles['separator']} />
        <Panel id="results" minSize={80} className={styles['panel']}>
          <ResultsPane
            key={activeTabId}
            connectionId={connectionId}
            tabId={activeTabId}
            onGoToPosition={(position) => goToPosition(activeTabId, position)}
          />
        </Panel>
      </Group>
      <ParameterDialog />
      {closing !== null && (
        <ConfirmDialog
          title="Close this tab?"
          description={closing.loss}
          confirmLabel="Close tab"
          cancelLabel="Keep open"
          onCancel={() => setClosing(null)}
          onConfirm={() => {
            setClosing(null);
            closeQueryTab(workspace, connectionId, closing.tabId);
          }}
        />
      )}
    </div>
  );
}

/** Runs a tab that was opened to be run, once its text is in the editor. */
function useRunRequests(connectionId: string, tabId: string): void {
  const isAsked = useQueryStore(({ tabsToRun }) => tabsToRun.has(tabId));
  useEffect(() => {
    if (isAsked && takeRunRequest(tabId)) void runQuery(connectionId, tabId, { kind: 'all' });
  }, [isAsked, connectionId, tabId]);
}
