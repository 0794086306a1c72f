import { useSettings } from '../../api/settings';
import { gridMemory, layOutLike } from '../../components/grid/grid-memory';
import type { GridSelection } from '../../components/grid/selection';
import { frozenCount, shownColumns, type TableLayout } from './table-layout';
import type { TablePages } from './table-pages';
import { TableSource } from './table-source';
import { type ShownRows, type TableTab, tableTab, updateTable } from './table-store';
import { toastFailure } from './toast-failure';

/** Rows of the first page. */
export const firstPageRows = (): number => useSettings.getState().firstRows;

/** What is known of rows before the grid's view of them is made. */
export type RowsBeforeSource = Omit<ShownRows, 'source'>;

/** Puts the rows into the grid, `offset` CSS pixels from their start, together with `change`. */
export async function showPages(
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
  const kept = source.columns.map((column) => layout.widths[column.name]);
  if (kept.every((width) => width !== undefined)) memory.widths = kept;
  if (previous != null && isSameRelation(previous, rows)) layOutLike(previous.source, source);
  memory.frozen = frozenCount(readable, layout);
  updateTable(tabId, { ...change, rows: { ...rows, source } });
}

function isSameRelation(one: RowsBeforeSource, other: RowsBeforeSource): boolean {
  const { schema, name } = one.relation.relation;
  return schema === other.relation.relation.schema && name === other.relation.relation.name;
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
