import type { RowSelection } from '@shared/models/table-data';
import { call, errorData } from '../../api/postern';
import { toastFailure } from './toast-failure';
import { noCount, tableTab, updateTable } from './table-store';

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

/** Asks the planner how many rows there are. */
export async function estimateRows(tabId: string, selection: RowSelection): Promise<void> {
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
