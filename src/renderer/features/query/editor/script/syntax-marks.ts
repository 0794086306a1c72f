import { type Diagnostic, lintGutter, nextDiagnostic, setDiagnostics } from '@codemirror/lint';
import { type ChangeDesc, type EditorState, type Extension, StateField } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import type { TextRange } from '@shared/models/query-result';
import type { SyntaxMark } from './messages';
import { setSyntaxMarks } from './script-watcher';

/** The version of PostgreSQL whose grammar the app has. */
const grammarVersion = 18;
/** No more blanks than these are looked at between the cursor and a mistake, UTF-16 units. */
const maxBlanks = 500;

/** A mark after changes elsewhere in the text. */
function moved(mark: SyntaxMark, changes: ChangeDesc): SyntaxMark {
  const { statement, message, isAtEnd } = mark;
  const place = ({ from, to }: TextRange): TextRange => ({
    from: changes.mapPos(from),
    to: changes.mapPos(to),
  });
  return { ...place(mark), statement: place(statement), message, isAtEnd };
}

/** The mistakes of the text. A change of a statement takes its mark away at once. */
const syntaxMarks = StateField.define<readonly SyntaxMark[]>({
  create: () => [],
  update(marks, transaction) {
    let next = marks;
    if (transaction.docChanged && next.length > 0) {
      const { changes } = transaction;
      next = next
        .filter(({ statement }) => changes.touchesRange(statement.from, statement.to) === false)
        .map((mark) => moved(mark, changes));
    }
    for (const effect of transaction.effects) {
      if (effect.is(setSyntaxMarks) && next.length + effect.value.length > 0) next = effect.value;
    }
    return next;
  },
});

/** Whether a mistake is only what is being typed: telling of it would disturb. */
export function isBeingTyped(state: EditorState, mark: SyntaxMark): boolean {
  const cursor = state.selection.main.head;
  const isBlank = (from: number, to: number): boolean =>
    to - from <= maxBlanks && state.sliceDoc(from, to).trim() === '';
  const { statement } = mark;
  if (mark.isAtEnd) {
    if (cursor >= statement.from && cursor <= statement.to) return true;
    return cursor > statement.to && isBlank(statement.to, cursor);
  }
  if (cursor >= mark.from && cursor <= mark.to) return true;
  return cursor < mark.from && cursor > statement.from && isBlank(cursor, mark.from);
}

/** How a mistake is told; `serverVersion` as the server writes it, for example "17.5". */
export function toDiagnostic(mark: SyntaxMark, serverVersion: string | null): Diagnostic {
  const { from, to, message } = mark;
  // A newer server may take what this grammar does not know.
  const isNewer = Number.parseInt(serverVersion ?? '', 10) > grammarVersion;
  return isNewer
    ? {
        from,
        to,
        severity: 'warning',
        message: `Not understood by the PostgreSQL ${grammarVersion} grammar: ${message}`,
      }
    : { from, to, severity: 'error', message };
}

const theme = EditorView.theme({
  '.cm-gutter-lint': { width: '14px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0 0 0 4px' },
  '.cm-lint-marker': { width: '8px', height: '100%', display: 'flex', alignItems: 'center' },
  '.cm-lint-marker-error, .cm-lint-marker-warning': { content: 'none' },
  '.cm-lint-marker::before': {
    content: '""',
    width: '8px',
    height: '8px',
    borderRadius: '50%',
    backgroundColor: 'var(--danger)',
  },
  '.cm-lint-marker-warning::before': { backgroundColor: 'var(--warning)' },
  '.cm-lintRange': {
    backgroundImage: 'none',
    paddingBottom: '0',
    textDecoration: 'underline wavy var(--danger) 1px',
    textUnderlineOffset: '4px',
    textDecorationSkipInk: 'none',
  },
  '.cm-lintRange-warning': { textDecorationColor: 'var(--warning)' },
  '.cm-lintRange-active': { backgroundColor: 'var(--danger-surface)' },
  '.cm-tooltip-lint': { padding: '0' },
  '.cm-tooltip-lint .cm-diagnostic': {
    maxWidth: '420px',
    padding: '6px 10px',
    border: 'none',
    marginLeft: '0',
    fontFamily: 'var(--font-sans)',
    fontSize: '12px',
    lineHeight: '18px',
    whiteSpace: 'pre-wrap',
  },
});

/** Marks what the grammar refuses, unless it is being typed. F8 goes from one to the next. */
export function syntaxMarking(serverVersion: () => string | null): Extension {
  return [
    syntaxMarks,
    lintGutter(),
    theme,
    // The list of toasts would take the focus by the same key.
    keymap.of([{ key: 'F8', run: nextDiagnostic, stopPropagation: true }]),
    EditorView.updateListener.of(({ view, state, startState, focusChanged, selectionSet }) => {
      const marks = state.field(syntaxMarks);
      const before = startState.field(syntaxMarks, false);
      if (marks === before && !(marks.length > 0 && (focusChanged || selectionSet))) return;
      const shown = marks
        .filter((mark) => !view.hasFocus || !isBeingTyped(state, mark))
        .map((mark) => toDiagnostic(mark, serverVersion()));
      view.dispatch(setDiagnostics(state, shown));
    }),
  ];
}
