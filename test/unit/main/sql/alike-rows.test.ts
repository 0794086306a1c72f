import { array, assert, constantFrom, property } from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { QueryValidator } from '../../../../src/main/services/query-validator';
import { withoutAlikeRows } from '../../../../src/main/sql/alike-rows';
import { loadParser, parseSql } from '../../../../src/main/sql/parser';

beforeAll(() => loadParser());

const rowsOf = (sql: string): string | undefined =>
  withoutAlikeRows(sql)?.replaceAll(/\s+/g, ' ').split('values ')[1];

describe('withoutAlikeRows', () => {
  it.each([
    ['numbers and strings', "(1, 'a'), (2, 'b'), (3.5, 'it''s')", "(1, 'a') "],
    ['a call that is the same', '(1, now()), (2, now())', '(1, now()) '],
    [
      'a call of another function',
      '(1, now()), (2, later()), (3, now())',
      '(1, now()), (2, later()) ',
    ],
    ['a constant inside a call', "(f('a')), (f('b'))", undefined],
    ['a constant inside an expression', "('a' || 'b'), ('c' || 'd')", undefined],
    ['a constant with a cast', "('a'::regclass), ('b'::regclass)", undefined],
    ['a constant in an array', "(array['a', 'b']), (array['c', 'd'])", undefined],
    ['a string with a prefix', "(e'a'), (e'b')", undefined],
    ['a string with a backslash', String.raw`('a\'), ('b\')`, undefined],
    ['a number of another form', '(0x1), (0x2)', undefined],
    ['a string in place of a number', "(1), ('1'), (2)", "(1), ('1') "],
    ['a row of another length', '(1), (1, 2), (3)', '(1), (1, 2) '],
    ['a row in a row', '((1), 2), ((1), 3), ((2), 3)', '((1), 2), ((2), 3) '],
    ['a comment between rows', '(1), -- x\n(2)', '(1) '],
    ['a subquery', '((select 1)), ((select 2))', undefined],
    [
      'what follows',
      '(1), (2) on conflict do nothing returning a',
      '(1) on conflict do nothing returning a',
    ],
    ['a row that does not end', '(1), (2), (3', undefined],
    ['a string that does not end', "(1), (2), ('3)", undefined],
    ['no row behind a comma', '(1), (2), ', undefined],
    ['one row', '(1)', undefined],
  ])('%s', (_what, rows, left) => {
    expect(rowsOf(`insert into t values ${rows}`)).toBe(left);
  });

  it.each([
    'select 1, (1), (2)',
    'insert into t select s.values (1), (1), (2)',
    'insert into t select * from (values (1), (2)) as v',
    'update t set values = (1), b = (2)',
    '',
  ])('leaves %s as it is', (sql) => {
    expect(withoutAlikeRows(sql)).toBe(null);
  });

  it('leaves the text as it is when its rows are of many shapes', () => {
    const rows = Array.from({ length: 300 }, (_, index) => `(f${index}(), 1)`);
    expect(withoutAlikeRows(`insert into t values ${rows.join(',')}`)).toBe(null);
  });
});

// prettier-ignore
const value = constantFrom(
  '1', "'a'", "'it''s'", '2.5', '-3', 'null', 'default', 'now()', "nextval('s')", "lo_import('/etc/passwd')",
  "set_config('a', 'b', false)", '(select 1 from u)', "'a'::text", '$1', 'array[1, 2]', "e'x'", '1 + 2', 'true',
  "'a' 'b'", '1a', '$$x$$', "pg_terminate_backend(1)", '"q"', "U&'a'", '(with d as (delete from v returning 1) select 1)',
);

it('an INSERT of any rows is judged as it is with all of them', () => {
  const row = array(value, { minLength: 1, maxLength: 3 }).map((cells) => `(${cells.join(', ')})`);
  assert(
    property(
      array(row, { minLength: 1, maxLength: 8 }),
      constantFrom('', ' on conflict do nothing', ' returning a', ' garbage'),
      constantFrom('insert into t values ', 'insert into t (a, b) values '),
      (rows, end, head) => {
        const sql = head + rows.join(',\n') + end;
        const shorter = withoutAlikeRows(sql);
        if (shorter === null) return;
        const whole = parseSql(sql);
        expect(parseSql(shorter).ok).toBe(whole.ok);
        if (!whole.ok) return;
        const [{ range: _whole, ...is } = { range: null }] = QueryValidator.analyse(sql);
        const [{ range: _short, ...was } = { range: null }] = QueryValidator.analyse(shorter);
        expect(was).toEqual(is);
      },
    ),
    { numRuns: 500 },
  );
});

it('a long INSERT is parsed by its different rows, and its mistakes keep their places', () => {
  const rows = Array.from({ length: 5_000 }, (_, index) => `(${index}, 'name', now())`).join(',\n');
  const [analysis] = QueryValidator.analyse(`insert into t values ${rows}, (1, 'x', pg_sleep(1))`);
  expect(analysis?.kind).toBe('insert');
  expect(parseSql(`insert into t values ${rows}`)).toMatchObject({
    ok: true,
    value: [{ InsertStmt: { selectStmt: { SelectStmt: { valuesLists: { length: 1 } } } } }],
  });
  expect(parseSql(`insert into t values ${rows}, (1, '\0', now())`)).toMatchObject({
    ok: false,
    reason: 'not-sendable',
  });
  const wrong = `insert into t values ${rows} retuning a`;
  expect(parseSql(wrong)).toMatchObject({ ok: false, position: wrong.indexOf('retuning') });
});
