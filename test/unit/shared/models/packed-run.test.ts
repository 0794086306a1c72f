import { describe, expect, it } from 'vitest';
import {
  noRows,
  packedRunSchema,
  packRun,
  unpackRun,
} from '../../../../src/shared/models/packed-run';
import type {
  QueryResult,
  QueryRun,
  StatementOutcome,
} from '../../../../src/shared/models/query-result';

const done = (change: Partial<QueryResult>): StatementOutcome => ({
  status: 'done',
  result: {
    ...noRows,
    range: { from: 3, to: 9 },
    commandTag: 'INSERT 0 2',
    rowCount: 2,
    durationMs: 0.25,
    notices: [],
    ...change,
  },
});
const failed: StatementOutcome = {
  status: 'failed',
  range: { from: 10, to: 20 },
  error: { kind: 'InvalidQuery', message: 'no' },
  durationMs: 1,
  notices: [],
};
const column = { name: 'a', typeOid: 23, type: 'integer', tableOid: 0, tableColumn: 0 };

const runOf = (outcomes: readonly StatementOutcome[]): QueryRun => ({
  outcomes: [...outcomes],
  transaction: 'open',
  notRun: 2,
});

describe('a packed run', () => {
  it.each<[string, StatementOutcome[]]>([
    ['nothing', []],
    ['a command', [done({})]],
    ['a command without a count', [done({ commandTag: 'CREATE TABLE', rowCount: null })]],
    ['an empty tag', [done({ commandTag: '', rowCount: null }), done({})]],
    ['a tag with a line break', [done({ commandTag: 'ODD\nONE', rowCount: null })]],
    [
      'a failure between commands',
      [done({}), failed, done({ range: { from: 0, to: 4_000_000_000 } })],
    ],
    ['rows', [done({}), done({ columns: [column], commandTag: 'SELECT 0', rowCount: 0 })]],
    ['a notice', [done({ notices: [{ severity: 'NOTICE', message: 'skipping' }] }), done({})]],
    ['what was left out', [done({ commandTag: null, rowCount: null })]],
    ['a count of its own', [done({ rowCount: 7 })]],
    ['a refusal', [{ status: 'declined', range: { from: 0, to: 1 } }]],
  ])('is as it was once unpacked: %s', (_name, outcomes) => {
    const packed = packRun(runOf(outcomes));
    expect(packedRunSchema.parse(packed)).toEqual(packed);
    expect(unpackRun(packed)).toEqual(runOf(outcomes));
  });

  it('has one outcome in place of thousands of commands', () => {
    const commands = Array.from({ length: 5_000 }, () => done({}));
    expect(packRun(runOf([...commands, failed, ...commands])).outcomes).toHaveLength(3);
  });
});
