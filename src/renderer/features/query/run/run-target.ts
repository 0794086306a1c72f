import type { RunTarget } from '@shared/models/query-result';
import { editorState } from '../editor/editor-states';

/** What of a tab's text "Run" runs: the selection, or else the statement at the cursor. */
export function runTarget(tabId: string): RunTarget {
  const selection = editorState(tabId)?.selection.main;
  if (selection === undefined) return { kind: 'all' };
  const { from, to, head } = selection;
  if (from === to) return { kind: 'statement-at', offset: head };
  return { kind: 'selection', range: { from, to } };
}
