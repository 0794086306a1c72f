import { describe, expect, it } from 'vitest';
import { formatDuration } from '../../../../../src/renderer/components/format-duration';
import type { RowReader } from '../../../../../src/renderer/components/grid/row-source';
import {
  describeError,
  errorFields,
} from '../../../../../src/renderer/features/query/results/error-text';
import { formatCount } from '../../../../../src/renderer/components/format-count';
import { sqlStateClass } from '../../../../../src/renderer/features/query/results/sqlstate-class';
import {
  statementTitle,
  toOutcome,
  toOutcomes,
} from '../../../../../src/renderer/features/query/results/outcome';
import type { StatementOutcome } from '../../../../../src/shared/models/query-result';
import { column, resultOf } from '../../components/grid/row-batches';

const unread = (): Promise<never> => Promise.reject(new Error('No row is read here.'));
const reader: RowReader = {
  readRows: unread,
  readCell: unread,
  readAll: unread,
  stopReading: () => undefined,
  closeResult: () => undefined,
};
const text = 'select 1; drop table film';
const second = { from: 10, to: 25 };

describe('statementTitle', () => {
  it('leaves out comments and line breaks', () => {
    expect(statementTitle('-- films\n/* all\nof them */ select *\n  from film')).toBe(
      'select * from film',
    );
    expect(statementTitle('')).toBe('');
  });

  it('is short', () => {
    expect(statementTitle(`select ${'x'.repeat(100)}`)).toHaveLength(32);
  });
});

describe('toOutcomes', () => {
  const error = { kind: 'QueryFailed', message: 'no' } as const;
  const failed: StatementOutcome = {
    status: 'failed',
    range: second,
    error,
    durationMs: 1,
    notices: [],
  };

  it('tells the failure that ended a run how many statements were not sent', () => {
    const outcomes = toOutcomes({ outcomes: [failed, failed], notRun: 3 }, text, reader);
    expect(outcomes).toMatchObject([{ kind: 'failed' }, { kind: 'failed', notRun: 3 }]);
    expect(outcomes[0]).not.toHaveProperty('notRun');
  });

  it('says nothing where all were sent', () => {
    expect(toOutcomes({ outcomes: [failed] }, text, reader)[0]).not.toHaveProperty('notRun');
  });
});

describe('toOutcome', () => {
  it('tells rows from commands by whether there are columns, even none', () => {
    const range = { from: 0, to: 8 };
    const done = (columns: ReturnType<typeof column>[] | null) => {
      const result = { ...resultOf(columns ?? [], []), columns, range };
      return toOutcome({ status: 'done', result }, text, reader);
    };
    expect(done([column('a')]).kind).toBe('rows');
    expect(done([]).kind).toBe('rows');
    expect(done(null).kind).toBe('command');
    expect(done(null).title).toBe('select 1');
  });

  it('shows rows as such that only call their column like a plan', () => {
    const rows = resultOf([column('QUERY PLAN')], [[null], ['Seq Scan']]);
    const kindOf = (commandTag: string) =>
      toOutcome({ status: 'done', result: { ...rows, commandTag } }, text, reader).kind;
    expect(kindOf('SELECT 2')).toBe('rows');
    expect(kindOf('EXPLAIN')).toBe('plan');
  });

  it('takes what has no command tag for a command of psql that was left out', () => {
    const notices = [{ severity: 'NOTICE', message: '\\set was left out.' }];
    const result = { ...resultOf([], []), columns: null, commandTag: null, notices };
    expect(toOutcome({ status: 'done', result }, text, reader)).toMatchObject({
      kind: 'skipped',
      notices,
    });
  });

  it('keeps the error of a statement that failed, and the range of one that was not run', () => {
    const error = { kind: 'QueryFailed' as const, message: 'no' };
    const failed = { status: 'failed' as const, range: second, error, durationMs: 2, notices: [] };
    expect(toOutcome(failed, text, reader)).toMatchObject({ kind: 'failed', error });
    expect(toOutcome({ status: 'declined', range: second }, text, reader)).toMatchObject({
      kind: 'declined',
      title: 'drop table film',
      range: second,
    });
  });
});

describe('formats', () => {
  it.each([
    [0.42, '0.4 ms'],
    [12.4, '12 ms'],
    [1240, '1.24 s'],
    [12_400, '12.4 s'],
    [185_000, '3 min 05 s'],
  ])('writes %d ms as %s', (milliseconds, expected) => {
    expect(formatDuration(milliseconds)).toBe(expected);
  });

  it('counts', () => {
    expect([formatCount(0, 'row'), formatCount(1, 'row'), formatCount(1234, 'row')]).toEqual([
      '0 rows',
      '1 row',
      '1,234 rows',
    ]);
  });

  it('names the class of an SQLSTATE', () => {
    expect(sqlStateClass('23505')).toBe('Integrity constraint violation');
    expect(sqlStateClass('P0001')).toBe('PL/pgSQL error');
    expect(sqlStateClass('ZZ000')).toBeNull();
  });
});

describe('an error as text', () => {
  const error = {
    kind: 'ConstraintViolated' as const,
    message: 'duplicate key value violates unique constraint "film_pkey"',
    severity: 'ERROR',
    sqlState: '23505',
    detail: 'Key (film_id)=(1) already exists.',
    table: 'film',
    constraint: 'film_pkey',
  };

  it('has the fields that the server sent and no others', () => {
    expect(errorFields(error).map(([name]) => name)).toEqual(['Detail', 'Table', 'Constraint']);
    expect(describeError(error)).toBe(
      'ERROR: 23505: duplicate key value violates unique constraint "film_pkey"\n' +
        'DETAIL: Key (film_id)=(1) already exists.\nTABLE: film\nCONSTRAINT: film_pkey',
    );
  });

  it('tells where the server raised it, and where in the query of a function', () => {
    const internalQuery = 'select 1\n  from é🐘nope';
    const inFunction = {
      kind: 'TableNotFound' as const,
      message: 'no such relation',
      internalQuery,
      internalPosition: internalQuery.indexOf('nope'),
      location: 'parserOpenTable, parse_relation.c:1449',
    };
    expect(describeError(inFunction)).toBe(
      `ERROR: no such relation\nINTERNAL QUERY: ${internalQuery}\nINTERNAL POSITION: line 2, column 10\n` +
        'LOCATION: parserOpenTable, parse_relation.c:1449',
    );
  });
});
