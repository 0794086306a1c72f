import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  ResultMemory,
  StoredBytes,
} from '../../../../../../src/main/services/query/results/result-memory';
import { SpillFile } from '../../../../../../src/main/services/query/results/spill-file';

let folder: string;
let one: SpillFile;
let other: SpillFile;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-result-memory-'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach((context) => {
  one = new SpillFile(join(folder, `${context.task.id}-one`));
  other = new SpillFile(join(folder, `${context.task.id}-other`));
  return async () => {
    await one.close();
    await other.close();
  };
});

const bytes = (file: SpillFile, value: number, length = 100): StoredBytes =>
  new StoredBytes(new Uint8Array(length).fill(value), file);

it('keeps no more of one result than its part, and leaves the others alone', async () => {
  const memory = new ResultMemory(1_000, 300);
  const kept = bytes(other, 9);
  await memory.add(kept);
  const pages = Array.from({ length: 8 }, (_, index) => bytes(one, index));
  for (const page of pages) await memory.add(page);
  expect(memory.heldBytes).toBe(400);
  expect(kept.bytes).not.toBeNull();
  expect(pages.map((page) => page.bytes !== null)).toEqual(
    pages.map((_page, index) => index >= pages.length - 3),
  );
  for (const [index, page] of pages.entries()) {
    expect(await memory.read(page)).toEqual(new Uint8Array(100).fill(index));
    expect(memory.heldBytes).toBe(400);
  }
});

it('has the whole part of a result again once its rows are dropped', async () => {
  const memory = new ResultMemory(1_000, 300);
  for (let round = 0; round < 3; round += 1) {
    const pages = [1, 2, 3].map((value) => bytes(one, value));
    for (const page of pages) await memory.add(page);
    expect(memory.heldBytes).toBe(300);
    expect(pages.every((page) => page.bytes !== null)).toBe(true);
    for (const page of pages) memory.drop(page);
    expect(memory.heldBytes).toBe(0);
  }
});

it('keeps what is larger than a part in the file only', async () => {
  const memory = new ResultMemory(1_000, 300);
  const large = bytes(one, 7, 400);
  await memory.add(large);
  expect(memory.heldBytes).toBe(0);
  expect(await memory.read(large)).toHaveLength(400);
  expect(memory.heldBytes).toBe(0);
});
