import { closeSync } from 'node:fs';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { OutputFile } from '../../../../src/main/storage/output-file';
import { UnfinishedFiles } from '../../../../src/main/storage/unfinished-files';

let folder: string;
let notes: string;
let unfinished: UnfinishedFiles;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-output-'));
  notes = await mkdtemp(join(tmpdir(), 'postern-notes-'));
  unfinished = new UnfinishedFiles(notes);
  return () => Promise.all([folder, notes].map((path) => rm(path, { recursive: true })));
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Windows has no such rights, and asks for a privilege to make links. */
const isUnix = process.platform !== 'win32';

describe('a file that is written', () => {
  it.runIf(isUnix)(
    'takes the place of the older one only when it is complete, with its rights',
    async () => {
      const path = join(folder, 'out.csv');
      await writeFile(path, 'old');
      await chmod(path, 0o600);
      const file = await OutputFile.create(path, unfinished);
      await file.write(bytes('new'));
      expect(await readFile(path, 'utf8')).toBe('old');
      await file.commit();
      expect(await readFile(path, 'utf8')).toBe('new');
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect(await readdir(folder)).toEqual(['out.csv']);
    },
  );

  it.runIf(isUnix)('keeps the rights of the older one that new files are not given', async () => {
    const path = join(folder, 'out.csv');
    await writeFile(path, 'old');
    await chmod(path, 0o666);
    const file = await OutputFile.create(path, unfinished);
    await file.commit();
    expect((await stat(path)).mode & 0o777).toBe(0o666);
  });

  it.runIf(isUnix)('is written where a link points to', async () => {
    await writeFile(join(folder, 'real.csv'), 'old');
    await symlink(join(folder, 'real.csv'), join(folder, 'link.csv'));
    const file = await OutputFile.create(join(folder, 'link.csv'), unfinished);
    await file.write(bytes('new'));
    await file.commit();
    expect(await readFile(join(folder, 'real.csv'), 'utf8')).toBe('new');
  });

  it('leaves nothing when it is given up', async () => {
    const path = join(folder, 'out.csv');
    const file = await OutputFile.create(path, unfinished);
    await file.write(bytes('half'));
    await file.discard();
    expect(await readdir(folder)).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('leaves nothing when it cannot be closed', async () => {
    const file = await OutputFile.create(join(folder, 'out.csv'), unfinished);
    await file.write(bytes('half'));
    const [temporary = ''] = await readdir(folder);
    for (const descriptor of await readdir('/proc/self/fd')) {
      const path = await readlink(`/proc/self/fd/${descriptor}`).catch(() => '');
      if (path.endsWith(temporary)) closeSync(Number(descriptor));
    }
    await expect(file.discard()).rejects.toMatchObject({ data: { systemCode: 'EBADF' } });
    expect(await readdir(folder)).toEqual([]);
  });

  it.runIf(isUnix).each([
    ['a folder takes its name', (path: string) => mkdir(path), /folder of this name/],
    ['its folder goes', (path: string) => rm(join(path, '..'), { recursive: true }), /not there/],
  ])('leaves nothing where %s meanwhile, and says what to do', async (_name, happens, advice) => {
    const inside = join(folder, 'inside');
    await mkdir(inside);
    const file = await OutputFile.create(join(inside, 'out.csv'), unfinished);
    await file.write(bytes('half'));
    await happens(join(inside, 'out.csv'));
    await expect(file.commit()).rejects.toMatchObject({
      data: { kind: 'StorageFailed', advice: expect.stringMatching(advice) },
    });
    await file.discard();
    const left = await readdir(folder, { recursive: true });
    expect(left.filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it.each([
    [['gone', 'out.csv'], /folder is not there/],
    [[`${'x'.repeat(300)}.csv`], /shorter name/],
  ])('says what to do where it cannot be made: %#', async (names, advice) => {
    await expect(OutputFile.create(join(folder, ...names), unfinished)).rejects.toMatchObject({
      data: { kind: 'StorageFailed', advice: expect.stringMatching(advice) },
    });
  });

  it('is refused at once where it would replace what is no file', async () => {
    await expect(OutputFile.create(folder, unfinished)).rejects.toMatchObject({
      kind: 'StorageFailed',
      message: expect.stringContaining('is no file'),
    });
  });
});

describe('what a killed process leaves', () => {
  it('is removed by the next one, and nothing else', async () => {
    const left = await OutputFile.create(join(folder, 'out.csv'), unfinished);
    await left.write(bytes('half'));
    const foreign = '.postern-01234567-89ab-4cde-8f01-23456789abcd.part';
    await writeFile(join(folder, foreign), 'of somebody else');
    // A note of another file, as nothing but damage could make it.
    await writeFile(join(folder, 'kept.csv'), 'kept');
    await writeFile(join(notes, 'torn'), join(folder, 'kept.csv'));

    const next = new UnfinishedFiles(notes);
    const current = await OutputFile.create(join(folder, 'new.csv'), next);
    await current.write(bytes('new'));
    await next.removeLeftovers();
    await current.commit();
    expect((await readdir(folder)).sort()).toEqual([foreign, 'kept.csv', 'new.csv']);
    expect(await readdir(notes)).toEqual([]);
    await left.discard();
  });

  it('is looked for again where its folder cannot be reached', async () => {
    const inside = join(folder, 'inside');
    await mkdir(inside);
    const left = await OutputFile.create(join(inside, 'out.csv'), unfinished);
    await rename(inside, join(folder, 'away'));
    await writeFile(inside, 'no folder');
    await new UnfinishedFiles(notes).removeLeftovers();
    expect(await readdir(notes)).toHaveLength(1);
    await left.discard().catch(() => undefined);
  });

  it.each(['commit', 'discard'] as const)('leaves no note after %s', async (end) => {
    const file = await OutputFile.create(join(folder, 'out.csv'), unfinished);
    expect(await readdir(notes)).toHaveLength(1);
    await file[end]();
    expect(await readdir(notes)).toEqual([]);
  });

  it('is no reason to refuse an export that cannot be noted', async () => {
    await writeFile(join(folder, 'no-folder'), '');
    const unnoted = new UnfinishedFiles(join(folder, 'no-folder'));
    const file = await OutputFile.create(join(folder, 'out.csv'), unnoted);
    await file.write(bytes('whole'));
    await file.commit();
    expect(await readFile(join(folder, 'out.csv'), 'utf8')).toBe('whole');
  });
});
