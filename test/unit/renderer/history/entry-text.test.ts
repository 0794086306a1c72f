import { describe, expect, it } from 'vitest';
import { dayOf, endText, oneLine } from '../../../../src/renderer/features/history/entry-text';

describe('the words of a history entry', () => {
  it('puts a text on one line', () => {
    expect(oneLine('\n select 1,\r\n\t2  ')).toBe('select 1, 2');
  });

  it('names the days that are near', () => {
    const now = new Date(2026, 2, 1, 0, 5);
    expect(dayOf(new Date(2026, 2, 1, 0, 1).toISOString(), now)).toBe('Today');
    expect(dayOf(new Date(2026, 1, 28, 23, 59).toISOString(), now)).toBe('Yesterday');
    expect(dayOf(new Date(2026, 1, 27, 23, 59).toISOString(), now)).toBe('February 27, 2026');
  });

  it.each([
    [1, null, 'Its end was not seen'],
    [1, { outcome: 'done', durationMs: 12, rows: 1, error: null }, '1 row in 12 ms'],
    [1, { outcome: 'done', durationMs: 12, rows: 1024, error: null }, '1,024 rows in 12 ms'],
    [1, { outcome: 'done', durationMs: 12, rows: null, error: null }, 'Done in 12 ms'],
    [3, { outcome: 'done', durationMs: 12, rows: 1, error: null }, '3 statements in 12 ms'],
    [1, { outcome: 'failed', durationMs: 12, rows: null, error: 'no' }, 'Failed after 12 ms'],
    [1, { outcome: 'cancelled', durationMs: 12, rows: null, error: null }, 'Cancelled after 12 ms'],
  ] as const)('%d statements, %o: %s', (statements, end, text) => {
    expect(endText({ statements, end })).toBe(text);
  });
});
