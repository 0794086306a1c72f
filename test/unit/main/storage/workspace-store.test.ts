import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseErrorData } from '@shared/models/database-error';
import type { Workspace } from '@shared/models/workspace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WorkspaceStore } from '../../../../src/main/storage/workspace-store';

const workspace = (text: string): Workspace => {
  const id = randomUUID();
  return { tabs: [{ id, title: 'Query', text, cursor: text.length }], activeTabId: id };
};
const empty: Workspace = { tabs: [], activeTabId: null };

describe('WorkspaceStore', () => {
  let parent: string;
  let folder: string;
  let damages: DatabaseErrorData[];
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'postern-tabs-'));
    folder = join(parent, 'workspaces');
    damages = [];
  });
  afterEach(() => rm(parent, { recursive: true }));
  const store = (): WorkspaceStore =>
    new WorkspaceStore({ folder, onDamage: (damage) => damages.push(damage) });

  it('has no tabs where nothing was saved', async () => {
    expect(await store().load('sample')).toEqual(empty);
    expect(damages).toEqual([]);
  });

  it('gives each connection its own tabs back, every character of them', async () => {
    const text = "SELECT 'ä\u0000\u2028😀 \ud800' -- \r\n\t";
    const first = store();
    await first.save('sample', workspace('SELECT 1'));
    const saved = workspace(text);
    await first.save('environment:PG', saved);
    expect(await store().load('environment:PG')).toEqual(saved);
    expect((await store().load('sample')).tabs[0]?.text).toBe('SELECT 1');
  });

  it.each(['../../outside', '/etc/passwd', 'a/b', '..', 'CON', 'x'.repeat(100), 'é', 'A', 'a'])(
    'keeps the key %j inside its folder',
    async (key) => {
      await store().save(key, workspace(key));
      expect((await store().load(key)).tabs[0]?.text).toBe(key);
      expect(await readdir(parent)).toEqual(['workspaces']);
      expect(await readdir(folder)).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.json$/)]);
    },
  );

  it.runIf(process.platform !== 'win32')('lets nobody else read the tabs', async () => {
    await store().save('sample', workspace('SELECT 1'));
    const [name = ''] = await readdir(folder);
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });

  it.each(['', '{', '{"version":0}', '{"version":1,"key":"sample","workspace":{"tabs":[{}]}}'])(
    'sets a damaged file aside: %j',
    async (content) => {
      await store().save('sample', workspace('precious'));
      const [name = ''] = await readdir(folder);
      await writeFile(join(folder, name), content);
      const reopened = store();
      expect(await reopened.load('sample')).toEqual(empty);
      expect(damages).toHaveLength(1);
      const aside = damages[0]?.detail ?? '';
      expect(damages[0]).toMatchObject({ kind: 'StorageFailed' });
      expect(damages[0]?.advice).toContain('kept under this name');
      await reopened.save('sample', workspace('new'));
      expect(await readFile(aside, 'utf8')).toBe(content);
      expect((await store().load('sample')).tabs[0]?.text).toBe('new');
    },
  );

  it.each([true, false])(
    'leaves the file of a newer version as it is; loaded: %s',
    async (isLoaded) => {
      const content = '{"version":2,"key":"sample","panes":[]}';
      await store().save('sample', workspace('precious'));
      const [name = ''] = await readdir(folder);
      await writeFile(join(folder, name), content);
      const older = store();
      expect(isLoaded ? await older.load('sample') : empty).toEqual(empty);
      const failure = {
        data: { kind: 'StorageFailed', message: expect.stringContaining('newer version') },
      };
      await expect(older.save('sample', workspace('new'))).rejects.toMatchObject(failure);
      await expect(older.save('sample', workspace('newest'))).rejects.toMatchObject(failure);
      // A window that is loaded again has its texts all the same.
      expect((await older.load('sample')).tabs[0]?.text).toBe('newest');
      expect(damages).toHaveLength(1);
      expect(await readdir(folder)).toEqual([name]);
      expect(await readFile(join(folder, name), 'utf8')).toBe(content);
    },
  );

  it('sets a damaged file aside that is saved to before it was ever loaded', async () => {
    await store().save('sample', workspace('precious'));
    const [name = ''] = await readdir(folder);
    await writeFile(join(folder, name), 'half a file');
    await store().save('sample', workspace('new'));
    expect(await readFile(damages[0]?.detail ?? '', 'utf8')).toBe('half a file');
  });

  it('writes the newest of many saves, and a load between them sees it', async () => {
    const one = store();
    const saves = Array.from({ length: 50 }, (_, index) =>
      one.save('sample', workspace(`${index}`)),
    );
    expect((await one.load('sample')).tabs[0]?.text).toBe('49');
    await Promise.all(saves);
    await one.idle();
    expect((await store().load('sample')).tabs[0]?.text).toBe('49');
  });
});
