import { lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { systemCodeOf } from '../db/errors/system-code';
import { removeIfPresent } from './replace-file';

/** The name under which a file is written before it takes its own; `id` is a random UUID. */
export const temporaryName = (id: string): string => `.postern-${id}.part`;

/**
 * Which temporary files lie in folders of the person's own: one note for each, in a folder of the
 * application's, for as long as the file is written. What a killed process left is removed by its
 * note alone, so that no file of anybody else's is ever taken for one.
 */
export class UnfinishedFiles {
  readonly #folder: string;
  /** Noted by this process: these are being written. */
  readonly #current = new Set<string>();

  /** `folder` is used by no other process; it is made when it is needed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Notes that a temporary file is about to be made. Never raises: files are written without a note too. */
  async note(id: string, path: string): Promise<void> {
    this.#current.add(id);
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeFile(join(this.#folder, id), path, { flag: 'wx', mode: 0o600 });
    } catch {
      // At worst a file is left behind.
    }
  }

  /** Forgets a temporary file that is gone. Never raises: a note of none does no harm. */
  async forget(id: string): Promise<void> {
    await removeIfPresent(join(this.#folder, id)).catch(() => undefined);
    this.#current.delete(id);
  }

  /** Removes what other processes have left; what cannot be reached is kept for later. */
  async removeLeftovers(): Promise<void> {
    for (const id of await this.#ids()) {
      if (this.#current.has(id)) continue;
      const path = await readFile(join(this.#folder, id), 'utf8');
      // A note that was torn was written before its file was made.
      const isWhole = basename(path) === temporaryName(id);
      if (!isWhole || (await removeFile(path))) await this.forget(id);
    }
  }

  async #ids(): Promise<readonly string[]> {
    try {
      return await readdir(this.#folder);
    } catch (error) {
      if (systemCodeOf(error) === 'ENOENT') return [];
      throw error;
    }
  }
}

/** Whether a file is gone afterwards; what has its name and is no file is left alone. */
async function removeFile(path: string): Promise<boolean> {
  try {
    if ((await lstat(path)).isFile()) await removeIfPresent(path);
    return true;
  } catch (error) {
    return systemCodeOf(error) === 'ENOENT';
  }
}
