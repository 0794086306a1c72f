import type { HistoryEntry, HistoryEnd } from '@shared/models/query-history';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { HistoryLog } from '../../../../../src/main/services/history/history-log';
import { QueryHistory } from '../../../../../src/main/services/history/query-history';

const done: HistoryEnd = { outcome: 'done', durationMs: 3, rows: 1, error: null };
const failed: HistoryEnd = { outcome: 'failed', durationMs: 3, rows: null, error: 'no' };
const all = { workspace: null, text: '', onlyFailed: false, offset: 0 };

/** A log in memory, with what it was asked to keep. */
class MemoryLog implements HistoryLog {
  entries: HistoryEntry[] = [];
  failure: Error | null = null;

  read(): Promise<HistoryEntry[]> {
    return Promise.resolve([...this.entries]);
  }

  put(entry: HistoryEntry): Promise<void> {
    if (this.failure !== null) return Promise.reject(this.failure);
    const index = this.entries.findIndex(({ id }) => id === entry.id);
    if (index < 0) this.entries.push(entry);
    else this.entries[index] = entry;
    return Promise.resolve();
  }

  replace(entries: readonly HistoryEntry[]): Promise<void> {
    this.entries = [...entries];
    return Promise.resolve();
  }
}

describe('QueryHistory', () => {
  let log: MemoryLog;
  let failures: unknown[];
  let time: number;
  beforeEach(() => {
    log = new MemoryLog();
    failures = [];
    time = Date.parse('2026-01-01T00:00:00Z');
  });
  const open = (): QueryHistory =>
    new QueryHistory({
      log,
      onFailure: (error) => failures.push(error),
      now: () => new Date((time += 1000)),
    });
  const start = (text: string, workspace = 'sample') => ({
    workspace,
    connection: 'Sample',
    text,
    statements: 1,
  });
  const texts = async (history: QueryHistory, query = {}): Promise<string[]> =>
    (await history.list({ ...all, ...query })).entries.map(({ text }) => text);

  it('lists the newest first, each with its end', async () => {
    const history = open();
    history.begin(start('select 1'))(done);
    history.begin(start('select 2'))(failed);
    history.begin(start('select 3'));
    const { entries, total } = await history.list(all);
    expect(entries.map(({ text, end }) => [text, end])).toEqual([
      ['select 3', null],
      ['select 2', failed],
      ['select 1', done],
    ]);
    expect(total).toBe(3);
    expect(failures).toEqual([]);
  });

  it('is there again after a restart', async () => {
    const first = open();
    first.begin(start('select 1'))(done);
    await first.list(all);
    expect((await open().list(all)).entries).toMatchObject([{ text: 'select 1', end: done }]);
  });

  it('narrows by connection, by words in any order and case, and by failure', async () => {
    const history = open();
    history.begin(start('SELECT * FROM Orders', 'a'))(failed);
    history.begin(start('delete from orders where id = 1', 'b'))(done);
    expect(await texts(history, { workspace: 'a' })).toEqual(['SELECT * FROM Orders']);
    expect(await texts(history, { text: 'ORDERS  from' })).toHaveLength(2);
    expect(await texts(history, { text: 'orders where' })).toEqual([
      'delete from orders where id = 1',
    ]);
    expect(await texts(history, { onlyFailed: true })).toEqual(['SELECT * FROM Orders']);
  });

  it('gives pages of a hundred', async () => {
    const history = open();
    for (let n = 1; n <= 150; n += 1) history.begin(start(`select ${n}`))(done);
    const first = await history.list(all);
    expect([first.entries.length, first.total]).toEqual([100, 150]);
    expect((await texts(history, { offset: 100 })).at(-1)).toBe('select 1');
  });

  it('shortens a long text in the list and gives it whole on demand', async () => {
    const history = open();
    const text = `select '${'x'.repeat(10_000)}'`;
    history.begin(start(text))(done);
    const [entry] = (await history.list(all)).entries;
    expect(entry).toMatchObject({ isCut: true, text: text.slice(0, 4000) });
    expect(await history.getText(entry?.id ?? '')).toBe(text);
  });

  it('keeps the beginning of a text that is too long to be kept', async () => {
    const history = open();
    history.begin(start('x'.repeat(300_000)))(done);
    const [entry] = (await history.list(all)).entries;
    expect(entry?.isCut).toBe(true);
    expect(await history.getText(entry?.id ?? '')).toHaveLength(256 * 1024);
  });

  it('keeps no text that may hold a password', async () => {
    const history = open();
    history.begin(start("ALTER ROLE a PASSWORD 'secret'"))(done);
    expect(await texts(history)).toEqual([]);
    expect(log.entries).toEqual([]);
  });

  it('forgets what was not sent after all', async () => {
    const history = open();
    history.begin(start('select 1'))(null);
    expect(await texts(history)).toEqual([]);
  });

  it('removes an entry and takes that back, in its old place', async () => {
    const history = open();
    for (const text of ['a', 'b', 'c']) history.begin(start(text))(done);
    const removed = (await history.list(all)).entries[1]?.id ?? '';
    await history.remove(removed);
    expect(await texts(history)).toEqual(['c', 'a']);
    await history.restore(removed);
    expect(await texts(history)).toEqual(['c', 'b', 'a']);
    expect(log.entries.map(({ text }) => text)).toEqual(['a', 'b', 'c']);
    await expect(history.getText('00000000-0000-4000-8000-000000000000')).rejects.toMatchObject({
      data: { kind: 'NotFound' },
    });
  });

  it('does not bring back by its end what was removed while it ran', async () => {
    const history = open();
    const finish = history.begin(start('select 1'));
    await history.clear(null);
    finish(done);
    expect(await texts(history)).toEqual([]);
    expect(log.entries).toEqual([]);
  });

  it('clears one connection, or all', async () => {
    const history = open();
    history.begin(start('a', 'one'))(done);
    history.begin(start('b', 'two'))(done);
    await history.clear('one');
    expect(await texts(history)).toEqual(['b']);
    await history.clear(null);
    expect(log.entries).toEqual([]);
  });

  it('tells of a failure to keep it instead of failing the run', async () => {
    log.failure = new Error('disk full');
    const history = open();
    history.begin(start('select 1'))(done);
    await vi.waitFor(() => expect(failures).toEqual([log.failure, log.failure]));
  });

  describe('beyond five thousand', () => {
    beforeEach(() => {
      log.entries = Array.from({ length: 5_010 }, (_, n) => ({
        ...start(`select ${n}`),
        id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
        at: '2026-01-01T00:00:00.000Z',
        isCut: false,
        end: done,
      }));
    });

    it('drops the oldest when it is read', async () => {
      expect((await open().list(all)).total).toBe(5_000);
      expect(log.entries[0]?.text).toBe('select 10');
    });

    it('drops the oldest while the app runs, and writes the rest anew', async () => {
      const history = open();
      for (let run = 1; run <= 501; run += 1) history.begin(start(`select 'new ${run}'`));
      const { entries, total } = await history.list(all);
      expect(entries[0]?.text).toBe("select 'new 501'");
      expect(total).toBe(5_000);
      expect(log.entries).toHaveLength(5_000);
    });
  });
});
