import { beforeAll, describe, expect, it } from 'vitest';
import { QueryValidator } from '../../../../../src/main/services/query-validator';
import { loadParser } from '../../../../../src/main/sql/parser';

beforeAll(loadParser);

describe('QueryValidator', () => {
  it.each([
    ['drop table t', true],
    ['truncate t', true],
    ['delete from t', true],
    ['update t set a = 1', true],
    ['update t set a = 1 where 1 = 1', true],
    ['with d as (delete from t returning *) select * from d', true],
    ['select 1; drop table t', true],
    ['delete from t where id = 3', false],
    ["select 'drop table t'", false],
    ['select * from "drop"', false],
    ['selec 1', true],
  ])('%s', (sql, expected) => {
    expect(QueryValidator.requiresConfirmation(sql)).toBe(expected);
  });
});
