import type { Connection } from '@shared/models/connection-profile';
import type { DatabaseErrorData } from '@shared/models/database-error';
import type { RunTarget } from '@shared/models/query-result';
import type { ExplainMode } from '@shared/sql/explain';
import type { RelationName } from '@shared/models/table-data';
import { type ReactNode, useEffect, useState } from 'react';
import { ConfirmDialog } from '../../components/dialog';
import { showToast } from '../../components/toast-store';
import { openFiles, saveFile, saveFileAs } from './files/file-actions';
import { unsavedChanges } from './files/tab-file';
import { useFiles } from './files/use-files';
import { formatTab } from './format/format-text';
import { takeRunRequest, useQueryStore } from './query-store';
import { QueryTabPanes } from './query-tab-panes';
import styles from './query-workspace.module.css';
import { exportShownResult } from './results/export-result';
import { dismissValueRequest } from './parameters/ask-for-values';
import { ParameterDialog } from './parameters/parameter-dialog';
import { cancelRun, leaveOldConnection, runQuery } from './run/run-controller';
import { tabRun } from './run/run-store';
import { runTarget } from './run/run-target';
import { SaveFailure } from './tabs/save-failure';
import { closeQueryTab, lossOnClose } from './tabs/tab-actions';
import type { TabList } from './tabs/tab-list';
import { TabStrip } from './tabs/tab-strip';
import { type EarlyCommands, useWorkspaceCommands } from './workspace-commands';

interface QueryTabsProps {
  /** The workspace's key. */
  readonly workspace: string;
  readonly connection: Connection;
  readonly list: TabList;
  readonly early: EarlyCommands;
  readonly saveError: DatabaseErrorData | null;
  readonly renderTable: RenderTable;
}

/** Draws a tab that shows a relation's rows: another feature's, which the app brings in. */
export type RenderTable = (tab: {
  readonly tabId: string;
  readonly workspace: string;
  readonly relation: RelationName;
}) => ReactNode;

/** The tab strip of a workspace whose tabs are loaded, and what the tab in front shows. */
export function QueryTabs(props: QueryTabsProps) {
  const { workspace, connection, list, early, saveError, renderTable } = props;
  const { connectionId } = connection;
  const { activeTabId } = list;
  const [closing, setClosing] = useState<{ tabId: string; loss: string } | null>(null);
  const tab = list.tabs.find(({ id }) => id === activeTabId);

  const run = (target: RunTarget): void => void runQuery(connectionId, activeTabId, target);
  const explain = (mode: ExplainMode): void =>
    void runQuery(connectionId, activeTabId, runTarget(activeTabId), mode);
  const cancel = (): boolean => {
    const { running, preparingSince } = tabRun(activeTabId);
    const isRunning = running !== null || preparingSince !== null;
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
  /** A command for queries, which says so where the tab in front shows a table. */
  const ofQuery =
    <A extends unknown[]>(act: (...given: A) => void) =>
    (...given: A): void => {
      if (tab?.relation === undefined) act(...given);
      else
        showToast({ tone: 'neutral', message: 'This tab shows a table: there is no query in it.' });
    };
  useWorkspaceCommands(
    {
      workspace,
      run: ofQuery(commands.run),
      runAll: ofQuery(commands.runAll),
      cancel,
      explain: ofQuery(explain),
      format: ofQuery(() => void formatTab(activeTabId)),
      closeTab: () => close(activeTabId),
      // A table answers for itself.
      exportResult: () =>
        tab?.relation === undefined && exportShownResult(connectionId, activeTabId),
      openFiles: () => void openFiles(workspace),
      saveFile: ofQuery(() => void saveFile(workspace, activeTabId)),
      saveFileAs: ofQuery(() => void saveFileAs(workspace, activeTabId)),
    },
    early,
  );
  useRunRequests(connectionId, activeTabId);
  useFiles(workspace);
  // Values that are asked for here are of no use to the tabs that are shown next.
  useEffect(() => () => dismissValueRequest({ workspace }), [workspace]);
  useEffect(() => leaveOldConnection(activeTabId, connectionId), [activeTabId, connectionId]);

  if (tab === undefined) return null;
  return (
    <div className={styles['workspace']}>
      <TabStrip workspace={workspace} list={list} onClose={close} />
      {saveError !== null && <SaveFailure workspace={workspace} error={saveError} />}
      {tab.relation === undefined ? (
        <QueryTabPanes
          workspace={workspace}
          connection={connection}
          tab={tab}
          onRun={commands.run}
          onRunAll={commands.runAll}
          onExplain={explain}
          onCancel={cancel}
        />
      ) : (
        renderTable({ tabId: tab.id, workspace, relation: tab.relation })
      )}
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
