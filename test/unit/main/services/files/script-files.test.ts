import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ScriptFiles } from '../../../../../src/main/services/files/script-files';
import { AtomicFile } from '../../../../../src/main/storage/atomic-file';
import { ScriptPathStore } from '../../../../../src/main/storage/script-path-store';

let folder = '';
let scripts: ScriptFiles;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-scripts-'));
  scripts = new ScriptFiles({
    paths: new ScriptPathStore(new AtomicFile(join(folder, 'known.json')), () => undefined),
    writeFile: (path, bytes, mode) => new AtomicFile(path, mode).write(bytes),
  });
});
afterEach(() => rm(folder, { recursive: true }));

async function given(content: string | Uint8Array, name = 'books.sql'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('ScriptFiles', () => {
  it('opens a text and saves a change of it', async () => {
    const path = await given('select 1;\n');
    const { file, text } = await scripts.open(path);
    expect(text).toBe('select 1;\n');
    expect(file).toMatchObject({ path, name: 'books.sql' });
    const saved = await scripts.save(file.id, 'select 2;\n', file.version);
    expect(saved).toMatchObject({ outcome: 'saved', file: { id: file.id } });
    expect(await readFile(path, 'utf8')).toBe('select 2;\n');
  });

  it('never writes over what somebody else has written since', async () => {
    const path = await given('mine');
    const { file } = await scripts.open(path);
    await writeFile(path, 'theirs');
    const refused = await scripts.save(file.id, 'mine, changed', file.version);
    expect(refused.outcome).toBe('changed');
    expect(await readFile(path, 'utf8')).toBe('theirs');
    // A person who has been told of that version may replace it, and no other.
    const version = refused.outcome === 'changed' ? refused.version : '';
    await scripts.save(file.id, 'mine, changed', version);
    expect(await readFile(path, 'utf8')).toBe('mine, changed');
  });

  it('keeps a byte order mark and the line ends of Windows', async () => {
    const path = await given('\u{FEFF}select 1;\r\nselect 2;\r\n');
    const { file, text } = await scripts.open(path);
    expect(text).toBe('select 1;\nselect 2;\n');
    await scripts.save(file.id, 'select 1;\nselect 3;\n', file.version);
    expect(await readFile(path, 'utf8')).toBe('\u{FEFF}select 1;\r\nselect 3;\r\n');
  });

  it.each([
    ['with a mark', Buffer.from('\u{FEFF}select 1;\n', 'utf16le')],
    ['without a mark', Buffer.from('select 1;\n', 'utf16le')],
  ])('opens no UTF-16 %s', async (_kind, bytes) => {
    const path = await given(bytes);
    await expect(scripts.open(path)).rejects.toMatchObject({
      data: { kind: 'InvalidInput', message: 'books.sql is not a text in UTF-8.' },
    });
    expect(await readFile(path)).toEqual(bytes);
  });

  it('opens no bytes that it could not write back', async () => {
    const path = await given(Uint8Array.of(0x73, 0xe9, 0x20));
    await expect(scripts.open(path)).rejects.toMatchObject({ data: { kind: 'InvalidInput' } });
    expect(await readFile(path)).toEqual(Buffer.from([0x73, 0xe9, 0x20]));
  });

  it('keeps the permissions of a file, and a link to it', async () => {
    const path = await given('select 1;');
    await chmod(path, 0o660);
    const link = join(folder, 'link.sql');
    await symlink(path, link);
    const { file } = await scripts.open(link);
    await scripts.save(file.id, 'select 2;', file.version);
    expect(await readFile(path, 'utf8')).toBe('select 2;');
    expect((await stat(path)).mode & 0o777).toBe(0o660);
    expect(await readFile(link, 'utf8')).toBe('select 2;');
  });

  it('writes a file anew that is gone', async () => {
    const path = await given('select 1;');
    const { file } = await scripts.open(path);
    await rm(path);
    expect(await scripts.check([file.id])).toEqual([{ id: file.id, version: null }]);
    const saved = await scripts.save(file.id, 'select 1;', file.version);
    expect(saved.outcome).toBe('saved');
    expect(await readFile(path, 'utf8')).toBe('select 1;');
  });

  it('tells which content a file has now', async () => {
    const path = await given('a');
    const { file } = await scripts.open(path);
    expect(await scripts.check([file.id])).toEqual([{ id: file.id, version: file.version }]);
    await writeFile(path, 'b');
    const [state] = await scripts.check([file.id]);
    expect(state?.version).not.toBe(file.version);
  });

  it('takes from the page only paths that end as scripts do', async () => {
    const key = await given('secret', 'id_ed25519');
    await expect(scripts.openDropped(key)).rejects.toMatchObject({
      data: { kind: 'InvalidInput' },
    });
    await expect(scripts.openDropped('books.sql')).rejects.toMatchObject({
      data: { kind: 'InvalidInput' },
    });
    expect((await scripts.openDropped(await given('x', 'Books.SQL'))).text).toBe('x');
  });

  it('opens what can be opened of several, in their order, and says why the rest cannot', async () => {
    const first = await given('select 1;', 'first.sql');
    const noText = await given(Uint8Array.of(0x73, 0xe9, 0x20), 'latin.sql');
    const last = await given('select 2;', 'last.sql');
    const missing = join(folder, 'none.sql');
    const { opened, failures } = await scripts.openAll([first, noText, missing, last]);
    expect(opened.map(({ file, text }) => [file.name, text])).toEqual([
      ['first.sql', 'select 1;'],
      ['last.sql', 'select 2;'],
    ]);
    expect(failures).toMatchObject([
      { kind: 'InvalidInput', message: 'latin.sql is not a text in UTF-8.' },
      { kind: 'NotFound', message: `There is no file ${missing}.` },
    ]);
  });

  it('says what is wrong with a folder, and with a file that is not there', async () => {
    await expect(scripts.open(folder)).rejects.toMatchObject({ data: { kind: 'InvalidInput' } });
    await expect(scripts.open(join(folder, 'none.sql'))).rejects.toMatchObject({
      data: { kind: 'NotFound' },
    });
  });
});
