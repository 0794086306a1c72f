import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { sqlTags } from '../../../components/sql-tokens';

/** Colours are the app's variables: a change of theme needs no new editor. */
const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--surface-content)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--font-mono)',
    fontSize: 'var(--editor-font-size)',
    lineHeight: 'var(--editor-line-height)',
    fontVariantLigatures: 'none',
    fontFeatureSettings: 'normal',
  },
  '.cm-content': { padding: '10px 0 40px', caretColor: 'var(--accent)' },
  '.cm-line': { padding: '0 16px 0 8px' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'var(--selection)' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'var(--surface-hover)' },
  '.cm-gutters': {
    border: 'none',
    color: 'var(--text-faint)',
    backgroundColor: 'var(--surface-content)',
  },
  '.cm-lineNumbers .cm-gutterElement': {
    minWidth: '38px',
    padding: '0 8px 0 12px',
    fontSize: 'calc(var(--editor-font-size) - 2px)',
    fontVariantNumeric: 'tabular-nums',
  },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--text)' },
  '.cm-statementGutter': { width: '7px' },
  '.cm-statementGutter .cm-gutterElement': { padding: '0 2px' },
  '.cm-statementBar::before': {
    content: '""',
    display: 'block',
    width: '3px',
    height: '100%',
    borderRadius: '1px',
    backgroundColor: 'color-mix(in srgb, var(--accent) 55%, transparent)',
  },
  '.cm-lineNumbers .cm-errorLine': { color: 'var(--danger-text)', fontWeight: '700' },
  '.cm-statementGutter .cm-errorLine::before': {
    content: '""',
    display: 'block',
    width: '3px',
    height: '100%',
    borderRadius: '1px',
    backgroundColor: 'var(--danger)',
  },
  '.cm-errorMark': {
    backgroundColor: 'var(--danger-surface)',
    textDecoration: 'underline wavy var(--danger) 1px',
    textUnderlineOffset: '4px',
    textDecorationSkipInk: 'none',
  },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--surface-active)',
    outline: '1px solid var(--border-strong)',
    borderRadius: '2px',
  },
  '.cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket': {
    backgroundColor: 'var(--danger-surface)',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--surface-active)' },
  '.cm-searchMatch': {
    borderRadius: '2px',
    backgroundColor: 'var(--warning-surface)',
    boxShadow: 'inset 0 0 0 1px color-mix(in srgb, var(--warning) 45%, transparent)',
  },
  '.cm-searchMatch-selected': {
    backgroundColor: 'color-mix(in srgb, var(--warning) 45%, transparent)',
  },
  '.cm-placeholder': { color: 'var(--text-faint)' },
  '.cm-specialChar': { color: 'var(--danger-text)' },
});

const panels = EditorView.theme({
  '.cm-panels': { color: 'var(--text)', backgroundColor: 'var(--surface-panel)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--border)' },
  '.cm-panel.cm-search': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 6px',
    padding: '6px 34px 6px 12px',
    fontFamily: 'var(--font-sans)',
    fontSize: '12px',
  },
  '.cm-panel.cm-search br': { flexBasis: '100%', width: '0', height: '0', content: '""' },
  '.cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label': {
    margin: '0',
    fontSize: '12px',
  },
  '.cm-panel.cm-search label': { display: 'flex', alignItems: 'center', gap: '4px' },
  '.cm-panel.cm-search input[type=checkbox]': { accentColor: 'var(--accent)' },
  '.cm-textfield': {
    width: '200px',
    height: '24px',
    padding: '0 8px',
    border: '1px solid var(--border)',
    borderRadius: 'var(--radius-sm)',
    color: 'var(--text)',
    backgroundColor: 'var(--surface-input)',
    fontFamily: 'var(--font-mono)',
  },
  '.cm-textfield:focus': { borderColor: 'var(--accent)', outline: '2px solid var(--focus-halo)' },
  '.cm-button': {
    height: '24px',
    padding: '0 8px',
    border: '1px solid var(--border)',
    borderRadius: 'var(--radius-sm)',
    color: 'var(--text)',
    backgroundColor: 'var(--surface-control)',
    backgroundImage: 'none',
  },
  '.cm-button:hover': { borderColor: 'var(--border-strong)' },
  '.cm-button:active': { backgroundColor: 'var(--surface-active)', backgroundImage: 'none' },
  '.cm-panel.cm-search [name=close]': {
    top: '6px',
    right: '10px',
    width: '22px',
    height: '22px',
    borderRadius: 'var(--radius-sm)',
    color: 'var(--text-muted)',
    fontSize: '16px',
  },
  '.cm-panel.cm-search [name=close]:hover': { backgroundColor: 'var(--surface-hover)' },
});

const completion = EditorView.theme({
  '.cm-tooltip': {
    border: 'none',
    borderRadius: 'var(--radius-md)',
    color: 'var(--text)',
    backgroundColor: 'var(--surface-raised)',
    boxShadow: 'var(--shadow-popover)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    minWidth: '240px',
    maxWidth: '460px',
    maxHeight: '236px',
    padding: '4px',
    fontFamily: 'var(--font-mono)',
    fontSize: '12px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    alignItems: 'baseline',
    gap: '8px',
    padding: '3px 8px',
    borderRadius: 'var(--radius-sm)',
    lineHeight: '18px',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    color: 'var(--text-on-accent)',
    backgroundColor: 'var(--accent)',
  },
  '.cm-completionLabel': {
    flex: '1',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    unicodeBidi: 'isolate',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': {
    marginLeft: '0',
    color: 'var(--text-faint)',
    fontStyle: 'normal',
    fontSize: '11px',
  },
  'li[aria-selected] .cm-completionDetail': { color: 'inherit', opacity: '0.8' },
});

const highlighting = HighlightStyle.define([
  { tag: sqlTags.keyword, color: 'var(--syntax-keyword)' },
  { tag: sqlTags.string, color: 'var(--syntax-string)' },
  { tag: sqlTags.number, color: 'var(--syntax-number)' },
  { tag: sqlTags.null, color: 'var(--syntax-null)' },
  { tag: sqlTags.comment, color: 'var(--syntax-comment)', fontStyle: 'italic' },
  { tag: sqlTags.type, color: 'var(--syntax-type)' },
  { tag: sqlTags.function, color: 'var(--syntax-function)' },
  { tag: sqlTags.operator, color: 'var(--syntax-operator)' },
]);

/** How the editor looks, in either theme of the app. */
export const editorTheme: Extension = [theme, panels, completion, syntaxHighlighting(highlighting)];
