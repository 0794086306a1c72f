import { beforeAll, describe, expect, it } from 'vitest';
import { QueryValidator } from '../../../../../../src/main/services/query-validator';
import {
  canReview,
  mustAlwaysAsk,
  needsConfirmation,
  waivableKinds,
} from '../../../../../../src/main/services/query/confirmation/confirmation-policy';
import { Examiner } from '../../../../../../src/main/services/query/examination/examiner';
import { planRun } from '../../../../../../src/main/services/query/run/run-plan';
import { loadParser } from '../../../../../../src/main/sql/parser';
import type { StatementAnalysis } from '../../../../../../src/shared/models/statement-analysis';

beforeAll(() => loadParser());

function analysisOf(sql: string): StatementAnalysis {
  const [analysis] = QueryValidator.analyse(sql);
  if (analysis === undefined) throw new Error('There is no statement.');
  return analysis;
}

describe('needsConfirmation', () => {
  it.each([
    ['insert into t values (1)', false, true],
    ['update t set a = 1 where id = 2', false, true],
    ['create table t (id int)', false, true],
    ['grant select on t to public', true, true],
    ['delete from t', true, true],
    ['with x as (insert into t values (1) returning *) table x', false, true],
    ['select * from t', false, false],
    ['show all', false, false],
    ['begin', false, false],
    ['commit', false, false],
  ])('for %s: %s elsewhere, %s in production', (sql, elsewhere, inProduction) => {
    expect(needsConfirmation(analysisOf(sql), 'staging')).toBe(elsewhere);
    expect(needsConfirmation(analysisOf(sql), 'production')).toBe(inProduction);
  });
});

const plan = (text: string) => planRun(new Examiner(), { text, target: { kind: 'all' } });

describe('canReview', () => {
  it.each([
    ['delete from t; update u set a = 1', true],
    ['drop table t', true],
    ['begin; delete from t; commit', false],
    ['delete from t; savepoint s', false],
    ['vacuum full t', false],
    ['delete from t; drop database d', false],
    ['create index concurrently on t (a)', false],
    ['delte from t', false],
    ['select pg_terminate_backend(1)', false],
    ['\\d t', false],
  ])('%s: %s', async (sql, can) => {
    expect(canReview(await plan(sql), 'idle')).toBe(can);
  });

  it('is no offer inside a transaction', async () => {
    const planned = await plan('delete from t');
    expect(canReview(planned, 'open')).toBe(false);
    expect(canReview(planned, 'failed')).toBe(false);
  });
});

describe('waivableKinds', () => {
  const kindsOf = (sql: string, environment: 'local' | 'production' = 'local') =>
    waivableKinds(QueryValidator.analyse(sql), environment);

  it('are those of the statements, each once', () => {
    expect(kindsOf('delete from t; delete from u; drop table v')).toEqual(['delete', 'drop']);
  });

  it('are none in production, and none where one statement must always be asked about', () => {
    expect(kindsOf('delete from t', 'production')).toEqual([]);
    expect(kindsOf('delete from t; delte from u')).toEqual([]);
    expect(kindsOf('delete from t; do $$ begin end $$')).toEqual([]);
    expect(kindsOf('drop table t; drop database d')).toEqual([]);
    expect(mustAlwaysAsk(analysisOf('drop database d'), 'local')).toBe(true);
  });
});
