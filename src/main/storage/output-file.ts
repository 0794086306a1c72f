import { randomUUID } from 'node:crypto';
import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseError } from '../db/errors/database-error';
import { systemCodeOf } from '../db/errors/system-code';
import type { WritableFile } from '../services/export/writable-file';
import { beginReplacement, removeIfPresent, replaceByRename, syncFolder } from './replace-file';
import { storageFailed } from './storage-error';
import { temporaryName, type UnfinishedFiles } from './unfinished-files';

/**
 * A file that appears complete or not at all: it is written beside its place under a temporary name
 * and takes its own by rename, so that an older file stays until then.
 */
export class OutputFile implements WritableFile {
  readonly #path: string;
  readonly #temporary: string;
  readonly #handle: FileHandle;
  readonly #forget: () => Promise<void>;
  #bytes = 0;

  private constructor(
    path: string,
    temporary: string,
    handle: FileHandle,
    forget: () => Promise<void>,
  ) {
    this.#path = path;
    this.#temporary = temporary;
    this.#handle = handle;
    this.#forget = forget;
  }

  /**
   * Notes the temporary file in `unfinished` until it is gone. Raises StorageFailed when the folder
   * cannot be written, and for what is there and is no file.
   */
  static async create(chosen: string, unfinished: UnfinishedFiles): Promise<OutputFile> {
    const id = randomUUID();
    const forget = (): Promise<void> => unfinished.forget(id);
    try {
      // A rename would replace a symbolic link instead of the file that it points to.
      const path = await unlessMissing(realpath(chosen), chosen);
      const found = await unlessMissing(stat(path), null);
      if (found?.isFile() === false) throw notAFile(chosen);
      // A short name of its own: the chosen one may be as long as a name can be.
      const temporary = join(dirname(path), temporaryName(id));
      await unfinished.note(id, temporary);
      const handle =
        found === null
          ? await open(temporary, 'wx')
          : await beginReplacement(temporary, found.mode & 0o777);
      return new OutputFile(path, temporary, handle, forget);
    } catch (error) {
      await forget();
      if (error instanceof DatabaseError) throw error;
      throw storageFailed(`The file ${chosen} could not be written`, error);
    }
  }

  get bytes(): number {
    return this.#bytes;
  }

  async write(chunk: Uint8Array): Promise<void> {
    await this.#attempt(async () => {
      for (let offset = 0; offset < chunk.length;) {
        const { bytesWritten } = await this.#handle.write(chunk, offset);
        offset += bytesWritten;
      }
      this.#bytes += chunk.length;
    });
  }

  async commit(): Promise<void> {
    await this.#attempt(async () => {
      await this.#handle.sync();
      await this.#handle.close();
      await replaceByRename(this.#temporary, this.#path);
      await this.#forget();
      await syncFolder(dirname(this.#path));
    });
  }

  async discard(): Promise<void> {
    await this.#attempt(async () => {
      try {
        // A full disk may be told here only, as on a network share: the file has to go all the same.
        await this.#handle.close();
      } finally {
        await removeIfPresent(this.#temporary);
        await this.#forget();
      }
    });
  }

  async #attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      throw storageFailed(`The file ${this.#path} could not be written`, error);
    }
  }
}

/** The rename would put a file in place of a pipe or a device; of a folder it fails, at the very end. */
function notAFile(chosen: string): DatabaseError {
  return new DatabaseError({
    kind: 'StorageFailed',
    message: `${chosen} is no file, but a folder, a pipe or a device.`,
    advice: 'Choose another name.',
  });
}

async function unlessMissing<T, U>(found: Promise<T>, otherwise: U): Promise<T | U> {
  try {
    return await found;
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return otherwise;
    throw error;
  }
}
