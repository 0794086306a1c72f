import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DatabaseError } from '../db/errors/database-error';
import { systemCodeOf } from '../db/errors/system-code';
import { beginReplacement, removeIfPresent, replaceByRename, syncFolder } from './replace-file';
import { storageFailed } from './storage-error';

/**
 * A small file that is replaced as a whole: whoever reads it finds the old bytes or the new ones,
 * never a mixture, whatever moment the process or the machine stops at.
 *
 * A write goes to a temporary file in the same folder, is flushed, and takes the name by rename(),
 * which POSIX defines as atomic; the folder is flushed so that the rename survives a power failure.
 * Callers serialise their writes.
 */
export class AtomicFile {
  readonly path: string;
  readonly #mode: number;

  /** `mode` holds the permission bits of the file, by default of its owner alone. */
  constructor(path: string, mode = 0o600) {
    this.path = path;
    this.#mode = mode;
  }

  /** The file's bytes; null when there is no file. Raises StorageFailed when it cannot be read. */
  async read(): Promise<Buffer | null> {
    try {
      return await readFile(this.path);
    } catch (error) {
      if (systemCodeOf(error) === 'ENOENT') return null;
      throw storageFailed(`The file ${this.path} could not be read`, error);
    }
  }

  /** Replaces the file's content. Raises StorageFailed; the old content is then still there. */
  async write(bytes: Uint8Array | string): Promise<void> {
    const folder = dirname(this.path);
    const temporary = `${this.path}.${process.pid}-${randomUUID()}.tmp`;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      try {
        const handle = await beginReplacement(temporary, this.#mode);
        try {
          await handle.writeFile(bytes);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await replaceByRename(temporary, this.path);
      } catch (error) {
        await removeIfPresent(temporary);
        throw error;
      }
      await syncFolder(folder);
    } catch (error) {
      throw storageFailed(`The file ${this.path} could not be saved`, error);
    }
  }

  /**
   * Gives the file another name, `<name>.damaged-<time>`, so that a fresh one can be written while
   * nothing of the old is lost; returns the new path. Never replaces an earlier file.
   */
  async setAside(now: Date): Promise<string> {
    const stamp = now.toISOString().replaceAll(/[:.]/g, '-');
    for (let attempt = 1; attempt <= 100; attempt += 1) {
      const target = `${this.path}.damaged-${stamp}${attempt === 1 ? '' : `-${attempt}`}`;
      try {
        // link() fails when the target exists, which rename() would silently replace.
        await link(this.path, target);
        await unlink(this.path);
        await syncFolder(dirname(this.path));
        return target;
      } catch (error) {
        if (systemCodeOf(error) === 'EEXIST') continue;
        if (!withoutHardLinks.has(systemCodeOf(error) ?? '')) {
          throw storageFailed(`The damaged file ${this.path} could not be set aside`, error);
        }
        await this.#renameAside(target);
        return target;
      }
    }
    throw new DatabaseError({
      kind: 'StorageFailed',
      message: `The damaged file ${this.path} could not be set aside: every name for it is taken.`,
      advice: 'Move the file to another folder, then start Postern again.',
    });
  }

  /** Removes temporary files that processes left which were stopped in the middle of a write. */
  async removeLeftovers(): Promise<void> {
    const folder = dirname(this.path);
    const prefix = `${basename(this.path)}.`;
    const names = await readdir(folder).catch((error: unknown) => {
      if (systemCodeOf(error) === 'ENOENT') return [];
      throw storageFailed(`The folder ${folder} could not be read`, error);
    });
    for (const name of names) {
      const owner = name.startsWith(prefix) && leftover.exec(name.slice(prefix.length))?.[1];
      if (owner && !isRunning(Number(owner))) await removeIfPresent(join(folder, name));
    }
  }

  async #renameAside(target: string): Promise<void> {
    try {
      await rename(this.path, target);
    } catch (error) {
      throw storageFailed(`The damaged file ${this.path} could not be set aside`, error);
    }
  }
}

/** What link() answers on file systems without hard links, such as FAT and some network shares. */
const withoutHardLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EISDIR']);

const leftover = /^(\d+)-[0-9a-f-]{36}\.tmp$/;

function isRunning(pid: number): boolean {
  try {
    // Signal 0 sends nothing: it only asks whether the process is there (kill(2)).
    return process.kill(pid, 0);
  } catch (error) {
    return systemCodeOf(error) === 'EPERM';
  }
}
