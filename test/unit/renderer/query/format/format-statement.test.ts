import { beforeAll, describe, expect, it } from 'vitest';
import { SyntaxCheck } from '../../../../../src/renderer/features/query/editor/script/syntax-check';
import {
  formatStatement,
  type FormatOptions,
} from '../../../../../src/renderer/features/query/format/format-statement';

const grammar = new SyntaxCheck();
const options: FormatOptions = { tabSize: 2, keywordCase: 'preserve' };

beforeAll(() => grammar.load());

describe('formatting a statement', () => {
  it('gives each clause a line of its own', () => {
    expect(
      formatStatement(
        'select a, count(*) from t where b=1 and c is null group by a',
        options,
        grammar,
      ),
    ).toEqual({
      text: [
        'select',
        '  a,',
        '  count(*)',
        'from',
        '  t',
        'where',
        '  b = 1',
        '  and c is null',
        'group by',
        '  a',
      ].join('\n'),
    });
  });

  it('follows the chosen indentation and case of key words, and never touches names or texts', () => {
    const result = formatStatement(
      `select "Select" from T where x = 'From'`,
      { tabSize: 4, keywordCase: 'upper' },
      grammar,
    );
    expect(result).toEqual({
      text: `SELECT\n    "Select"\nFROM\n    T\nWHERE\n    x = 'From'`,
    });
  });

  it.each([
    ['select 1 -- why\n, 2 /* and\n why */', 'comments'],
    ['select $$ a  b $$, $q$ from  $q$', 'dollar quotes'],
    ["select E'\\'  x', U&'\\0041', 'it''s'", 'quotes of each kind'],
    ['select * from t where id = :id and n = $1', 'parameters'],
    ["select data->>'a', x::int[], y[1:2], a ?| b, c @> d, e #- '{f}', g <-> h", 'operators'],
    [
      'with a as materialized (select 1) insert into t select * from a on conflict do nothing returning *',
      'a CTE',
    ],
    [
      'merge into t using s on t.i = s.i when matched then update set a = 1 when not matched then do nothing',
      'MERGE',
    ],
    [
      'create function f() returns int begin atomic select 1; select 2; end',
      'a body of statements',
    ],
    [
      'create index concurrently if not exists i on t using gin (a jsonb_path_ops) where b',
      'an index',
    ],
    [
      'select sum(a) filter (where b) over (partition by c order by d rows between unbounded preceding and current row) from t',
      'a window',
    ],
    ['select - -1, 1 - -1, a.b.c, (r).f', 'what must not run together'],
  ])('changes nothing but the layout of %j (%s)', (statement) => {
    const result = formatStatement(statement, options, grammar);
    expect(result).toHaveProperty('text');
    const text = 'text' in result ? result.text : '';
    const bare = (sql: string): string => sql.replaceAll(/\s+/gu, '');
    expect(bare(text)).toBe(bare(statement));
    expect(grammar.errorOf(text.replaceAll(':id', '$1'))).toBeNull();
  });

  it('leaves what has a mistake as it is', () => {
    expect(formatStatement('selec 1', options, grammar)).toEqual({
      reason: 'It has a mistake of syntax.',
    });
  });

  it('does not take a layout that means something else, or nothing', () => {
    // White space between two literals joins them only where it has a line break in it.
    const joined = "select 'a'\n'b'";
    const result = formatStatement(joined, options, grammar);
    const tree = 'text' in result ? grammar.treeOf(result.text) : grammar.treeOf(joined);
    expect(tree).toContain('"sval":"ab"');
  });

  it('refuses a layout of which PostgreSQL reads another tree', () => {
    const strict = { treeOf: (text: string) => JSON.stringify({ lines: text.split('\n').length }) };
    expect(formatStatement('select 1', options, strict)).toEqual({
      reason: 'The formatter would change what it means.',
    });
  });

  it('leaves what is too long to be read', () => {
    const statement = `select '${'x'.repeat(200_000)}'`;
    expect(formatStatement(statement, options, grammar)).toEqual({
      reason: 'It is too long to be formatted.',
    });
  });
});
