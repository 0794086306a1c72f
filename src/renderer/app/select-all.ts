import { latinKey } from '../components/latin-key';

const fields = 'input, textarea, [contenteditable="true"]';

/**
 * Answers "Select all" outside of a field, which selects by itself: takes the text of what has the
 * focus, or of the value or the dialog that it is in. Chromium would take every text of the window
 * that can be selected at all, from the status bar to the hints of empty fields. Returns whether the
 * key asked for that.
 */
export function answerSelectAll(event: KeyboardEvent): boolean {
  const { ctrlKey, metaKey, altKey, shiftKey, target } = event;
  const isAsked = latinKey(event) === 'a' && (ctrlKey || metaKey) && !altKey && !shiftKey;
  if (!isAsked || !(target instanceof Element) || target.matches(fields)) return false;
  const selection = getSelection();
  if (target === document.body) selection?.removeAllRanges();
  else selection?.selectAllChildren(target.closest('pre, [role=dialog]') ?? target);
  return true;
}
