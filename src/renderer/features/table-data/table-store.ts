import type { DatabaseErrorData } from '@shared/models/database-error';
import type { ResultColumn } from '@shared/models/query-result';
import type { DataRelation, SortColumn } from '@shared/models/table-data';
import { create } from 'zustand';
import type { SelectionDraft } from './filter-draft';
import type { History } from './location';
import type { TableLayout } from './table-layout';
import type { TablePages } from './table-pages';
import type { TableSource } from './table-source';

/** The rows that a tab shows. */
export interface ShownRows {
  readonly relation: DataRelation;
  readonly pages: TablePages;
  readonly source: TableSource;
  /** The columns as they were read, hidden ones among them. */
  readonly columns: readonly ResultColumn[];
  readonly sort: readonly SortColumn[];
  /** Whether reading began at the end: the numbers of the rows are then not known. */
  readonly isFromEnd: boolean;
  /** Milliseconds until the first rows were there. */
  readonly durationMs: number;
}

/** How many rows the selection has. */
export interface RowCount {
  /** The planner's estimate. */
  readonly estimate: number | null;
  /** Counted, as text. */
  readonly exact: string | null;
  /** The read that counts, while it does. */
  readonly countingId: string | null;
}

/** What a table tab shows and does. */
export interface TableTab {
  readonly connectionId: string;
  /** The workspace's key, under which layouts are kept. */
  readonly workspace: string;
  readonly history: History;
  readonly rows: ShownRows | null;
  readonly layout: TableLayout;
  /** The read under way; null when none is. */
  readonly readId: string | null;
  /** performance.now() when it began. */
  readonly readSince: number;
  /** Why the last read failed; conditions have theirs in `field`. */
  readonly error: DatabaseErrorData | null;
  readonly count: RowCount;
  readonly isFiltering: boolean;
  /** Conditions as they are typed; null for those in force. */
  readonly draft: SelectionDraft | null;
}

export const noCount: RowCount = { estimate: null, exact: null, countingId: null };

/** The table tabs of all connections, by tab id. */
export const useTableTabs = create<{ readonly tabs: Readonly<Record<string, TableTab>> }>(() => ({
  tabs: {},
}));

/** A tab as it stands; undefined before it was opened. */
export const tableTab = (tabId: string): TableTab | undefined =>
  useTableTabs.getState().tabs[tabId];

/** Puts a tab in place. */
export function putTable(tabId: string, tab: TableTab): void {
  useTableTabs.setState(({ tabs }) => ({ tabs: { ...tabs, [tabId]: tab } }));
}

/** Changes a tab; nothing happens to one that was closed. */
export function updateTable(tabId: string, change: Partial<TableTab>): void {
  const tab = tableTab(tabId);
  if (tab !== undefined) putTable(tabId, { ...tab, ...change });
}

/** Forgets a tab. */
export function forgetTable(tabId: string): void {
  useTableTabs.setState(({ tabs }) => {
    const { [tabId]: _forgotten, ...rest } = tabs;
    return { tabs: rest };
  });
}
