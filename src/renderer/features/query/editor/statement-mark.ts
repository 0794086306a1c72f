import { type Extension, RangeSet, StateEffect, StateField } from '@codemirror/state';
import {
  type EditorView,
  gutter,
  GutterMarker,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import type { TextRange } from '@shared/models/query-result';
import { call } from '../../../api/postern';

/** Milliseconds after the last change of text or cursor. */
const delay = 120;
/** Longer texts are not sent to main with every change of the cursor, UTF-16 units. */
const maxText = 1024 * 1024;

const setStatement = StateEffect.define<TextRange | null>();

/** The statement that "Run" would run. */
const statementRange = StateField.define<TextRange | null>({
  create: () => null,
  update(range, transaction) {
    let next = range;
    if (next !== null && transaction.docChanged) {
      const { changes } = transaction;
      next = { from: changes.mapPos(next.from, 1), to: changes.mapPos(next.to, -1) };
      if (next.to <= next.from) next = null;
    }
    for (const effect of transaction.effects) if (effect.is(setStatement)) next = effect.value;
    return next;
  },
});

const bar = new (class extends GutterMarker {
  override readonly elementClass = 'cm-statementBar';
})();

const statementGutter = gutter({
  class: 'cm-statementGutter',
  // Asked for visible lines alone: a statement may have many thousands.
  lineMarker(view, line) {
    const range = view.state.field(statementRange);
    return range !== null && line.from < range.to && line.to >= range.from ? bar : null;
  },
  lineMarkerChange: (update) =>
    update.startState.field(statementRange) !== update.state.field(statementRange),
  markers: () => RangeSet.empty,
});

/** Asks main for the statement at the cursor a moment after the last key. */
class StatementAsker {
  readonly #view: EditorView;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: EditorView) {
    this.#view = view;
    this.#askSoon();
  }

  update(update: ViewUpdate): void {
    if (update.docChanged || update.selectionSet) this.#askSoon();
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }

  #askSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), delay);
  }

  async #ask(): Promise<void> {
    const { doc, selection } = this.#view.state;
    const offset = selection.main.head;
    let range: TextRange | null = null;
    if (selection.main.empty && doc.length <= maxText) {
      try {
        range = await call('query:statement-at', { text: doc.toString(), offset });
      } catch {
        // Without an answer there is no mark; running says what is wrong.
        range = null;
      }
    }
    const { state } = this.#view;
    // The answer is for the text and the cursor that were sent: later ones have a question of their own.
    if (state.doc !== doc || !state.selection.eq(selection)) return;
    const current = state.field(statementRange);
    if (current?.from === range?.from && current?.to === range?.to) return;
    this.#view.dispatch({ effects: setStatement.of(range) });
  }
}

/** Marks the statement under the cursor with a bar beside its lines. */
export const statementMark: Extension = [
  statementRange,
  statementGutter,
  ViewPlugin.fromClass(StatementAsker),
];
