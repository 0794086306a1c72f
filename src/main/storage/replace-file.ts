import { open, rename, unlink, type FileHandle } from 'node:fs/promises';
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

/**
 * Begins the file that is to take the place of another one, with that one's permission bits: open()
 * leaves out those that the umask takes from new files. Raises where there is a file of the name.
 */
export async function beginReplacement(path: string, mode: number): Promise<FileHandle> {
  const handle = await open(path, 'wx', mode);
  try {
    const { mode: given } = await handle.stat();
    // Where nothing is left out nothing is asked for: not every file system keeps such bits.
    if ((mode & ~given) !== 0) await handle.chmod(mode);
    return handle;
  } catch (error) {
    await handle.close();
    await removeIfPresent(path);
    throw error;
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

/** What a folder answers that cannot be opened to be flushed, or that a file system does not flush. */
const notFlushed: ReadonlySet<string> = new Set(['EACCES', 'EBADF', 'EINVAL']);

/**
 * Flushes a folder's entries. Windows has no such call and journals renames by itself; some file
 * systems, as those of shared folders, refuse it, and a folder may be one to write into only. What was
 * written is there all the same: PostgreSQL goes on in these cases too (source, fsync_fname_ext).
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!notFlushed.has(systemCodeOf(error) ?? '')) throw error;
  }
}
