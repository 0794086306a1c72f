import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AtomicFile } from '../../../../src/main/storage/atomic-file';

describe('AtomicFile', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'postern-file-'));
    path = join(folder, 'inner', 'store.bin');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is null before the first write, then the last bytes', async () => {
    const file = new AtomicFile(path);
    expect(await file.read()).toBeNull();
    await file.write('one');
    await file.write(Buffer.from([0, 255]));
    expect(await file.read()).toEqual(Buffer.from([0, 255]));
    expect(await readdir(join(folder, 'inner'))).toEqual(['store.bin']);
  });

  it.runIf(process.platform !== 'win32')('is readable by its owner alone', async () => {
    await new AtomicFile(path).write('secret');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'inner'))).mode & 0o777).toBe(0o700);
  });

  it('keeps the old bytes and leaves nothing behind when a write fails', async () => {
    const file = new AtomicFile(path);
    await mkdir(path, { recursive: true });
    await expect(file.write('new')).rejects.toMatchObject({ data: { kind: 'StorageFailed' } });
    expect(await readdir(join(folder, 'inner'))).toEqual(['store.bin']);
  });

  it('says which file cannot be read and what to do', async () => {
    await mkdir(path, { recursive: true });
    await expect(new AtomicFile(path).read()).rejects.toMatchObject({
      data: {
        kind: 'StorageFailed',
        systemCode: 'EISDIR',
        message: expect.stringContaining(path),
        advice: expect.any(String),
      },
    });
  });

  it('sets a file aside under a new name each time, never over an earlier one', async () => {
    const file = new AtomicFile(path);
    const now = new Date('2026-01-02T03:04:05.006Z');
    const names: string[] = [];
    for (const content of ['first', 'second', 'third']) {
      await file.write(content);
      names.push(await file.setAside(now));
    }
    expect(names[0]).toBe(`${path}.damaged-2026-01-02T03-04-05-006Z`);
    expect(new Set(names).size).toBe(3);
    const contents = await Promise.all(names.map((name) => readFile(name, 'utf8')));
    expect(contents).toEqual(['first', 'second', 'third']);
    expect(await file.read()).toBeNull();
  });

  it('removes what killed processes left, and nothing else', async () => {
    const file = new AtomicFile(path);
    await file.write('content');
    const uuid = '01234567-89ab-4cde-8f01-23456789abcd';
    // Above the largest process id of any supported system (pid_max is at most 2^22).
    await writeFile(`${path}.99999999-${uuid}.tmp`, 'half');
    await writeFile(`${path}.${process.pid}-${uuid}.tmp`, 'being written');
    await writeFile(`${path}.damaged-2026`, 'kept');
    await file.removeLeftovers();
    expect((await readdir(join(folder, 'inner'))).sort()).toEqual([
      'store.bin',
      `store.bin.${process.pid}-${uuid}.tmp`,
      'store.bin.damaged-2026',
    ]);
  });
});
