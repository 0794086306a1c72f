import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ClusterFolder } from './cluster-folder';
import { originFile, type Placement } from './placement';

/**
 * For root, the files of a sample lie outside the app's own folder and would stay behind when that
 * is deleted, as test runs and containers do. This removes every sample whose folder is gone, and
 * ends its server. Raises nothing: what cannot be removed now is told to `log` and tried again at
 * the next start.
 */
export async function removeAbandonedSamples(
  placement: Placement,
  log: (message: string) => void,
): Promise<void> {
  if (placement.account === null) return;
  const parent = dirname(placement.directory);
  for (const name of await readdir(parent)) {
    const directory = join(parent, name);
    try {
      if (!(await isAbandoned(directory))) continue;
      const folder = new ClusterFolder({ ...placement, directory });
      for (const cluster of await folder.all()) await folder.discard(cluster);
      await rm(directory, { recursive: true, force: true });
      log(`Sample server: removed ${directory}, whose folder is gone`);
    } catch (error) {
      log(`Sample server: ${directory} could not be removed: ${String(error)}`);
    }
  }
}

/** Whether it notes the folder that it belongs to, and that folder does not exist. */
async function isAbandoned(directory: string): Promise<boolean> {
  const origin = await readFile(join(directory, originFile), 'utf8').catch(() => null);
  if (origin === null) return false;
  return stat(origin).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
}
