import { describe, expect, it } from 'vitest';
import { splitStatements, statementAt } from '../../../../src/shared/sql/statements';

const texts = (sql: string): string[] => splitStatements(sql).map(({ text }) => text);
/** The statement under the | in the text. */
const at = (marked: string): string | null => {
  const offset = marked.indexOf('|');
  return statementAt(marked.replace('|', ''), offset)?.text ?? null;
};

describe('splitStatements', () => {
  it.each<[string, string[], string]>([
    ['', [], 'nothing'],
    [' ;; -- x\n ; ', [], 'no statement between semicolons'],
    ['select 1; select 2', ['select 1', 'select 2'], 'plain'],
    ["select ';'; select 2", ["select ';'", 'select 2'], 'string'],
    ["select 'it''s;'; select 2", ["select 'it''s;'", 'select 2'], 'doubled quote'],
    ["select E'\\';'; select 2", ["select E'\\';'", 'select 2'], 'escape string'],
    ["select '\\'; select 2", ["select '\\'", 'select 2'], 'a backslash is plain outside E'],
    ["select E'a'\n'\\';'; select 2", ["select E'a'\n'\\';'", 'select 2'], 'E goes on'],
    ['select ";"; select 2', ['select ";"', 'select 2'], 'identifier'],
    ['select $$;$$; select 2', ['select $$;$$', 'select 2'], 'dollar quote'],
    ['select $a$ $b$;$$ $a$; select 2', ['select $a$ $b$;$$ $a$', 'select 2'], 'tags'],
    ['select a$b$;select c$b$', ['select a$b$', 'select c$b$'], 'dollar in a name'],
    ['select $1;select $1', ['select $1', 'select $1'], 'parameters'],
    ['select /* ; /* ; */ ; */ 1; select 2', ['select /* ; /* ; */ ; */ 1', 'select 2'], 'nested'],
    ['select 1 -- ;\n; select 2', ['select 1 -- ;', 'select 2'], 'line comment'],
    ['-- a\nselect 1;\n-- b\n\nselect 2', ['-- a\nselect 1', 'select 2'], 'attached comment'],
    ['select 1; -- one\nselect 2', ['select 1', 'select 2'], 'comment behind the semicolon'],
    ['select (1; select 2', ['select (1', 'select 2'], 'a forgotten parenthesis'],
    ["select 1; select 'abc; x", ['select 1', "select 'abc; x"], 'unterminated'],
    [
      'create function f() returns int begin atomic select 1; select case when true then 2 end; end; select 3',
      [
        'create function f() returns int begin atomic select 1; select case when true then 2 end; end',
        'select 3',
      ],
      'body of an SQL function',
    ],
    [
      'create or replace rule r as on insert to t do (delete from u; select 1); select 3',
      ['create or replace rule r as on insert to t do (delete from u; select 1)', 'select 3'],
      'commands of a rule',
    ],
    [
      'create function f() begin atomic select 1; select 2',
      ['create function f() begin atomic select 1', 'select 2'],
      'a body that never ends',
    ],
    ['\\d foo\nselect 1 \\gx\nselect 2', ['\\d foo', 'select 1', '\\gx', 'select 2'], 'psql'],
    ['\\x \\d t \\\\ select 1;', ['\\x', '\\d t', 'select 1'], 'several commands on a line'],
    ["\\echo 'a \\ b' \\d", ["\\echo 'a \\ b'", '\\d'], 'a backslash in quotes'],
    ['\\! ls \\d', ['\\! ls \\d'], 'a command that takes its whole line'],
    ['select 1 \\; select 2', ['select 1', 'select 2'], 'psql sends both at once'],
    ['select 1 \\ 2; select 3', ['select 1 \\ 2', 'select 3'], 'a stray backslash is a mistake'],
    [
      '\\copy t from stdin\n1;\n\\.\nselect 1;',
      ['\\copy t from stdin\n1;\n\\.', 'select 1'],
      'its rows',
    ],
    ['copy t from stdin;\nselect 1;', ['copy t from stdin', 'select 1'], 'COPY without rows'],
    [
      'copy t (stdin) from x;\nselect 1;\n\\.\n',
      ['copy t (stdin) from x', 'select 1', '\\.'],
      'no STDIN',
    ],
    [
      'copy t from stdin;\r\n1\r\n\\.\r\nselect 1',
      ['copy t from stdin;\r\n1\r\n\\.', 'select 1'],
      'CR LF',
    ],
    [
      'copy t from stdin; -- rows\r\n1\r\n\\.\r\nselect 1',
      ['copy t from stdin; -- rows\r\n1\r\n\\.', 'select 1'],
      'a comment ahead of its rows',
    ],
    ['copy t from stdin;\n\\.\nselect 1', ['copy t from stdin;\n\\.', 'select 1'], 'no rows'],
    ['\ufeffselect 1; select 2', ['select 1', 'select 2'], 'byte order mark'],
    [
      'create function f() returns int begin atomic select 1; end',
      ['create function f() returns int begin atomic select 1; end'],
      'a body at the end of the text',
    ],
    [
      'create function f() returns int begin atomic select a.end, b as end; end; select 1',
      ['create function f() returns int begin atomic select a.end, b as end; end', 'select 1'],
      'columns called end',
    ],
    [
      'create function f() begin atomic select 1; create function g() begin atomic select 2; end; select 3',
      [
        'create function f() begin atomic select 1',
        'create function g() begin atomic select 2; end',
        'select 3',
      ],
      'a body that never ends does not swallow the next',
    ],
    ['begin; select 1; end; select 2', ['begin', 'select 1', 'end', 'select 2'], 'transactions'],
    ['-- a\n/* b */ -- c\nselect 1', ['-- a\n/* b */ -- c\nselect 1'], 'several comments'],
    ['-- a\n\n-- b\nselect 1', ['-- b\nselect 1'], 'the nearest comment'],
    ['/*+ SeqScan(t) */ select 1', ['/*+ SeqScan(t) */ select 1'], 'a hint'],
    ['select 1 /* app=x */;', ['select 1 /* app=x */'], 'a comment behind'],
    ['select 1\n-- b\n; select 2', ['select 1', 'select 2'], 'a comment below'],
    ["select '😀é;'; select 2", ["select '😀é;'", 'select 2'], 'astral characters'],
  ])('%j', (sql, expected, _why) => {
    expect(texts(sql)).toEqual(expected);
  });

  it('takes COPY with its rows as one', () => {
    const sql = 'COPY t (a) FROM stdin;\n1;\n\\N\n\\.\n\nselect 1;';
    const [copy, select] = splitStatements(sql);
    expect(copy).toMatchObject({ kind: 'copy-data', command: 'COPY t (a) FROM stdin' });
    expect(copy?.kind === 'copy-data' && copy.data && sql.slice(copy.data.from, copy.data.to)).toBe(
      '1;\n\\N\n',
    );
    expect(select?.text).toBe('select 1');
  });
});

