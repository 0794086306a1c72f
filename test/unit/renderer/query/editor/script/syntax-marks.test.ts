import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import type { SyntaxMark } from '../../../../../../src/renderer/features/query/editor/script/messages';
import { ScriptAnalyser } from '../../../../../../src/renderer/features/query/editor/script/script-analyser';
import { SyntaxCheck } from '../../../../../../src/renderer/features/query/editor/script/syntax-check';
import {
  isBeingTyped,
  toDiagnostic,
} from '../../../../../../src/renderer/features/query/editor/script/syntax-marks';

/** Whether the first mistake of a text would disturb; `|` is the cursor. */
async function disturbs(marked: string): Promise<boolean> {
  const cursor = marked.indexOf('|');
  const text = marked.replace('|', '');
  const analyser = new ScriptAnalyser(new SyntaxCheck());
  analyser.take({ script: 1, version: 1, kind: 'text', text });
  const [mark] = (await analyser.findMarks(() => Promise.resolve(true))) ?? [];
  if (mark === undefined) throw new Error('The text has no mistake.');
  return isBeingTyped(EditorState.create({ doc: text, selection: { anchor: cursor } }), mark);
}

describe('isBeingTyped', () => {
  it.each([
    'sel|',
    'select 1;\nselect * from |',
    "select * from t where name = 'o|",
    'select (1, |2',
    'select a, | from t',
    'update t se|',
    'select 1 +\n\n|',
  ])('is so in %s', async (marked) => {
    expect(await disturbs(marked)).toBe(true);
  });

  it.each([
    'selec 1|',
    '|select 1;\nselec 2;',
    'select 1 +;\n|',
    'selec 1;\nselect |',
    'select a,, b from t wh|ere c',
  ])('is not so in %s', async (marked) => {
    expect(await disturbs(marked)).toBe(false);
  });
});

describe('toDiagnostic', () => {
  const mark: SyntaxMark = {
    from: 1,
    to: 4,
    statement: { from: 0, to: 9 },
    message: 'syntax error at or near "frm"',
    isAtEnd: false,
  };

  it.each([null, '18.4', '12.22', '18beta1'])('is an error for a server of %s', (version) => {
    expect(toDiagnostic(mark, version)).toMatchObject({ severity: 'error', message: mark.message });
  });

  it('is a warning where the server may know more than the grammar', () => {
    expect(toDiagnostic(mark, '19.1')).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining('Not understood by the PostgreSQL 18 grammar'),
    });
  });
});
