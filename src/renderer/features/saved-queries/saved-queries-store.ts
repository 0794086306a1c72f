import type { SavedQuery, SavedQueryDraft } from '@shared/models/saved-query';
import type { DatabaseErrorData } from '@shared/models/database-error';
import { create } from 'zustand';
import { call, errorData } from '../../api/postern';
import { printable } from '../../components/printable';
import { attempt } from '../../components/attempt';
import { showToast } from '../../components/toast-store';

/** What the dialog of the feature shows. */
export type SavedQueriesDialog =
  | { readonly kind: 'list' }
  | {
      readonly kind: 'save';
      readonly text: string;
      /** What the tab is called. */
      readonly name: string;
      readonly onSaved: (query: SavedQuery) => void;
    };

interface SavedQueriesState {
  /** In order of name; null until they were read. */
  readonly queries: readonly SavedQuery[] | null;
  /** Why they could not be read; null when they could. */
  readonly error: DatabaseErrorData | null;
  readonly dialog: SavedQueriesDialog | null;
}

/** The queries that have a name, of all connections. */
export const useSavedQueries = create<SavedQueriesState>(() => ({
  queries: null,
  error: null,
  dialog: null,
}));

const { setState } = useSavedQueries;

/** Reads the list of saved queries. */
export async function loadSavedQueries(): Promise<void> {
  try {
    setState({ queries: await call('saved-query:list'), error: null });
  } catch (error) {
    setState({ error: errorData(error) });
  }
}

/** Shows a dialog of the feature; null hides it. */
export function showSavedQueries(dialog: SavedQueriesDialog | null): void {
  setState({ dialog });
  if (dialog !== null) void loadSavedQueries();
}

/** Those that a connection may use: its own and those of all connections. */
export function queriesFor(
  queries: readonly SavedQuery[],
  workspace: string | null,
): readonly SavedQuery[] {
  return queries.filter((query) => query.workspace === null || query.workspace === workspace);
}

/** The text of a saved query; null, with a message, where it cannot be read. */
export async function savedText({ id }: SavedQuery): Promise<string | null> {
  try {
    return await call('saved-query:get-text', { id });
  } catch (error) {
    showToast({ tone: 'danger', message: errorData(error).message });
    return null;
  }
}

/** Saves a query, and offers to take that back. Raises CallError. */
export async function saveQuery(draft: SavedQueryDraft): Promise<SavedQuery> {
  const saved = await call('saved-query:save', draft);
  await loadSavedQueries();
  offerUndo(saved.id, `Saved as “${printable(saved.name)}”.`);
  return saved;
}

/** Gives a query another name, and offers to take that back. */
export async function renameQuery({ id }: SavedQuery, name: string): Promise<void> {
  await change(id, `Renamed to “${printable(name)}”.`, () =>
    call('saved-query:rename', { id, name }),
  );
}

/** Deletes a query, and offers to take that back. */
export async function removeQuery({ id, name }: SavedQuery): Promise<void> {
  await change(id, `Deleted “${printable(name)}”.`, () => call('saved-query:remove', { id }));
}

async function change(id: string, done: string, act: () => Promise<unknown>): Promise<void> {
  if (await withList(act)) offerUndo(id, done);
}

function offerUndo(id: string, message: string): void {
  const restore = (): void => void withList(() => call('saved-query:restore', { id }));
  showToast({ tone: 'neutral', message, action: { label: 'Undo', run: restore } });
}

/** Does something with what is saved, and reads the list anew either way. */
async function withList(act: () => Promise<unknown>): Promise<boolean> {
  const wasDone = await attempt(act);
  await loadSavedQueries();
  return wasDone;
}
