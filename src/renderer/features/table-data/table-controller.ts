import type { DataPage, PageRequest, RelationName, RowSelection } from '@shared/models/table-data';
import { call, errorData } from '../../api/postern';
import { useSettings } from '../../api/settings';
import { showToast } from '../../components/toast-store';
import { gridMemory } from '../../components/grid/grid-memory';
import type { GridSelection } from '../../components/grid/selection';
import { toSelectionDraft } from './filter-draft';
import { adjust, goBack, goForward, goTo, type History, wholeRelation } from './location';
import { keepTableLayout, keptTableLayout, shownColumns, type TableLayout } from './table-layout';
import { type PageReader, TablePages } from './table-pages';
import { TableSource } from './table-source';
import {
  forgetTable,
  noCount,
  putTable,
  type ShownRows,
  type TableTab,
  tableTab,
  updateTable,
} from './table-store';

/** Rows of the first page. */
const firstPageRows = (): number => useSettings.getState().firstRows;

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
    isFiltering: false,
    draft: null,
  };
  putTable(tabId, tab);
  void show(tabId, history);
}

/** Forgets a closed tab and what main holds for it. */
export function closeTable(tabId: string): void {
  void cancelRead(tabId);
  void cancelCount(tabId);
  forgetTable(tabId);
  call('table:close-stream', { tabId }).catch(toastFailure);
}

/** Reads what the tab shows once more. */
export function reloadTable(tabId: string): Promise<boolean> {
  const tab = tableTab(tabId);
  return tab === undefined ? Promise.resolve(false) : show(tabId, tab.history);
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
  if (readId !== null) await call('table:cancel', { readId }).catch(toastFailure);
}

/** Counts the rows of the selection exactly. */
export async function countRows(tabId: string): Promise<void> {
  const tab = tableTab(tabId);
  if (tab === undefined || tab.count.countingId !== null) return;
  const { connectionId, history } = tab;
  const countingId = crypto.randomUUID();
  const isCurrent = (): boolean => tableTab(tabId)?.count.countingId === countingId;
  updateTable(tabId, { count: { ...tab.count, countingId } });
  try {
    const selection = history.present;
    const { rows } = await call('table:count-rows', {
      connectionId,
      readId: countingId,
      selection,
    });
    if (isCurrent()) updateTable(tabId, { count: { ...tab.count, exact: rows, countingId: null } });
  } catch (error) {
    if (isCurrent()) updateTable(tabId, { count: { ...tab.count, countingId: null } });
    if (errorData(error).kind !== 'Cancelled') toastFailure(error);
  }
}

/** Stops counting. */
export async function cancelCount(tabId: string): Promise<void> {
  const readId = tableTab(tabId)?.count.countingId ?? null;
  if (readId !== null) await call('table:cancel', { readId }).catch(toastFailure);
}

/** Shows the columns in another order or number; nothing is read again. */
export async function changeLayout(tabId: string, layout: TableLayout): Promise<void> {
  const tab = tableTab(tabId);
  if (tab?.rows == null) return;
  keepTableLayout(tab.workspace, tab.history.present.relation, layout);
  updateTable(tabId, { layout });
  await showPages(tabId, tab.rows, layout, gridMemory(tab.rows.source).offset);
}

/** Keeps the widths that a person gave the columns. */
export function keepWidths(tabId: string): void {
  const tab = tableTab(tabId);
  if (tab?.rows == null) return;
  const { source } = tab.rows;
  const widths = { ...tab.layout.widths };
  gridMemory(source).widths?.forEach((width, index) => {
    const name = source.columns[index]?.name;
    if (name !== undefined) widths[name] = width;
  });
  const layout = { ...tab.layout, widths };
  keepTableLayout(tab.workspace, tab.history.present.relation, layout);
  updateTable(tabId, { layout });
}

