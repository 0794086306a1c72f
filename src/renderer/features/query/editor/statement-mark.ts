import { type EditorState, type Extension, RangeSet, StateField } from '@codemirror/state';
import { gutter, GutterMarker } from '@codemirror/view';
import type { TextRange } from '@shared/models/query-result';
import { statementIndexAt } from '@shared/sql/statements';
import { statementPlaces } from './script/script-watcher';

/** The statement that a cursor in this state means. */
function statementAtCursor(state: EditorState, places: Int32Array): TextRange | null {
  const { main } = state.selection;
  if (!main.empty) return null;
  const { doc } = state;
  const index = statementIndexAt(
    {
      count: places.length / 3,
      from: (at) => places[at * 3] ?? 0,
      end: (at) => places[at * 3 + 2] ?? 0,
      breaksLine: (from, to) => doc.lineAt(from).to < to,
    },
    main.head,
  );
  if (index === null) return null;
  return { from: places[index * 3] ?? 0, to: places[index * 3 + 1] ?? 0 };
}

/** The statement that "Run" would run. */
const statementRange = StateField.define<TextRange | null>({
  create: () => null,
  update(range, transaction) {
    const { state, startState, changes } = transaction;
    const places = state.field(statementPlaces);
    if (places !== null) {
      const isSame =
        places === startState.field(statementPlaces, false) && transaction.selection === undefined;
      return isSame ? range : statementAtCursor(state, places);
    }
    // Until the changed text is split, the mark stays on what it was on.
    if (range === null || !transaction.docChanged) return range;
    const next = { from: changes.mapPos(range.from, 1), to: changes.mapPos(range.to, -1) };
    return next.to > next.from ? next : null;
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

/** Marks the statement under the cursor with a bar beside its lines. */
export const statementMark: Extension = [statementRange, statementGutter];
