import {
  acceptCompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { sql } from '@codemirror/lang-sql';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension, Prec } from '@codemirror/state';
import {
  type Command,
  crosshairCursor,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from '@codemirror/view';
import { postgresDialect } from '../../../components/sql-dialect';
import { editorPreferences } from './editor-preferences';
import { cspNonce } from '../../../theme/csp-nonce';
import { maxTabText } from '../tabs/tab-list';
import type { Catalog } from './catalog-cache';
import { sqlCompletion } from './completion';
import { drawnSelection } from './cursor-blink';
import { editorTheme } from './editor-theme';
import { runMarks } from './run-marks';
import { scriptWatcher } from './script/script-watcher';
import { syntaxMarking } from './script/syntax-marks';
import { statementMark } from './statement-mark';
import { typedReplacement } from './typed-replacement';

/** What the editor asks of the workspace around it. Each call is for the tab that is shown. */
export interface EditorCommands {
  readonly run: () => void;
  readonly runAll: () => void;
  /** Returns whether something was running. */
  readonly cancel: () => boolean;
  /** Null where there is no connection. */
  readonly catalog: () => Catalog | null;
  /** As the server writes it; null where there is no connection. */
  readonly serverVersion: () => string | null;
  /** The text was changed or the cursor moved. */
  readonly onChange: () => void;
  readonly onTooLong: () => void;
  /** The focus left the editor. */
  readonly onLeave: () => void;
}

/** A key that runs something; an open list of completions is no longer wanted then. */
const running =
  (command: () => void): Command =>
  (view) => {
    closeCompletion(view);
    command();
    return true;
  };

/** The search panel in the writing of the rest of the app. */
const searchPhrases = {
  next: 'Next',
  previous: 'Previous',
  all: 'All',
  'match case': 'Match case',
  regexp: 'Regular expression',
  'by word': 'Whole words',
  replace: 'Replace',
  'replace all': 'Replace all',
};

/** Lets the editor's styles through the content security policy. */
export const styleNonce: Extension = cspNonce === undefined ? [] : EditorView.cspNonce.of(cspNonce);

/** All that makes the editor an SQL editor; it goes into the state of every tab. */
export function editorExtensions(commands: EditorCommands): Extension {
  return [
    styleNonce,
    editorTheme,
    syntaxMarking(commands.serverVersion),
    lineNumbers(),
    scriptWatcher,
    statementMark,
    runMarks,
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    history(),
    drawnSelection,
    dropCursor(),
    EditorState.allowMultipleSelections.of(true),
    rectangularSelection(),
    crosshairCursor(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    typedReplacement,
    highlightSelectionMatches({ minSelectionLength: 2 }),
    search({ top: true }),
    EditorState.phrases.of(searchPhrases),
    sql({ dialect: postgresDialect }),
    editorPreferences(sqlCompletion(commands.catalog)),
    EditorState.changeFilter.of((transaction) => {
      if (transaction.newDoc.length <= maxTabText) return true;
      commands.onTooLong();
      return false;
    }),
    EditorView.contentAttributes.of({ 'aria-label': 'SQL editor', spellcheck: 'false' }),
    EditorView.domEventHandlers({ blur: () => commands.onLeave() }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged || update.selectionSet) commands.onChange();
    }),
    Prec.highest(
      keymap.of([
        { key: 'Mod-Shift-Enter', run: running(commands.runAll), preventDefault: true },
        { key: 'Mod-Enter', run: running(commands.run), preventDefault: true },
        { key: 'Tab', run: acceptCompletion },
      ]),
    ),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      // Mod-Shift-l formats what is selected.
      ...searchKeymap.filter(({ key }) => key !== 'Mod-Shift-l'),
      ...historyKeymap,
      // Mod-Enter runs, and Mod-Alt-\\ is left to the system.
      ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
      indentWithTab,
    ]),
    Prec.lowest(keymap.of([{ key: 'Escape', run: commands.cancel }])),
  ];
}
