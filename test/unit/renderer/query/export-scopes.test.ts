import { describe, expect, it } from 'vitest';
import { scopesOf } from '../../../../src/renderer/features/query/results/export-result';
import { column } from '../components/grid/row-batches';

type Source = Parameters<typeof scopesOf>[0];

const statement = {
  kind: 'statement',
  connectionId: '6f7cb1c2-2f0c-4f4e-9d69-3d7c93f0a3d1',
  tabId: '8b3b2c65-7f6b-4c3c-a54e-9f3dbf7d2f10',
  statement: 'select 1',
} as const;
const kept = { resultId: 'f3b0a9de-5b5e-4f0c-9c52-0a4a4c1d9b7e' };
const may = { canRepeat: true, reason: null };
const mayNot = { canRepeat: false, reason: 'It may change something.' };

function source(status: Source['state']['status'], rows: Source['kept'] = kept): Source {
  return { state: { status, rowCount: 500, error: null }, kept: rows, columns: [column('a')] };
}

describe('scopesOf', () => {
  it('takes the rows of a complete result as they were read', () => {
    expect(scopesOf(source('complete'), may, statement)).toMatchObject([
      { label: 'All 500 rows', source: { kind: 'result', maxRows: 500 } },
    ]);
  });

  it('runs a statement that only reads again for all rows', () => {
    expect(scopesOf(source('more'), may, statement)).toMatchObject([
      { label: 'All rows', source: statement },
      { label: 'The 500 rows read so far', source: { kind: 'result', maxRows: 500 } },
    ]);
  });

  it('reads on where a statement must not be run again, and says why', () => {
    expect(scopesOf(source('more'), mayNot, statement)).toMatchObject([
      {
        label: 'All rows',
        hint: expect.stringContaining('It may change something.'),
        source: { kind: 'result', maxRows: null },
      },
      { label: 'The 500 rows read so far' },
    ]);
  });

  it('offers only what was read once the rest was given up', () => {
    expect(scopesOf(source('closed'), mayNot, statement)).toMatchObject([
      { label: 'The 500 rows read so far' },
    ]);
  });

  it('offers nothing where nothing is kept and nothing may be run again', () => {
    expect(scopesOf(source('closed', null), mayNot, statement)).toEqual([]);
    expect(scopesOf(source('closed', null), may, statement)).toMatchObject([{ source: statement }]);
  });
});
