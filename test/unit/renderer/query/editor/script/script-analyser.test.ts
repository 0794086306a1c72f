import { ChangeSet, Text } from '@codemirror/state';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SyntaxMark } from '../../../../../../src/renderer/features/query/editor/script/messages';
import { ScriptAnalyser } from '../../../../../../src/renderer/features/query/editor/script/script-analyser';
import { SyntaxCheck } from '../../../../../../src/renderer/features/query/editor/script/syntax-check';

/** Counts what is parsed. */
class CountingCheck extends SyntaxCheck {
  readonly parsed: string[] = [];
  override errorOf(text: string): ReturnType<SyntaxCheck['errorOf']> {
    this.parsed.push(text);
    return super.errorOf(text);
  }
}

let check: CountingCheck;
let analyser: ScriptAnalyser;
let text: Text;

beforeEach(() => {
  check = new CountingCheck();
  analyser = new ScriptAnalyser(check);
  text = Text.empty;
});

function open(sql: string): void {
  text = Text.of(sql.split('\n'));
  analyser.take({ script: 1, version: 1, kind: 'text', text: sql });
}

function replace(old: string, insert: string): void {
  const from = text.toString().indexOf(old);
  const changes = ChangeSet.of({ from, to: from + old.length, insert }, text.length);
  text = changes.apply(text);
  const json: unknown = changes.toJSON();
  analyser.take({ script: 1, version: 2, kind: 'changes', changes: json });
}

async function marks(): Promise<readonly SyntaxMark[]> {
  return (await analyser.findMarks(() => Promise.resolve(true))) ?? [];
}

const shown = ({ from, to }: { from: number; to: number }): string =>
  text.toString().slice(from, to);

describe('ScriptAnalyser', () => {
  it('marks the token at which the grammar stops, with the message of the parser', async () => {
    open("SELECT '😀é', 1;\nSELECT '😀' FRM t, x;\nSELECT 2");
    const [mark, ...others] = await marks();
    expect(others).toEqual([]);
    expect(mark).toMatchObject({ message: 'syntax error at or near "t"', isAtEnd: false });
    expect(mark && shown(mark)).toBe('t');
    expect(mark && shown(mark.statement)).toBe("SELECT '😀' FRM t, x");
  });

  it.each(['SELECT 1 +', "SELECT 'open", 'SELECT (1', 'SELECT /* open'])(
    'says of %s that something is missing at the end',
    async (sql) => {
      open(sql);
      expect((await marks()).map(({ isAtEnd }) => isAtEnd)).toEqual([true]);
    },
  );

  it('takes parameters, commands of psql and the rows of COPY for no mistakes', async () => {
    open(
      '\\set x 1\nSELECT $1, :name::int;\n\\d t\nCOPY t FROM STDIN;\nselect selec\n\\.\nSELECT a[1:2];',
    );
    expect(await marks()).toEqual([]);
  });

  it('tells of a variable of psql what it is', async () => {
    open("SELECT :'name'");
    expect((await marks())[0]?.message).toMatch(/Variables of psql/);
  });

  it('parses only the statements that changed', async () => {
    open('SELECT 1;\nSELECT 2;\nSELEC 3;');
    expect(await marks()).toHaveLength(1);
    check.parsed.length = 0;
    replace('SELEC ', 'SELECT ');
    expect(await marks()).toEqual([]);
    expect(check.parsed).toEqual(['SELECT 3']);
  });

  it('gives up when a newer text has come', async () => {
    open(Array.from({ length: 20_000 }, (_, n) => `SELECT ${n};`).join('\n'));
    expect(await analyser.findMarks(() => Promise.resolve(false))).toBeNull();
  });

  it('goes on after a statement that is too much for the parser', async () => {
    open(`SELECT ${'('.repeat(200_000)};\nSELEC 2`);
    expect((await marks()).map(({ message }) => message)).toContain(
      'syntax error at or near "SELEC"',
    );
  });

  it('tells where the statements are', () => {
    open('SELECT 1;\n\nSELECT 2 ;');
    expect([...analyser.places]).toEqual([0, 8, 9, 11, 19, 21]);
  });
});
