import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { noteSaved } from '../files/saved-texts';
import type { QueryTab } from '../tabs/tab-list';
import { editorExtensions, type EditorCommands, styleNonce } from './editor-setup';
import { editorState, keepEditorState, keptScroll, setShownEditor } from './editor-states';
import styles from './sql-editor.module.css';

interface SqlEditorProps {
  readonly tab: QueryTab;
  /** May be another object with each rendering: the newest one is called. */
  readonly commands: EditorCommands;
}

/** The text of the active tab. One view shows all tabs in turn, each with its own state. */
export function SqlEditor({ tab, commands }: SqlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  useEffect(() => {
    current = commands;
  });

  useEffect(() => {
    const parent = host.current;
    if (parent === null) return undefined;
    // The first state has the nonce: the view adds its style element at once.
    const created = new EditorView({ parent, extensions: styleNonce });
    view.current = created;
    return () => {
      setShownEditor(null);
      created.destroy();
      view.current = null;
    };
  }, []);

  // The text is the state's own from here on: a newer `tab.text` is only what was saved of it.
  const { id } = tab;
  const initial = useRef(tab);
  useEffect(() => {
    initial.current = tab;
  });
  useEffect(() => {
    const shown = view.current;
    if (shown === null) return;
    const state = editorState(id) ?? newState(initial.current);
    setShownEditor(null);
    shown.setState(state);
    keepEditorState(id, state);
    setShownEditor({ tabId: id, view: shown });
    const scroll = keptScroll(id);
    if (scroll !== undefined) shown.dispatch({ effects: scroll });
    shown.focus();
  }, [id]);

  return <div ref={host} className={styles['editor']} data-focus-target="editor" />;
}

/**
 * The commands of the editor on the page, of which there is one. The states outlive it and reach the
 * next one through here.
 */
let current: EditorCommands | null = null;

const forwarded: EditorCommands = {
  run: () => current?.run(),
  runAll: () => current?.runAll(),
  cancel: () => current?.cancel() ?? false,
  catalog: () => current?.catalog() ?? null,
  serverVersion: () => current?.serverVersion() ?? null,
  onChange: () => current?.onChange(),
  onTooLong: () => current?.onTooLong(),
  onLeave: () => current?.onLeave(),
};

function newState(tab: QueryTab): EditorState {
  const cursor = Math.min(tab.cursor, tab.text.length);
  const state = EditorState.create({
    doc: tab.text,
    selection: { anchor: cursor },
    extensions: [
      // Before the others, which look at what is kept.
      EditorView.updateListener.of((update) => keepEditorState(tab.id, update.state)),
      editorExtensions(forwarded),
    ],
  });
  if (tab.file?.isChanged === false) noteSaved(tab.id, state.doc);
  return state;
}
