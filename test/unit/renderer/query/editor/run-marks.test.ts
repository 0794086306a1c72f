import { EditorState, Text } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { describe, expect, it } from 'vitest';
import {
  beginRun,
  clearErrorMark,
  currentPosition,
  markError,
  runMarks,
} from '../../../../../src/renderer/features/query/editor/run-marks';
import { tokenAround } from '../../../../../src/renderer/features/query/editor/token-around';

const sql = 'select 1;\nselect titel from film;';
const statement = { from: 10, to: 33 };

function submitted(doc = sql): EditorState {
  const state = EditorState.create({ doc, extensions: runMarks });
  return state.update({ effects: beginRun.of(null) }).state;
}

/** The texts that are marked as wrong. */
function marked(state: EditorState): string[] {
  return state.facet(EditorView.decorations).flatMap((source) => {
    if (typeof source === 'function') return [];
    const texts: string[] = [];
    source.between(0, state.doc.length, (from, to) => {
      texts.push(state.doc.sliceString(from, to));
    });
    return texts;
  });
}

describe('currentPosition', () => {
  it('follows what was typed since the run began', () => {
    const state = submitted();
    const position = sql.indexOf('titel');
    expect(currentPosition(state, position)).toBe(position);
    const typed = state.update({ changes: { from: 0, insert: '-- films\n' } }).state;
    const again = typed.update({ changes: { from: 0, to: 3 } }).state;
    const now = currentPosition(again, position);
    expect(again.doc.sliceString(now ?? 0, (now ?? 0) + 5)).toBe('titel');
  });

  it('has none for text that was deleted', () => {
    const state = submitted().update({ changes: { from: 10, to: 33 } }).state;
    expect(currentPosition(state, sql.indexOf('titel'))).toBeNull();
  });

  it('begins anew with each run', () => {
    const typed = submitted().update({ changes: { from: 0, insert: 'xx' } }).state;
    const second = typed.update({ effects: beginRun.of(null) }).state;
    expect(currentPosition(second, 5)).toBe(5);
  });
});

describe('the mark of an error', () => {
  const failed = submitted().update({
    effects: markError.of({ position: sql.indexOf('titel'), statement }),
  }).state;

  it('covers the token', () => {
    expect(marked(failed)).toEqual(['titel']);
  });

  it('stays while another statement is edited', () => {
    const edited = failed.update({ changes: { from: 7, to: 8, insert: '1000' } }).state;
    expect(marked(edited)).toEqual(['titel']);
  });

  it('goes with an edit of its statement and with the next run', () => {
    const edited = failed.update({ changes: { from: 20, insert: 'x' } }).state;
    expect(marked(edited)).toEqual([]);
    expect(marked(failed.update({ effects: clearErrorMark.of(null) }).state)).toEqual([]);
  });
});

describe('tokenAround', () => {
  const around = (text: string, offset: number): string => {
    const doc = Text.of(text.split('\n'));
    const { from, to } = tokenAround(doc, offset);
    return doc.sliceString(from, to);
  };

  it('takes words, quoted names, strings and single signs', () => {
    expect(around('select größe from x', 7)).toBe('größe');
    expect(around('select "No such" from x', 7)).toBe('"No such"');
    expect(around("select 'open", 7)).toBe("'open");
    expect(around('select )', 7)).toBe(')');
  });

  it('takes the last character where the text ends too early', () => {
    expect(around('select (', 8)).toBe('(');
    expect(around('', 0)).toBe('');
    expect(around('a\n', 99)).toBe('');
  });
});
