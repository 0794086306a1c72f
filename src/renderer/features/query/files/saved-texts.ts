import type { Text } from '@codemirror/state';
import { editorState } from '../editor/editor-states';

/**
 * What the file of a tab holds, by the tab's id. A tab whose text differed from its file when it was
 * restored has none: it differs until it is saved or read again.
 */
const saved = new Map<string, Text>();

/** Notes that a tab's text is that of its file. */
export function noteSaved(tabId: string, text: Text): void {
  saved.set(tabId, text);
}

/** Forgets a closed tab. */
export function forgetSaved(tabId: string): void {
  saved.delete(tabId);
}

/** Whether a tab's text is another than its file's; null while the tab was not shown yet. */
export function differsFromFile(tabId: string): boolean | null {
  const state = editorState(tabId);
  if (state === undefined) return null;
  const text = saved.get(tabId);
  return text === undefined || !state.doc.eq(text);
}
