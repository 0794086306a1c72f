import type { Connection } from '@shared/models/connection-profile';
import { workspaceKey } from '@shared/models/workspace';
import { HistoryDialog } from '../features/history/history-dialog';
import { useShownHistory } from '../features/history/history-store';
import { openQueryTab } from '../features/query/query-store';
import { insertText } from './insert-text';

const title = 'From the history';

/** The history of what was run, while it is open. */
export function HistoryHost({ current }: { readonly current: Connection | null }) {
  const shown = useShownHistory((state) => state.shown);
  if (shown === null) return null;
  const workspace = current === null ? null : workspaceKey(current);
  return (
    <HistoryDialog
      shown={shown}
      workspace={workspace}
      onOpen={(text) => workspace !== null && openQueryTab(workspace, { title, text, run: false })}
      onInsert={(text) => current !== null && insertText(current, text, title)}
    />
  );
}
