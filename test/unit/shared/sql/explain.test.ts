import { explainPrefix } from '@shared/sql/explain';
import { describe, expect, it } from 'vitest';

describe('explainPrefix', () => {
  it.each([
    'explain select 1',
    'EXPLAIN (analyze) select 1',
    '  -- why so slow?\n/* a /* nested */ one */ Explain select 1',
  ])('puts nothing in front of %s', (statement) => {
    expect(explainPrefix(statement, 'plan')).toBe('');
  });

  it.each([
    'select 1',
    '/* explain */ select 1',
    '-- explain\nselect 1',
    '(select 1)',
    '"explain"',
    'explained',
    '',
    // As at the head of a file: each way to read so many comments was tried.
    `${'/* Copyright */\n'.repeat(40)}select 1`,
  ])('has %s explained', (statement) => {
    expect(explainPrefix(statement, 'plan')).toMatch(/^EXPLAIN \(/u);
  });
});
