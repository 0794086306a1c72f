import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AtomicFile } from '../../../../src/main/storage/atomic-file';
import { ScriptPathStore } from '../../../../src/main/storage/script-path-store';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-script-paths-'));
  damages = [];
});
afterEach(() => rm(folder, { recursive: true }));

let damages: string[] = [];
const store = (): ScriptPathStore =>
  new ScriptPathStore(new AtomicFile(join(folder, 'files.json')), ({ message }) =>
    damages.push(message),
  );

describe('ScriptPathStore', () => {
  it('gives a path one id, also in the next process', async () => {
    const first = store();
    const id = await first.idOf('/home/a/books.sql');
    const other = await first.idOf('/home/a/other.sql');
    expect(other).not.toBe(id);
    expect(await first.idOf('/home/a/books.sql')).toBe(id);
    expect(await store().pathOf(id)).toBe('/home/a/books.sql');
  });

  it('knows no id that it has not given', async () => {
    expect(await store().pathOf('7d3a1f9e-3c9f-4d0c-9f57-2f0a6d5f9f10')).toBeNull();
  });

  it('leaves the file of a newer version as it is', async () => {
    const content = '{"version":2,"paths":{}}';
    await writeFile(join(folder, 'files.json'), content);
    const older = store();
    const id = await older.idOf('/home/a/books.sql');
    expect(await older.pathOf(id)).toBe('/home/a/books.sql');
    expect(damages).toEqual([
      'The paths of opened files were written by a newer version of Postern.',
    ]);
    expect(await readFile(join(folder, 'files.json'), 'utf8')).toBe(content);
    expect(await readdir(folder)).toEqual(['files.json']);
  });

  it('sets a damaged file aside and says so', async () => {
    await writeFile(join(folder, 'files.json'), '{"version":1,"files":');
    expect(await store().pathOf('7d3a1f9e-3c9f-4d0c-9f57-2f0a6d5f9f10')).toBeNull();
    expect(damages).toEqual(['The list of opened files could not be read: it is damaged.']);
    expect((await readdir(folder)).some((name) => name.includes('.damaged-'))).toBe(true);
  });
});
