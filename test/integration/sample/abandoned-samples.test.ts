import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { removeAbandonedSamples } from '../../../src/main/services/sample/abandoned-samples';
import { Cluster } from '../../../src/main/services/sample/cluster';
import { originFile, preparePlacement } from '../../../src/main/services/sample/placement';
import { servesDirectory } from '../../../src/main/services/sample/postmaster';
import type { Placement } from '../../../src/main/services/sample/placement';
import { makeSampleFolder, type SampleFolder } from './sample-folder';

let folder: SampleFolder;
let placement: Placement;

beforeEach(async () => {
  folder = await makeSampleFolder();
  placement = await preparePlacement(folder.path);
});
afterEach(() => folder.remove());

/** A sample beside others, with a server that runs, belonging to the folder `origin`. */
async function makeSample(
  name: string,
  origin: string,
): Promise<{ stop: () => Promise<void>; pid: number; path: string }> {
  const directory = join(placement.directory, name);
  await mkdir(directory);
  await writeFile(join(directory, originFile), origin);
  const path = join(directory, 'cluster-one');
  const cluster = new Cluster({ ...placement, directory }, path);
  const { signal } = new AbortController();
  await cluster.initialise(signal);
  const { pid } = await cluster.launch(signal);
  return { stop: () => cluster.stop(), pid, path };
}

test('a sample whose folder is gone is removed with its server, any other one stays', async () => {
  const gone = await makeSample('sample-gone', join(folder.path, 'deleted'));
  const kept = await makeSample('sample-kept', folder.path);
  await mkdir(join(placement.directory, 'unknown'));
  // As for root, whatever the user of this test: the samples lie beside each other.
  const account = placement.account ?? {
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
  };
  const log = vi.fn<(message: string) => void>();

  await removeAbandonedSamples(
    { ...placement, account, directory: join(placement.directory, 'sample-kept') },
    log,
  );

  const left = await readdir(placement.directory);
  expect(left).not.toContain('sample-gone');
  expect(left).toEqual(expect.arrayContaining(['sample-kept', 'unknown']));
  expect(await servesDirectory(gone.pid, gone.path)).toBe(false);
  expect(await servesDirectory(kept.pid, kept.path)).toBe(true);
  expect(log.mock.calls.flat().join()).toContain('sample-gone');
  await kept.stop();
  await rm(join(placement.directory, 'sample-kept'), { recursive: true });
});
