import { gridMemory } from '../../components/grid/grid-memory';
import { showPages } from './shown-pages';
import { freezeColumns, keepTableLayout, type TableLayout } from './table-layout';
import { tableTab, updateTable } from './table-store';

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

/** Keeps how many of the first columns a person froze. */
export function keepFrozen(tabId: string, count: number): void {
  const tab = tableTab(tabId);
  if (tab?.rows == null) return;
  const names = tab.rows.relation.columns.map(({ name }) => name);
  const layout = freezeColumns(names, tab.layout, count);
  keepTableLayout(tab.workspace, tab.history.present.relation, layout);
  updateTable(tabId, { layout });
}
