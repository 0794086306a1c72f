import { describe, expect, it } from 'vitest';
import {
  bindParameters,
  findParameters,
  maskNamedParameters,
} from '../../../../src/shared/sql/parameters';

const names = (sql: string): string[] => findParameters(sql).map(({ name }) => name);

describe('findParameters', () => {
  it.each([
    ['SELECT $1, $2', ['$1', '$2']],
    ['SELECT * FROM t WHERE a = :a AND b IN (:b1, :b2)', [':a', ':b1', ':b2']],
    ['SELECT :a::int, :b :: text', [':a', ':b']],
    ['SELECT ARRAY[:a, :b], ARRAY[[:c], [:d]]', [':a', ':b', ':c', ':d']],
    ['SELECT a[(:i)]', [':i']],
    ['SELECT f(:x)(:y)', [':x', ':y']],
    ['SELECT 1 LIMIT :limit OFFSET :offset', [':limit', ':offset']],
    ['SELECT x BETWEEN :low AND :high', [':low', ':high']],
    ['SELECT -:x || :y', [':x', ':y']],
    ['SELECT :größe', [':größe']],
    ["SELECT json_object('a' : :v, 'b': :w)", [':v', ':w']],
    ['SELECT json_object(k VALUE :v)', [':v']],
    ['PREPARE TRANSACTION :id', [':id']],
  ])('finds those of %s', (sql, expected) => {
    expect(names(sql)).toEqual(expected);
  });

  it.each([
    "SELECT a::text, 'x'::int, (1)::numeric",
    "SELECT ':a', E'\\':a', $$ :a $1 $$, $x$ $1 $x$, \":a\"",
    'SELECT 1 -- :a $1\n/* :b /* $2 */ :c */',
    'SELECT a[1:2], a[:2], a[x:y], a[:y], a[x:], b[f(1)][:z]',
    'CALL p(a := 1, b:=x)',
    "SELECT json_object('a':x, 'b': y, k :z), json_objectagg(k:v)",
    'SELECT :\'variable\', :"name", :{?x}',
    'PREPARE q AS SELECT $1, :a',
    'CREATE OR REPLACE FUNCTION f(int) RETURNS int RETURN $1',
    'CREATE FUNCTION f(int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT $1; END',
    'SELECT $99999999999',
    'SELECT a$1',
  ])('finds none in %s', (sql) => {
    expect(names(sql)).toEqual([]);
  });
});

describe('bindParameters', () => {
  it('numbers the names behind the numbers, and the same name once', () => {
    const { text, names: order } = bindParameters('SELECT $2, :b, :a, :b');
    expect(text).toBe('SELECT $2, $3, $4, $3');
    expect(order).toEqual([null, '$2', ':b', ':a']);
  });

  it('leads positions back where a number is longer than its name', () => {
    const letters = Array.from('abcdefghij', (letter) => `:${letter}`);
    const sql = `SELECT ${letters.join(', ')}, frm`;
    const { text, originalOffset } = bindParameters(sql);
    expect(text).toContain('$10, frm');
    expect(text.length).toBe(sql.length + 1);
    expect(originalOffset(text.indexOf('frm'))).toBe(sql.indexOf('frm'));
    expect(originalOffset(text.indexOf('$9'))).toBe(sql.indexOf(':i'));
  });
});

describe('maskNamedParameters', () => {
  it('keeps every offset', () => {
    expect(maskNamedParameters('SELECT :name, :a FROM t')).toBe('SELECT $1   , $1 FROM t');
  });
});
