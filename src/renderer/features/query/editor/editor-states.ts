import type { EditorState, StateEffect } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { flatText, flattenInTurns } from './flat-text';

/**
 * The editor state of each tab: text, undo history, selection. It lives outside of React and of the
 * store, because it changes with every key and holds texts of many megabytes.
 */
const states = new Map<string, EditorState>();
const scrolls = new Map<string, StateEffect<unknown>>();

/** The view that shows a tab at present. */
let shown: { readonly tabId: string; readonly view: EditorView } | null = null;

export function editorState(tabId: string): EditorState | undefined {
  return states.get(tabId);
}

export function keepEditorState(tabId: string, state: EditorState): void {
  states.set(tabId, state);
}

/** Forgets a closed tab. */
export function dropEditorState(tabId: string): void {
  states.delete(tabId);
  scrolls.delete(tabId);
}

/** Says which view shows which tab; null when none does. */
export function setShownEditor(next: typeof shown): void {
  // A tab that was closed is shown for a moment longer.
  if (shown !== null && states.has(shown.tabId)) {
    scrolls.set(shown.tabId, shown.view.scrollSnapshot());
  }
  shown = next;
}

/** The effect that scrolls a tab's text to where it was left. */
export function keptScroll(tabId: string): StateEffect<unknown> | undefined {
  return scrolls.get(tabId);
}

/** The view that shows a tab, where it is shown. */
export function viewOf(tabId: string): EditorView | null {
  return shown?.tabId === tabId ? shown.view : null;
}

/** Applies effects to a tab's text, whether it is shown or not. */
export function dispatchEffects(tabId: string, effects: readonly StateEffect<unknown>[]): void {
  const view = viewOf(tabId);
  if (view !== null) {
    view.dispatch({ effects });
    return;
  }
  const state = states.get(tabId);
  if (state !== undefined) states.set(tabId, state.update({ effects }).state);
}

/** Puts another text in place of a tab's, as a step that can be undone. Nothing happens before it is shown. */
export function replaceText(tabId: string, text: string): void {
  const state = states.get(tabId);
  if (state === undefined) return;
  const head = Math.min(state.selection.main.head, text.length);
  const change = {
    changes: { from: 0, to: state.doc.length, insert: text },
    selection: { anchor: head },
    userEvent: 'input.file',
  };
  const view = viewOf(tabId);
  if (view === null) states.set(tabId, state.update(change).state);
  else view.dispatch(change);
}

/** Applies effects to the texts of all tabs. */
export function dispatchToAll(effects: readonly StateEffect<unknown>[]): void {
  for (const tabId of states.keys()) dispatchEffects(tabId, effects);
}

/** The effect that scrolls a position into view, with some lines around it. */
export function showPosition(position: number): StateEffect<unknown> {
  return EditorView.scrollIntoView(position, { y: 'nearest', yMargin: 40 });
}

/** The newest text and cursor of a tab; null when it was never shown. */
export function newestText(tabId: string): { text: string; cursor: number } | null {
  const state = states.get(tabId);
  if (state === undefined) return null;
  return { text: flatText(state.doc), cursor: state.selection.main.head };
}

/** Makes the newest text of a tab ready for `newestText`, without keeping a key waiting. */
export async function prepareNewestText(tabId: string): Promise<void> {
  const state = states.get(tabId);
  if (state !== undefined) await flattenInTurns(state.doc);
}
