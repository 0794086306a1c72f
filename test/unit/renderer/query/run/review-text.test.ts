import { describe, expect, it } from 'vitest';
import {
  affectedText,
  lockMode,
  lockText,
} from '../../../../../src/renderer/features/query/run/review-text';

const statement = (commandTag: string | null, rows: number | null, changes = true) => ({
  commandTag,
  rows,
  changes,
});

describe('affectedText', () => {
  it('names commands and their rows', () => {
    const statements = [
      statement('SELECT 7', 7, false),
      statement('DELETE 1', 1),
      statement('INSERT 0 1200', 1200),
      statement('ALTER TABLE', null),
      statement(null, null),
      statement('UPDATE 2', 2),
      statement('UPDATE 3', 3),
    ];
    expect(affectedText({ statements, locks: [] })).toBe(
      'DELETE 1 row · INSERT 1,200 rows · ALTER TABLE · changed rows are being read · 2 more',
    );
  });
});

it('says so where only queries ran', () => {
  expect(affectedText({ statements: [statement('SELECT 1', 1, false)], locks: [] })).toBe(
    'No statement changed anything by itself',
  );
});

describe('locks', () => {
  it('are written as SQL names them, with what they mean for others', () => {
    const lock = { relation: 'shop.orders', mode: 'ShareRowExclusiveLock' };
    expect(lockMode(lock)).toBe('SHARE ROW EXCLUSIVE');
    expect(lockText(lock)).toBe('others cannot write to it');
    expect(lockText({ ...lock, mode: 'SIReadLock' })).toBe('others may have to wait');
  });
});
