import { beforeAll, describe, expect, it } from 'vitest';
import { exactCountText } from '../../../../../../src/main/services/query/impact/exact-count';
import { loadParser, parseSql } from '../../../../../../src/main/sql/parser';

beforeAll(() => loadParser());

/** The count with its blanks made single. */
function countOf(sql: string): string | null {
  const outcome = parseSql(sql);
  const [node] = outcome.ok ? outcome.value : [];
  if (node === undefined) throw new Error(`This does not parse: ${sql}`);
  const text = exactCountText(sql, node);
  if (text !== null && !parseSql(text).ok) throw new Error(`The count does not parse: ${text}`);
  return text?.replaceAll(/\s+/gu, ' ').trim() ?? null;
}

const select = 'SELECT pg_catalog.count(*) AS count';

describe('exactCountText', () => {
  it.each([
    ['delete from t', `${select} from t`],
    ['DELETE FROM ONLY s.t AS x WHERE x.a = 1', `${select} FROM ONLY s.t AS x WHERE x.a = 1`],
    ['delete from t where a = 1 returning *', `${select} from t where a = 1`],
    ['update t set a = 1', `${select} FROM t`],
    ['update only t x set a = (select 1 where true) where b', `${select} FROM only t x where b`],
    [
      `update t set a = 'where' /* where */ where b = 'set' returning a`,
      `${select} FROM t where b = 'set'`,
    ],
  ])('counts what %s touches', (sql, count) => {
    expect(countOf(sql)).toBe(count);
  });

  it('keeps a comment at the end of a line from swallowing what follows', () => {
    const text = 'update t -- set it\nset a = 1 -- to one\nwhere b -- now';
    expect(countOf(text)).toContain('where b');
  });

  it.each([
    'delete from t using u where t.a = u.a',
    'update t set a = u.a from u where t.a = u.a',
    'with x as (select 1) delete from t where a in (table x)',
    'delete from t where current of c',
    'insert into t values (1)',
  ])('leaves %s to the planner', (sql) => {
    expect(countOf(sql)).toBeNull();
  });
});
