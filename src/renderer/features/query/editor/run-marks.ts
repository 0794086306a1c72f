import {
  type ChangeDesc,
  ChangeSet,
  type EditorState,
  type Extension,
  MapMode,
  StateEffect,
  StateField,
} from '@codemirror/state';
import { Decoration, EditorView, gutterLineClass, GutterMarker } from '@codemirror/view';
import { RangeSet } from '@codemirror/state';
import { tokenAround } from './token-around';

/** Says that the text as it is now was submitted: positions that come back refer to it. */
export const beginRun = StateEffect.define();

export interface ErrorPlace {
  /** Offset in UTF-16 units. */
  readonly position: number;
  /** The statement that failed: an edit of it takes the mark away. */
  readonly statement: { readonly from: number; readonly to: number };
}

/** Marks the place of an error in the text as it is now. */
export const markError = StateEffect.define<ErrorPlace>();
export const clearErrorMark = StateEffect.define();

/** What was typed since the last run began: it leads from submitted positions to present ones. */
const changesSinceRun = StateField.define<ChangeDesc | null>({
  create: () => null,
  update(changes, transaction) {
    if (transaction.effects.some((effect) => effect.is(beginRun))) {
      return ChangeSet.empty(transaction.newDoc.length).desc;
    }
    return changes !== null && transaction.docChanged
      ? changes.composeDesc(transaction.changes.desc)
      : changes;
  },
});

/** Where a position of the submitted text is now; null when its surroundings were deleted. */
export function currentPosition(state: EditorState, submitted: number): number | null {
  const changes = state.field(changesSinceRun, false) ?? null;
  if (changes === null) return Math.min(submitted, state.doc.length);
  return changes.mapPos(Math.min(submitted, changes.length), 1, MapMode.TrackDel);
}

interface ErrorMark {
  readonly from: number;
  readonly to: number;
  readonly statement: { readonly from: number; readonly to: number };
}

const errorMark = StateField.define<ErrorMark | null>({
  create: () => null,
  update(mark, transaction) {
    let next = mark;
    if (next !== null && transaction.docChanged) {
      const { changes } = transaction;
      const { statement } = next;
      next = changes.touchesRange(statement.from, statement.to)
        ? null
        : {
            from: changes.mapPos(next.from),
            to: changes.mapPos(next.to),
            statement: { from: changes.mapPos(statement.from), to: changes.mapPos(statement.to) },
          };
    }
    for (const effect of transaction.effects) {
      if (effect.is(clearErrorMark)) next = null;
      if (effect.is(markError)) {
        const { position, statement } = effect.value;
        next = { ...tokenAround(transaction.newDoc, position), statement };
      }
    }
    return next;
  },
  provide: (field) => [
    EditorView.decorations.from(field, (mark) =>
      mark === null || mark.from === mark.to
        ? Decoration.none
        : Decoration.set([Decoration.mark({ class: 'cm-errorMark' }).range(mark.from, mark.to)]),
    ),
    gutterLineClass.compute([field], (state) => {
      const mark = state.field(field);
      if (mark === null) return RangeSet.empty;
      return RangeSet.of(errorLine.range(state.doc.lineAt(mark.from).from));
    }),
  ],
});

const errorLine = new (class extends GutterMarker {
  override readonly elementClass = 'cm-errorLine';
})();

/** Marks where the last run failed. */
export const runMarks: Extension = [changesSinceRun, errorMark];