/** Reads the first page of a place and shows it. The place is taken over only when that succeeds. */
async function show(
  tabId: string,
  history: History,
  direction: PageRequest['direction'] = 'forward',
): Promise<boolean> {
  const tab = tableTab(tabId);
  if (tab === undefined) return false;
  await cancelRead(tabId);
  const { connectionId, workspace } = tab;
  const selection = history.present;
  const { relation: name } = selection;
  const readId = crypto.randomUUID();
  const isCurrent = (): boolean => tableTab(tabId)?.readId === readId;
  updateTable(tabId, { readId, readSince: performance.now(), error: null });
  try {
    const relation = await call('table:describe', { connectionId, relation: name });
    const reader = readerFor(tabId, connectionId, selection);
    const page = await reader.readPage({ direction, from: null, maxRows: firstPageRows() }, readId);
    if (!isCurrent()) return false;
    const layout = keptTableLayout(workspace, name);
    const rows = shownRows(
      page,
      selection,
      relation,
      new TablePages(reader, page, direction),
      direction,
    );
    const isSamePlace = history.past === tab.history.past;
    const isOpen = tableTab(tabId)?.isFiltering === true;
    const conditions = isOpen ? toSelectionDraft(selection, relation.columns, null) : null;
    const draft = isSamePlace ? {} : { draft: conditions };
    // All at once: no name may ever stand over the rows of another table.
    const change = { history, layout, readId: null, ...draft };
    await showPages(tabId, rows, layout, direction === 'backward' ? 'end' : 0, change);
    if (tab.rows === null || tab.history.present !== selection) void estimate(tabId, selection);
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

type RowsBeforeSource = Omit<ShownRows, 'source'>;

function shownRows(
  page: DataPage,
  selection: RowSelection,
  relation: ShownRows['relation'],
  pages: TablePages,
  direction: PageRequest['direction'],
): RowsBeforeSource {
  return {
    relation,
    pages,
    columns: page.columns,
    sort: selection.sort,
    isFromEnd: direction === 'backward',
    durationMs: page.durationMs,
  };
}

/** Puts the rows into the grid, `offset` CSS pixels from their start, together with `change`. */
async function showPages(
  tabId: string,
  rows: RowsBeforeSource,
  layout: TableLayout,
  offset: number | 'end',
  change: Partial<TableTab> = {},
): Promise<void> {
  const { pages, relation, columns } = rows;
  const firstRows = await pages.read(0, firstPageRows());
  const readable = relation.columns.map((column) => column.name);
  // A row's place, where it is read along, comes last and is not shown.
  const shown = shownColumns(readable, layout);
  const source = new TableSource({
    pages,
    firstRows,
    columns,
    shown,
    sort: rows.sort,
    isFromEnd: rows.isFromEnd && pages.hasEarlier,
    onNearFirstRow: () => void showEarlier(tabId),
  });
  const memory = gridMemory(source);
  const previous = tableTab(tabId)?.rows;
  const row =
    previous?.pages === pages ? (gridMemory(previous.source).selection?.focus.row ?? 0) : 0;
  memory.selection = selectionFor(
    previous?.source,
    source,
    offset === 'end' ? source.rowCount - 1 : row,
    offset === 'end',
  );
  // Whoever scrolls clamps to the last row.
  memory.offset = offset === 'end' ? Number.MAX_SAFE_INTEGER : offset;
  const widths = source.columns.map((column) => layout.widths[column.name]);
  if (widths.every((width) => width !== undefined)) memory.widths = widths;
  updateTable(tabId, { ...change, rows: { ...rows, source } });
}

/** The keyboard goes on in the column where it was; without `isForced` only where there was one. */
function selectionFor(
  previous: TableSource | undefined,
  next: TableSource,
  row: number,
  isForced: boolean,
): GridSelection | null {
  const before = previous === undefined ? null : gridMemory(previous).selection;
  if (next.rowCount === 0 || (before === null && !isForced)) return null;
  const name = previous?.columns[before?.focus.column ?? -1]?.name;
  const column = Math.max(
    0,
    next.columns.findIndex((candidate) => candidate.name === name),
  );
  const cell = { row, column };
  return { kind: 'cells', anchor: cell, focus: cell };
}

const growing = new WeakSet<TablePages>();

/** Puts the rows before the first known one in front; what is seen stays where it is. */
async function showEarlier(tabId: string): Promise<void> {
  const before = tableTab(tabId)?.rows;
  if (before == null || growing.has(before.pages)) return;
  growing.add(before.pages);
  try {
    const added = await before.pages.prepend(firstPageRows());
    const tab = tableTab(tabId);
    if (tab?.rows?.pages !== before.pages || added === 0) return;
    const { selection, offset, left, widths } = gridMemory(tab.rows.source);
    const height = rowHeight();
    await showPages(tabId, tab.rows, tab.layout, offset + added * height);
    const shown = tableTab(tabId)?.rows?.source;
    if (shown === undefined) return;
    const memory = gridMemory(shown);
    const moved = (cell: { row: number; column: number }) => ({ ...cell, row: cell.row + added });
    Object.assign(memory, { left, widths });
    memory.selection =
      selection === null
        ? null
        : { ...selection, anchor: moved(selection.anchor), focus: moved(selection.focus) };
  } catch (error) {
    toastFailure(error);
  } finally {
    growing.delete(before.pages);
  }
}

/** The height of a row, CSS pixels, as the theme has it. */
function rowHeight(): number {
  const grid = document.querySelector('[role=grid]') ?? document.documentElement;
  return Number.parseFloat(getComputedStyle(grid).getPropertyValue('--row-height'));
}

/** Asks the planner how many rows there are. */
async function estimate(tabId: string, selection: RowSelection): Promise<void> {
  const tab = tableTab(tabId);
  if (tab === undefined) return;
  void cancelCount(tabId);
  updateTable(tabId, { count: noCount });
  const { connectionId } = tab;
  const readId = crypto.randomUUID();
  try {
    const { rows } = await call('table:estimate-rows', { connectionId, readId, selection });
    const current = tableTab(tabId);
    if (current?.history.present !== selection || current.count.exact !== null) return;
    updateTable(tabId, { count: { ...current.count, estimate: rows } });
  } catch {
    // Without an answer no number is shown: the rows are here, and what is wrong shows with them.
  }
}

function toastFailure(error: unknown): void {
  const data = errorData(error);
  // What is gone already needs no ending.
  if (data.kind !== 'NotFound') showToast({ tone: 'danger', message: data.message });
}
