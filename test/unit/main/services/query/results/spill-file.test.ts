import { mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ResultStore } from '../../../../../../src/main/services/query/results/result-store';
import { SpillFile } from '../../../../../../src/main/services/query/results/spill-file';
import { batchOf } from '../../../../renderer/components/grid/row-batches';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-spill-'));
  path = join(folder, 'results', 'rows');
  return () => rm(folder, { recursive: true, force: true });
});

describe('SpillFile', () => {
  let file: SpillFile;
  beforeEach(() => {
    file = new SpillFile(path);
  });
  afterEach(() => file.close());

  it('gives back records in any order, also empty ones and ones of many megabytes', async () => {
    const records = [
      new TextEncoder().encode('first'),
      new Uint8Array(0),
      new Uint8Array(3_500_000).map((_, index) => index % 251),
      new TextEncoder().encode('last'),
    ];
    const written = await Promise.all(records.map((bytes) => file.write(bytes)));
    for (const index of [3, 0, 2, 1, 2]) {
      const record = written[index];
      if (record === undefined) throw new Error('not written');
      expect(Buffer.compare(await file.read(record), records[index] ?? new Uint8Array(1))).toBe(0);
    }
  });

  it('writes the same bytes differently each time', async () => {
    const bytes = new Uint8Array(64);
    const [first, second] = [await file.write(bytes), await file.write(bytes)];
    const sealed = await readFile(path);
    const at = ({ position }: { position: number }): Buffer =>
      sealed.subarray(position, position + 64);
    expect(at(first).equals(at(second))).toBe(false);
    expect(at(first).equals(bytes)).toBe(false);
  });

  it('notices that somebody changed the file', async () => {
    const record = await file.write(new TextEncoder().encode('rows of a result'));
    const handle = await open(path, 'r+');
    await handle.write(Buffer.from([0]), 0, 1, record.position + 3);
    await handle.write(Buffer.from([255]), 0, 1, record.position + 4);
    await handle.close();
    await expect(file.read(record)).rejects.toMatchObject({ data: { kind: 'StorageFailed' } });
  });

  it('is made with its first record and deleted when it is closed', async () => {
    expect(await readdir(folder)).toEqual([]);
    await file.write(new Uint8Array(1));
    expect(await readdir(join(folder, 'results'))).toEqual(['rows']);
    await file.close();
    expect(await readdir(join(folder, 'results'))).toEqual([]);
    await expect(file.write(new Uint8Array(1))).rejects.toMatchObject({
      data: { kind: 'NotFound' },
    });
    expect(await readdir(join(folder, 'results'))).toEqual([]);
  });
});

describe('ResultStore', () => {
  const rows = batchOf(Array.from({ length: 1_000 }, (_, row) => [`row ${row}`]));

  it('deletes what a process left that was killed', async () => {
    const results = join(folder, 'results');
    const killed = new ResultStore({ folder: results, budget: 1 });
    const left = killed.create(1);
    await left.append(rows, { isSeen: true });
    expect(await readdir(results)).toHaveLength(1);
    await new ResultStore({ folder: results, budget: 1 }).clear();
    expect(await readdir(folder)).toEqual([]);
    // As the end of its process does with its files.
    await left.close();
  });

  it('says so when there is no room for rows, adds none of them, and takes them later', async () => {
    const blocked = join(folder, 'blocked');
    const handle = await open(blocked, 'w');
    await handle.close();
    const result = new ResultStore({ folder: blocked, budget: 1 }).create(1);
    await expect(result.append(rows, { isSeen: true })).rejects.toMatchObject({
      data: { kind: 'StorageFailed' },
    });
    expect(result.rowCount).toBe(0);
    await rm(blocked);
    await result.append(rows, { isSeen: true });
    expect(result.rowCount).toBe(1_000);
    expect((await result.read(0, 2_000, 1_000_000)).rowCount).toBe(1_000);
    await result.close();
  });
});
