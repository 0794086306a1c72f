import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/**
 * Types over a selection without the browser's help. Chromium would give the typed character the
 * colour of what it replaces by a style attribute, which the content security policy refuses with an
 * error for each time.
 */
export const typedReplacement: Extension = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data, inputType, isComposing } = event;
    const { main } = view.state.selection;
    if (inputType !== 'insertText' || data === null || isComposing || main.empty) return false;
    const insert = () =>
      view.state.update(view.state.replaceSelection(data), {
        userEvent: 'input.type',
        scrollIntoView: true,
      });
    const handlers = view.state.facet(EditorView.inputHandler);
    const isHandled = handlers.some((handler) => handler(view, main.from, main.to, data, insert));
    if (!isHandled) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});
