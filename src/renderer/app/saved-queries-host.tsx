import type { Connection } from '@shared/models/connection-profile';
import { workspaceKey } from '@shared/models/workspace';
import { SaveDialog } from '../features/saved-queries/save-dialog';
import { SavedQueriesDialog } from '../features/saved-queries/saved-queries-dialog';
import { showSavedQueries, useSavedQueries } from '../features/saved-queries/saved-queries-store';
import { openSavedQuery } from './saved-queries';

/** The dialogs of saved queries, while one of them is open. */
export function SavedQueriesHost({ current }: { readonly current: Connection | null }) {
  const dialog = useSavedQueries((state) => state.dialog);
  const queries = useSavedQueries((state) => state.queries);
  if (dialog === null) return null;
  const close = (): void => showSavedQueries(null);
  if (dialog.kind === 'list') {
    return (
      <SavedQueriesDialog
        workspace={current === null ? null : workspaceKey(current)}
        onClose={close}
        onOpen={(query) => {
          close();
          if (current !== null) void openSavedQuery(current, query);
        }}
      />
    );
  }
  if (current === null) return null;
  return (
    <SaveDialog
      text={dialog.text}
      name={dialog.name}
      workspace={workspaceKey(current)}
      queries={queries ?? []}
      onClose={close}
      onSaved={dialog.onSaved}
    />
  );
}