describe('statementAt', () => {
  it.each<[string, string | null, string]>([
    ['sel|ect 1; select 2', 'select 1', 'inside'],
    ['select 1|; select 2', 'select 1', 'before the semicolon'],
    ['select 1;| select 2', 'select 1', 'behind the semicolon'],
    ['select 1; |select 2', 'select 2', 'at the beginning of the next'],
    ['select 1;   |\nselect 2', 'select 1', 'at the end of the line'],
    ['select 1;\n  |  select 2', 'select 2', 'in the indent'],
    ['select 1;\n|\nselect 2;', null, 'blank line'],
    ['-- no|te\nselect 1;', '-- note\nselect 1', 'attached comment'],
    ['-- no|te\n\nselect 1;', null, 'comment apart'],
    ['select 1;\n|-- note\nselect 2;', '-- note\nselect 2', 'at the beginning of a comment'],
    ['select 1;|select 2;', 'select 1', 'directly behind the semicolon'],
    ['select 1\n|\nfrom t;', 'select 1\n\nfrom t', 'a blank line within'],
    ['select 1; -- no|te\nselect 2;', 'select 1', 'comment behind'],
    ['select 1\n\n|', 'select 1', 'a statement still being written'],
    ['select 1;\n\n|', null, 'after the last'],
    ['|', null, 'nothing'],
  ])('%j', (marked, expected, _why) => {
    expect(at(marked)).toBe(expected);
  });
});
