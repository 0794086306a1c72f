import type { DatabaseErrorData } from '@shared/models/database-error';
import type { DataPage, PageRequest, RelationName, RowSelection } from '@shared/models/table-data';
import { call, errorData } from '../../api/postern';
import { toSelectionDraft } from './filter-draft';
import { adjust, goBack, goForward, goTo, type History, wholeRelation } from './location';
import { cancelCount, estimateRows } from './row-count';
import { firstPageRows, type RowsBeforeSource, showPages } from './shown-pages';
import { keptTableLayout } from './table-layout';
import { type PageReader, TablePages } from './table-pages';
import {
  forgetTable,
  noCount,
  putTable,
  type TableTab,
  tableTab,
  updateTable,
} from './table-store';
import { toastFailure } from './toast-failure';

/** Shows a relation in a tab, from its first rows on; a tab that shows it already stays as it is. */
export function openTable(
  tabId: string,
  connectionId: string,
  workspace: string,
  relation: RelationName,
): void {
  const known = tableTab(tabId);
  if (known?.connectionId === connectionId) return;
  const history: History = known?.history ?? {
    past: [],
    present: wholeRelation(relation),
    future: [],
  };
  const tab: TableTab = {
    connectionId,
    workspace,
    history,
    rows: null,
    layout: keptTableLayout(workspace, history.present.relation),
    readId: null,
    readSince: 0,
    error: null,
    count: noCount,
    // What was typed outlives the connection that it was typed for.
    isFiltering: known?.isFiltering ?? false,
    draft: known?.draft ?? null,
  };
  putTable(tabId, tab);
  void show(tabId, history);
}

/** Forgets a closed tab and what main holds for it. */
export function closeTable(tabId: string): void {
  void stopRead(tableTab(tabId)?.readId ?? null);
  void cancelCount(tabId);
  forgetTable(tabId);
  call('table:close-stream', { tabId }).catch(toastFailure);
}

/** Reads what the tab shows once more, and forgets how many rows there were. */
export function reloadTable(tabId: string): Promise<boolean> {
  return changeSelection(tabId, {});
}

/** Changes the conditions or the order of what is shown. Resolves with whether the server took it. */
export function changeSelection(
  tabId: string,
  change: Partial<Omit<RowSelection, 'relation'>>,
): Promise<boolean> {
  const tab = tableTab(tabId);
  if (tab === undefined) return Promise.resolve(false);
  return show(tabId, adjust(tab.history, { ...tab.history.present, ...change }));
}

/** Shows other rows, with the way back. */
export function followTo(tabId: string, selection: RowSelection): Promise<boolean> {
  const tab = tableTab(tabId);
  if (tab === undefined) return Promise.resolve(false);
  return show(tabId, goTo(tab.history, selection));
}

/** Goes a step back or on in the tab's history. */
export async function stepHistory(tabId: string, step: 'back' | 'forward'): Promise<boolean> {
  const tab = tableTab(tabId);
  if (tab === undefined) return false;
  const history = step === 'back' ? goBack(tab.history) : goForward(tab.history);
  return history !== tab.history && show(tabId, history);
}

/** Shows the first or the last rows of the selection. */
export async function jumpTo(tabId: string, end: 'start' | 'end'): Promise<void> {
  const tab = tableTab(tabId);
  if (tab !== undefined) await show(tabId, tab.history, end === 'start' ? 'forward' : 'backward');
}

/** Stops the read under way; what was shown before stays. */
export async function cancelRead(tabId: string): Promise<void> {
  const readId = tableTab(tabId)?.readId ?? null;
  await stopRead(readId);
  // What main has not begun yet, since the relation is still looked up, is waited for no longer either.
  if (readId !== null && tableTab(tabId)?.readId === readId) {
    updateTable(tabId, { readId: null, error: cancelled });
  }
}

async function stopRead(readId: string | null): Promise<void> {
  if (readId !== null) await call('table:cancel', { readId }).catch(toastFailure);
}

const cancelled: DatabaseErrorData = { kind: 'Cancelled', message: 'Reading was cancelled.' };

/** Reads the first page of a place and shows it. The place is taken over only when that succeeds. */
async function show(
  tabId: string,
  history: History,
  direction: PageRequest['direction'] = 'forward',
): Promise<boolean> {
  const tab = tableTab(tabId);
  if (tab === undefined) return false;
  await stopRead(tab.readId);
  const { connectionId, workspace } = tab;
  const selection = history.present;
  const { relation: name } = selection;
  const readId = crypto.randomUUID();
  const isCurrent = (): boolean => tableTab(tabId)?.readId === readId;
  updateTable(tabId, { readId, readSince: performance.now(), error: null });
  try {
    const relation = await call('table:describe', { connectionId, relation: name });
    if (!isCurrent()) return false;
    const reader = readerFor(tabId, connectionId, selection);
    const page = await reader.readPage({ direction, from: null, maxRows: firstPageRows() }, readId);
    if (!isCurrent()) return false;
    const layout = keptTableLayout(workspace, name);
    const rows: RowsBeforeSource = {
      relation,
      pages: new TablePages(reader, page, direction),
      columns: page.columns,
      sort: selection.sort,
      isFromEnd: direction === 'backward',
      durationMs: page.durationMs,
    };
    const isSamePlace = history.past === tab.history.past;
    const isOpen = tableTab(tabId)?.isFiltering === true;
    const conditions = isOpen ? toSelectionDraft(selection, relation.columns, null) : null;
    const draft = isSamePlace ? {} : { draft: conditions };
    // All at once: no name may ever stand over the rows of another table.
    const change = { history, layout, readId: null, ...draft };
    await showPages(tabId, rows, layout, direction === 'backward' ? 'end' : 0, change);
    if (tab.rows === null || tab.history.present !== selection) void estimateRows(tabId, selection);
    return true;
  } catch (error) {
    if (isCurrent()) updateTable(tabId, { readId: null, error: errorData(error) });
    return false;
  }
}

function readerFor(tabId: string, connectionId: string, selection: RowSelection) {
  return {
    readPage: (page: PageRequest, readId: string = crypto.randomUUID()): Promise<DataPage> =>
      call('table:read-page', { connectionId, tabId, readId, selection, page }),
    readOn: (streamId: string, maxRows: number) =>
      call('table:read-on', { tabId, streamId, maxRows }),
  } satisfies PageReader;
}
