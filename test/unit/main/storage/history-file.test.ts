import { randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseErrorData } from '@shared/models/database-error';
import type { HistoryEntry } from '@shared/models/query-history';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AtomicFile } from '../../../../src/main/storage/atomic-file';
import { HistoryFile } from '../../../../src/main/storage/history-file';

const entry = (text: string): HistoryEntry => ({
  id: randomUUID(),
  at: '2026-01-01T00:00:00.000Z',
  workspace: 'sample',
  connection: 'Sample',
  text,
  isCut: false,
  statements: 1,
  end: null,
});

describe('HistoryFile', () => {
  let folder: string;
  let path: string;
  let damages: DatabaseErrorData[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'postern-history-'));
    path = join(folder, 'history.jsonl');
    damages = [];
  });
  afterEach(() => rm(folder, { recursive: true }));
  const open = (): HistoryFile =>
    new HistoryFile({ file: new AtomicFile(path), onDamage: (damage) => damages.push(damage) });

  it('is empty where nothing was kept', async () => {
    expect(await open().read()).toEqual([]);
  });

  it('gives entries back, every character of them, the last of an id at the place of the first', async () => {
    const first = entry("select '\n\u2028😀 \ud800'");
    const second = entry('select 2');
    const file = open();
    await file.put(first);
    await file.put(second);
    const ended = {
      ...first,
      end: { outcome: 'done' as const, durationMs: 1, rows: 1, error: null },
    };
    await file.put(ended);
    expect(await open().read()).toEqual([ended, second]);
    expect(damages).toEqual([]);
  });

  it('keeps the order of what is handed in at once', async () => {
    const entries = ['a', 'b', 'c', 'd', 'e'].map(entry);
    const [dropped, also, kept, ...later] = entries;
    if (dropped === undefined || also === undefined || kept === undefined) throw new Error();
    const file = open();
    await Promise.all([
      file.put(dropped),
      file.put(also),
      file.replace([kept]),
      ...later.map((each) => file.put(each)),
    ]);
    expect(await open().read()).toEqual([kept, ...later]);
  });

  it('makes the folder that is not there', async () => {
    await rm(folder, { recursive: true });
    const one = entry('select 1');
    await open().put(one);
    expect(await open().read()).toEqual([one]);
  });

  it('can be read by its owner alone', async () => {
    await open().put(entry('select 1'));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('loses nothing but a line that a crash tore, and goes on behind it', async () => {
    const whole = entry('select 1');
    await open().put(whole);
    await appendFile(path, '{"id":"torn');
    const file = open();
    expect(await file.read()).toEqual([whole]);
    const next = entry('select 2');
    await file.put(next);
    expect(await open().read()).toEqual([whole, next]);
    expect(damages).toEqual([]);
  });

  it('sets a damaged file aside and goes on with what can be read', async () => {
    const good = entry('select 1');
    await writeFile(path, `nonsense\n${JSON.stringify(good)}\n{"id":1}\n`);
    expect(await open().read()).toEqual([good]);
    expect(damages).toMatchObject([{ kind: 'StorageFailed' }]);
    const aside = (await readdir(folder)).find((name) => name.includes('.damaged-')) ?? '';
    expect(await readFile(join(folder, aside), 'utf8')).toContain('nonsense');
    expect(await open().read()).toEqual([good]);
    expect(damages).toHaveLength(1);
  });

  it('leaves the file of a newer version as it is', async () => {
    const content = `${JSON.stringify(entry('select 1'))}\n{"version":2,"sql":"select 2"}\n{"torn`;
    await writeFile(path, content);
    await expect(open().read()).rejects.toThrow('newer version');
    expect(await readFile(path, 'utf8')).toBe(content);
    expect(await readdir(folder)).toEqual(['history.jsonl']);
    expect(damages).toEqual([]);
  });

  it('keeps what replaces it and nothing else', async () => {
    const file = open();
    await file.put(entry('select 1'));
    const kept = entry('select 2');
    await file.replace([kept]);
    expect(await open().read()).toEqual([kept]);
  });

  it('says what to do where it cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    const file = new HistoryFile({
      file: new AtomicFile(join(folder, 'file', 'history.jsonl')),
      onDamage: () => undefined,
    });
    await expect(file.put(entry('select 1'))).rejects.toMatchObject({
      data: { kind: 'StorageFailed' },
    });
  });
});
