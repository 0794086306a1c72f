import type { DatabaseErrorData } from '@shared/models/database-error';
import type { HistoryEntry, HistoryQuery } from '@shared/models/query-history';
import { create } from 'zustand';
import { call, errorData } from '../../api/postern';
import { attempt } from '../../components/attempt';
import { showToast } from '../../components/toast-store';

export type HistoryFilter = Omit<HistoryQuery, 'offset'>;

/** What the open history shows. */
export interface ShownHistory {
  /** What "today" is measured by. */
  readonly openedAt: Date;
  readonly filter: HistoryFilter;
  /** The newest first; null while the first page is on its way. */
  readonly entries: readonly HistoryEntry[] | null;
  /** How many fit altogether. */
  readonly total: number;
  readonly error: DatabaseErrorData | null;
}

/** The history while it is open. */
export const useShownHistory = create<{ readonly shown: ShownHistory | null }>(() => ({
  shown: null,
}));

const { getState, setState } = useShownHistory;

/** Shows what was run before, on a connection or on all. */
export function openHistory(workspace: string | null): void {
  const filter = { workspace, text: '', onlyFailed: false };
  setState({
    shown: { openedAt: new Date(), filter, entries: null, total: 0, error: null },
  });
  void read(filter);
}

/** Hides the history. */
export function closeHistory(): void {
  setState({ shown: null });
}

/** Changes which entries are shown. The old ones stay until the new ones are there. */
export function narrowHistory(change: Partial<HistoryFilter>): void {
  const { shown } = getState();
  if (shown === null) return;
  const filter = { ...shown.filter, ...change };
  setState({ shown: { ...shown, filter } });
  void read(filter);
}

/** The entries whose continuation is on its way. */
let continued: readonly HistoryEntry[] | null = null;

/** Reads the entries behind those that are shown. */
export function readOnHistory(): void {
  const { shown } = getState();
  if (shown === null || shown.entries === null || shown.entries.length >= shown.total) return;
  // Scrolling asks for it many times.
  if (continued === shown.entries) return;
  continued = shown.entries;
  void read(shown.filter, shown.entries);
}

/** The text of an entry as it was kept; null, with a message, where it is gone. */
export async function textOf({ id, text, isCut }: HistoryEntry): Promise<string | null> {
  if (!isCut) return text;
  let whole: string | null = null;
  await attempt(async () => {
    whole = await call('history:get-text', { id });
  });
  return whole;
}

/** Forgets an entry, and offers to take that back. */
export async function removeEntry({ id }: HistoryEntry): Promise<void> {
  if (!(await attempt(() => call('history:remove', { id })))) return;
  const { shown } = getState();
  // The others stay as they are shown: reading anew would lose the place of whoever has scrolled on.
  if (shown?.entries != null) {
    const entries = shown.entries.filter((entry) => entry.id !== id);
    setState({ shown: { ...shown, entries, total: shown.total - 1 } });
    if (entries.length === 0) readOnHistory();
  }
  const restore = (): void => void changeHistory(() => call('history:restore', { id }));
  showToast({
    tone: 'neutral',
    message: 'Removed from the history.',
    action: { label: 'Undo', run: restore },
  });
}

/** Forgets all entries of a connection; null for those of all. */
export async function clearHistory(workspace: string | null): Promise<void> {
  await changeHistory(() => call('history:clear', { workspace }));
}

/** An answer to an older filter is not taken, nor one that goes on from entries that are no longer shown. */
async function read(filter: HistoryFilter, before?: readonly HistoryEntry[]): Promise<void> {
  const take = (answer: Pick<ShownHistory, 'entries' | 'total' | 'error'>): void => {
    const { shown } = getState();
    if (shown?.filter !== filter || (before !== undefined && shown.entries !== before)) return;
    setState({ shown: { ...shown, ...answer } });
  };
  try {
    const page = await call('history:list', { ...filter, offset: before?.length ?? 0 });
    take({ entries: [...(before ?? []), ...page.entries], total: page.total, error: null });
  } catch (error) {
    take({ entries: before ?? [], total: before?.length ?? 0, error: errorData(error) });
  } finally {
    if (continued === before) continued = null;
  }
}

async function changeHistory(act: () => Promise<void>): Promise<void> {
  await attempt(act);
  const { shown } = getState();
  if (shown !== null) void read(shown.filter);
}
