import { open, rename, unlink } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { systemCodeOf } from '../db/errors/system-code';

/**
 * Gives a complete file the name of the one that it replaces. Windows refuses to replace a file that
 * a virus scanner or indexer has open, usually for some milliseconds: there it is tried again, for a
 * little more than a second in all.
 */
export async function replaceByRename(from: string, to: string): Promise<void> {
  for (let delayMs = 10; ; delayMs *= 2) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const isHeld = ['EPERM', 'EACCES', 'EBUSY'].includes(systemCodeOf(error) ?? '');
      if (process.platform !== 'win32' || !isHeld || delayMs > 1_000) throw error;
      await setTimeout(delayMs);
    }
  }
}

/** Removes a file; one that is not there is no error. */
export async function removeIfPresent(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
  }
}

/** Flushes a folder's entries; Windows has no such call and journals renames by itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
