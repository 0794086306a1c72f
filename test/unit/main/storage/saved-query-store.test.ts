import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseErrorData } from '@shared/models/database-error';
import type { SavedQueryDraft } from '@shared/models/saved-query';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SavedQueryStore } from '../../../../src/main/storage/saved-query-store';

const draft = (name: string, rest: Partial<SavedQueryDraft> = {}): SavedQueryDraft => ({
  id: randomUUID(),
  name,
  workspace: null,
  text: `SELECT '${name}'`,
  ...rest,
});

describe('SavedQueryStore', () => {
  let folder: string;
  let damages: DatabaseErrorData[];
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'postern-saved-')), 'saved-queries');
    damages = [];
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true }));
  const store = (): SavedQueryStore =>
    new SavedQueryStore({
      folder,
      onDamage: (damage) => damages.push(damage),
      now: () => new Date('2024-05-06T07:08:09Z'),
    });
  const names = async (of: SavedQueryStore): Promise<string[]> =>
    (await of.list()).map(({ name }) => name);

  it('has none where nothing was saved', async () => {
    expect(await store().list()).toEqual([]);
  });

  it('gives every character back after a restart, in order of name', async () => {
    const text = "SELECT 'ä\u0000\u2028😀 \ud800' -- \r\n\t";
    const saved = draft('Zürich', { text, workspace: 'environment:PG' });
    const first = store();
    await first.save(saved);
    await first.save(draft('apples'));
    const second = store();
    expect(await second.list()).toMatchObject([
      { name: 'apples', workspace: null, excerpt: "SELECT 'apples'" },
      {
        id: saved.id,
        name: 'Zürich',
        workspace: 'environment:PG',
        savedAt: '2024-05-06T07:08:09.000Z',
      },
    ]);
    expect(await second.getText(saved.id)).toBe(text);
  });

  it('replaces a query as a whole, and takes that back', async () => {
    const saved = draft('report');
    const queries = store();
    await queries.save(saved);
    await queries.save({ ...saved, name: 'other', text: 'SELECT 2' });
    expect(await names(store())).toEqual(['other']);
    await queries.restore(saved.id);
    expect(await names(store())).toEqual(['report']);
    expect(await store().getText(saved.id)).toBe(saved.text);
  });

  it('renames, and takes that back', async () => {
    const saved = draft('old');
    const queries = store();
    await queries.save(saved);
    expect(await queries.rename(saved.id, 'new')).toMatchObject({ name: 'new' });
    expect(await names(store())).toEqual(['new']);
    await queries.restore(saved.id);
    expect(await names(store())).toEqual(['old']);
  });

  it('deletes, and takes that back once', async () => {
    const saved = draft('gone');
    const queries = store();
    await queries.save(saved);
    await queries.remove(saved.id);
    await queries.remove(saved.id);
    expect(await queries.list()).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
    await expect(queries.getText(saved.id)).rejects.toMatchObject({ kind: 'NotFound' });
    await expect(queries.rename(saved.id, 'x')).rejects.toMatchObject({ kind: 'NotFound' });
    await queries.restore(saved.id);
    await queries.restore(saved.id);
    expect(await names(store())).toEqual(['gone']);
  });

  it('takes the first save back by deleting', async () => {
    const saved = draft('first');
    const queries = store();
    await queries.save(saved);
    await queries.restore(saved.id);
    expect(await store().list()).toEqual([]);
  });

  it.runIf(process.platform !== 'win32')('lets nobody else read them', async () => {
    const saved = draft('private');
    await store().save(saved);
    expect((await stat(join(folder, `${saved.id}.json`))).mode & 0o777).toBe(0o600);
  });

  it.each(['', '{', '{"version":0}', '{"version":1,"query":{"name":"x"}}'])(
    'sets a damaged file aside and keeps the others: %j',
    async (content) => {
      await store().save(draft('whole'));
      const id = randomUUID();
      await writeFile(join(folder, `${id}.json`), content);
      expect(await names(store())).toEqual(['whole']);
      expect(damages).toMatchObject([{ kind: 'StorageFailed' }]);
      expect(await readdir(folder)).toContainEqual(
        expect.stringMatching(new RegExp(`^${id}\\.json\\.damaged-`)),
      );
    },
  );

  it('leaves files of a newer version as they are, and says so once', async () => {
    await store().save(draft('whole'));
    const content = '{"version":2,"query":{"title":"x"}}';
    const ids = [randomUUID(), randomUUID()];
    const paths = ids.map((id) => join(folder, `${id}.json`));
    for (const path of paths) await writeFile(path, content);
    const older = store();
    expect(await names(older)).toEqual(['whole']);
    expect(damages.map(({ message }) => message)).toEqual([
      'The contents of some saved queries were written by a newer version of Postern.',
    ]);
    await expect(older.save({ ...draft('over it'), id: ids[0] ?? '' })).rejects.toThrow(
      'newer version',
    );
    await older.remove(ids[1] ?? '');
    for (const path of paths) expect(await readFile(path, 'utf8')).toBe(content);
    expect(await readdir(folder)).toHaveLength(3);
  });

  it('leaves files of others alone', async () => {
    await store().save(draft('mine'));
    await writeFile(join(folder, 'notes.txt'), 'not mine');
    expect(await names(store())).toEqual(['mine']);
    expect(await readdir(folder)).toContain('notes.txt');
  });
});
