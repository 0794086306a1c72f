import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { userAgent: '' });
vi.stubGlobal('window', { addEventListener: () => undefined });
const { changedCatalog, settledTabs } = await import('../../../../src/renderer/app/catalog-watch');

describe('changedCatalog', () => {
  const command = (commandTag: string) => ({ kind: 'command', commandTag });

  it.each(['CREATE TABLE', 'DROP VIEW', 'ALTER TABLE', 'GRANT', 'COMMENT', 'DO'])(
    'takes %s for a change',
    (tag) => expect(changedCatalog([command('SELECT 1'), command(tag)])).toBe(true),
  );

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
