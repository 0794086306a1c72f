import { type Extension, RangeSet, StateEffect, StateField } from '@codemirror/state';
import {
  type EditorView,
  gutter,
  GutterMarker,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import type { TextRange } from '@shared/models/query-result';
import { statementAt } from '@shared/sql/statements';

/** Milliseconds after the last change of text or cursor. */
const delay = 120;
/** Longer texts are not split with every change of the cursor, UTF-16 units. */
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

/** Finds the statement at the cursor a moment after the last key. */
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
    this.#timer = setTimeout(() => this.#mark(), delay);
  }

  #mark(): void {
    const { doc, selection } = this.#view.state;
    const isAsked = selection.main.empty && doc.length <= maxText;
    const range = isAsked
      ? (statementAt(doc.toString(), selection.main.head)?.range ?? null)
      : null;
    const current = this.#view.state.field(statementRange);
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
