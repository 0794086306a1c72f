import type { Extension } from '@codemirror/state';
import { drawSelection, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';

/** How long the cursors are seen, and how long they are not. Milliseconds. */
const halfMs = 600;
/** The attribute of the editor whose cursors are not seen. */
const hidden = 'data-cursors-hidden';

/** Shows and hides the cursors by an attribute of the editor, beginning with what is typed or moved last. */
class Blinking {
  readonly #view: EditorView;
  #timer: number | undefined;

  constructor(view: EditorView) {
    this.#view = view;
    this.#restart();
  }

  update(update: ViewUpdate): void {
    if (update.focusChanged || update.selectionSet || update.docChanged) this.#restart();
  }

  destroy(): void {
    window.clearInterval(this.#timer);
  }

  #restart(): void {
    this.destroy();
    const { dom, hasFocus } = this.#view;
    dom.removeAttribute(hidden);
    if (!hasFocus || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    this.#timer = window.setInterval(() => dom.toggleAttribute(hidden), halfMs);
  }
}

/**
 * Draws selections and cursors. The cursors blink by a timer: an animation of CSS, as CodeMirror has
 * it, makes the page draw 60 times a second for as long as the editor has the focus.
 */
export const drawnSelection: Extension = [
  drawSelection({ cursorBlinkRate: 0 }),
  ViewPlugin.fromClass(Blinking),
  EditorView.theme({
    [`&[${hidden}] > .cm-scroller > .cm-cursorLayer`]: { opacity: '0' },
  }),
];
