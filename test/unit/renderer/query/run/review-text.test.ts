import { describe, expect, it } from 'vitest';
import {
  affectedText,
  lockMode,
  lockText,
} from '../../../../../src/renderer/features/query/run/review-text';

const statement = (commandTag: string | null, rows: number | null) => ({ commandTag, rows });

describe('affectedText', () => {
  it('names commands and their rows', () => {
    const statements = [
      statement('DELETE 1', 1),
      statement('INSERT 0 1200', 1200),
      statement('ALTER TABLE', null),
      statement(null, null),
      statement('UPDATE 2', 2),
      statement('UPDATE 3', 3),
    ];
    expect(affectedText({ statements, locks: [] })).toBe(
      'DELETE 1 row · INSERT 1,200 rows · ALTER TABLE · Rows are being read · 2 more',
    );
  });
});

describe('locks', () => {
  it('are written as SQL names them, with what they mean for others', () => {
    const lock = { relation: 'shop.orders', mode: 'ShareRowExclusiveLock' };
    expect(lockMode(lock)).toBe('SHARE ROW EXCLUSIVE');
    expect(lockText(lock)).toBe('others cannot write to it');
    expect(lockText({ ...lock, mode: 'SIReadLock' })).toBe('others may have to wait');
  });
});
