import type { RowSelection } from '@shared/models/table-data';
import { call, errorData } from '../../api/postern';
import { toastFailure } from './toast-failure';
import { noCount, type RowCount, tableTab, updateTable } from './table-store';

/** Counts the rows of the selection exactly. */
export async function countRows(tabId: string): Promise<void> {
  const tab = tableTab(tabId);
  if (tab === undefined || tab.count.countingId !== null) return;
  const { connectionId, history } = tab;
  const countingId = crypto.randomUUID();
  const end = (known: Partial<RowCount>): void => {
    const current = tableTab(tabId)?.count;
    if (current?.countingId !== countingId) return;
    updateTable(tabId, { count: { ...current, ...known, countingId: null } });
  };
  updateTable(tabId, { count: { ...tab.count, countingId } });
  try {
    const selection = history.present;
    const { rows } = await call('table:count-rows', {
      connectionId,
      readId: countingId,
      selection,
    });
    end({ exact: rows });
  } catch (error) {
    end({});
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
