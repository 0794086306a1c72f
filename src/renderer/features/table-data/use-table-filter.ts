import type { DatabaseErrorData } from '@shared/models/database-error';
import { useState } from 'react';
import { gridMemory } from '../../components/grid/grid-memory';
import { type SelectionDraft, toConditions, toSelectionDraft } from './filter-draft';
import { showFilterRow, useFilterRow } from './filter-row/filter-row-visibility';
import { changeSelection } from './table-controller';
import { type TableTab, updateTable } from './table-store';

/** A field of the filter row that is to have the keyboard. */
export interface FieldRequest {
  readonly column: number;
}

/** The conditions of a tab: one draft, which the panel and the row above the columns both change. */
export function useTableFilter(tabId: string, tab: TableTab | undefined, focusGrid: () => void) {
  const { isShown: isRowShown } = useFilterRow();
  const [fieldRequest, setFieldRequest] = useState<FieldRequest | null>(null);
  const rows = tab?.rows ?? null;
  const columns = rows?.relation.columns ?? [];
  const focusedColumn = (): number =>
    rows === null ? 0 : (gridMemory(rows.source).selection?.focus.column ?? 0);
  const inForce: SelectionDraft = { filters: [], where: '' };
  const draft =
    tab === undefined ? inForce : (tab.draft ?? toSelectionDraft(tab.history.present, [], null));
  const change = (changed: SelectionDraft): void => updateTable(tabId, { draft: changed });
  const apply = (changed: SelectionDraft): Promise<boolean> => {
    change(changed);
    return changeSelection(tabId, toConditions(changed, columns));
  };
  return {
    columns,
    draft,
    isRowShown: isRowShown && rows !== null,
    /** Whether an error stands beside its condition, where that is to be seen. */
    isBeside({ field }: Pick<DatabaseErrorData, 'field'>): boolean {
      if (field === undefined || field === 'page' || field === 'sort') return false;
      if (tab?.isFiltering === true) return true;
      const column = draft.filters.find(({ id }) => `filter:${id}` === field)?.column;
      return isRowShown && rows !== null && rows.source.columns.some(({ name }) => name === column);
    },
    fieldRequest,
    change,
    /** Resolves with whether the server took it. */
    apply,
    /** Opens the panel, with a condition on the column that has the keyboard. */
    setPanel(isOpen: boolean): void {
      if (tab === undefined) return;
      const name = rows?.source.columns[focusedColumn()]?.name ?? null;
      // Made once: a condition keeps its name from the first letter to the server's answer.
      const isEmpty = draft.filters.length === 0 && draft.where === '';
      const opened =
        tab.draft === null || isEmpty
          ? toSelectionDraft(tab.history.present, columns, name)
          : draft;
      updateTable(tabId, { isFiltering: isOpen, ...(isOpen && { draft: opened }) });
      if (!isOpen) focusGrid();
    },
    /** Shows the row and goes to the field of the column with the keyboard; from within it hides it. */
    toggleRow(isWithin: boolean): void {
      if (isRowShown && isWithin) {
        showFilterRow(false);
        focusGrid();
        return;
      }
      showFilterRow(true);
      setFieldRequest({ column: focusedColumn() });
    },
  };
}

export type TableFilter = ReturnType<typeof useTableFilter>;
