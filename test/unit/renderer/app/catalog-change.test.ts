import { describe, expect, it } from 'vitest';
import { changedCatalog, settledTabs } from '../../../../src/renderer/app/catalog-change';

describe('changedCatalog', () => {
  const command = (commandTag: string) => ({ kind: 'command', commandTag });

  it.each(['CREATE TABLE', 'DROP VIEW', 'ALTER TABLE', 'GRANT', 'COMMENT', 'DO'])(
    'takes %s for a change',
    (tag) =>
      expect(changedCatalog([{ kind: 'rows', commandTag: 'SELECT 1' }, command(tag)])).toBe(true),
  );

  it('takes the tag of a SELECT without rows for a change: CREATE TABLE AS has it', () => {
    expect(changedCatalog([command('SELECT 5')])).toBe(true);
    expect(changedCatalog([{ kind: 'rows', commandTag: 'SELECT 5' }])).toBe(false);
  });

  it.each(['INSERT 0 1', 'UPDATE 3', 'BEGIN', 'SET', 'DROPPED'])('takes %s for none', (tag) =>
    expect(changedCatalog([command(tag), { kind: 'rows' }])).toBe(false),
  );
});

describe('settledTabs', () => {
  it('names a tab at once outside of a transaction', () => {
    expect(settledTabs(new Set(), [{ tabId: 'a', changed: true, transaction: 'idle' }])).toEqual([
      'a',
    ]);
  });

  it('waits for the end of the transaction, and names the tab once', () => {
    const pending = new Set<string>();
    const run = (changed: boolean, transaction: 'idle' | 'open') =>
      settledTabs(pending, [{ tabId: 'a', changed, transaction }]);
    expect(run(true, 'open')).toEqual([]);
    expect(run(false, 'open')).toEqual([]);
    expect(run(false, 'idle')).toEqual(['a']);
    expect(run(false, 'idle')).toEqual([]);
  });
});
