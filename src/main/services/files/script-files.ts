import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import type {
  OpenedScript,
  ScriptFile,
  ScriptSave,
  ScriptsOpening,
  ScriptState,
} from '@shared/models/script-file';
import type { DatabaseErrorData } from '@shared/models/database-error';
import { longestTabText } from '@shared/models/sql-text';
import { DatabaseError } from '../../db/errors/database-error';
import { systemCodeOf } from '../../db/errors/system-code';
import type { ScriptPaths } from './script-paths';
import { decodeScript, encodeScript, newFileForm, versionOf } from './script-content';

/** A file of more bytes than the characters of a tab could take is not even read. */
const maxBytes = longestTabText * 3;
const scriptName = /\.(?:sql|psql|pgsql|ddl|txt)$/iu;
/** Read and write for the owner, read for others, less what the person's umask takes. */
const newFileMode = 0o644;

export interface ScriptFilesOptions {
  readonly paths: ScriptPaths;
  /** Replaces a file as a whole; `mode` holds its permission bits. Raises StorageFailed. */
  readonly writeFile: (path: string, bytes: Uint8Array, mode: number) => Promise<void>;
}

/**
 * Files of SQL in the person's own folders. A file is written only over the content that was read
 * before, so that nobody else's change is lost.
 */
export class ScriptFiles {
  readonly #options: ScriptFilesOptions;

  constructor(options: ScriptFilesOptions) {
    this.#options = options;
  }

  /**
   * Opens a file that a person has named. Raises DatabaseError of kind InvalidInput for what is no
   * text that a tab can hold, NotFound where there is none, StorageFailed where it cannot be read.
   */
  async open(path: string): Promise<OpenedScript> {
    const bytes = await this.#bytes(path);
    const name = basename(path);
    const { text } = decodeScript(bytes, name);
    if (text.length > longestTabText) throw tooLarge(name);
    return { file: await this.#file(path, bytes), text };
  }

  /** Opens each of the files that a person has named, as `open` does, and says why some could not be. */
  async openAll(paths: readonly string[]): Promise<ScriptsOpening> {
    const tries = await Promise.allSettled(paths.map((path) => this.open(path)));
    return {
      opened: tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
      failures: tries.flatMap((one) => (one.status === 'rejected' ? [failureOf(one.reason)] : [])),
    };
  }

  /**
   * Opens a file by a path that the page tells, which is why only endings of scripts are taken: a page
   * that was taken over must not reach keys or configurations. Raises as `open` does.
   */
  async openDropped(path: string): Promise<OpenedScript> {
    if (isAbsolute(path) && scriptName.test(path)) return this.open(path);
    throw new DatabaseError({
      kind: 'InvalidInput',
      message: `${basename(path)} does not end as a file of SQL.`,
      advice:
        'Files that are dropped end in .sql, .psql, .pgsql, .ddl or .txt. Open others by the menu.',
    });
  }

  /** Reads a file again. Raises as `open` does. */
  async read(id: string): Promise<OpenedScript> {
    return this.open(await this.#pathOf(id));
  }

  /**
   * Replaces the content that `version` stands for, in the file's own encoding and line ends; a file
   * that is gone is written anew. Writes nothing over any other content. Raises DatabaseError of kind
   * StorageFailed.
   */
  async save(id: string, text: string, version: string): Promise<ScriptSave> {
    const path = await this.#pathOf(id);
    const present = await this.#bytes(path).catch(nullWhereGone);
    if (present === null) {
      return { outcome: 'saved', file: await this.#write(path, encodeScript(text, newFileForm)) };
    }
    const found = versionOf(present);
    if (found !== version) return { outcome: 'changed', version: found };
    const { form } = decodeScript(present, basename(path));
    return { outcome: 'saved', file: await this.#write(path, encodeScript(text, form)) };
  }

  /** Writes a file whose name a person has chosen, and agreed to replace. Raises StorageFailed. */
  saveAs(path: string, text: string): Promise<ScriptFile> {
    return this.#write(path, encodeScript(text, newFileForm));
  }

  /** Which content each file has now. */
  check(ids: readonly string[]): Promise<ScriptState[]> {
    return Promise.all(
      ids.map(async (id) => {
        const path = await this.#options.paths.pathOf(id);
        const bytes = path === null ? null : await this.#bytes(path).catch(() => null);
        return { id, version: bytes === null ? null : versionOf(bytes) };
      }),
    );
  }

  async #write(path: string, bytes: Uint8Array): Promise<ScriptFile> {
    // A link stays a link: what it leads to is replaced.
    const target = await realpath(path).catch(() => path);
    const mode = await stat(target).then(
      (found) => found.mode & 0o777,
      () => newFileMode & ~process.umask(),
    );
    await this.#options.writeFile(target, bytes, mode);
    return this.#file(path, bytes);
  }

  async #file(path: string, bytes: Uint8Array): Promise<ScriptFile> {
    const id = await this.#options.paths.idOf(path);
    return { id, path, name: basename(path), version: versionOf(bytes) };
  }

  async #pathOf(id: string): Promise<string> {
    const path = await this.#options.paths.pathOf(id);
    if (path !== null) return path;
    throw new DatabaseError({
      kind: 'NotFound',
      message: 'It is not known any more which file this tab belongs to.',
      advice: 'Save the tab under a name.',
    });
  }

  async #bytes(path: string): Promise<Uint8Array> {
    const name = basename(path);
    try {
      const found = await stat(path);
      if (!found.isFile()) {
        throw new DatabaseError({
          kind: 'InvalidInput',
          message: `${name} is not a file.`,
          advice: 'Open a file of SQL.',
        });
      }
      if (found.size > maxBytes) throw tooLarge(name);
      return await readFile(path);
    } catch (error) {
      if (error instanceof DatabaseError) throw error;
      throw unreadable(path, error);
    }
  }
}

/** Raises what is no failure of a file. */
function failureOf(reason: unknown): DatabaseErrorData {
  if (reason instanceof DatabaseError) return reason.data;
  throw reason;
}

function tooLarge(name: string): DatabaseError {
  return new DatabaseError({
    kind: 'InvalidInput',
    message: `${name} is too large: a tab holds up to 8 MB of text.`,
    advice: 'Run it with psql, or split it.',
  });
}

function unreadable(path: string, cause: unknown): DatabaseError {
  const code = systemCodeOf(cause) ?? 'unknown reason';
  const isGone = code === 'ENOENT' || code === 'ENOTDIR';
  return new DatabaseError(
    {
      kind: isGone ? 'NotFound' : 'StorageFailed',
      message: isGone ? `There is no file ${path}.` : `${path} could not be read (${code}).`,
      advice: isGone
        ? 'It was moved, renamed or deleted.'
        : 'Check that you may read the file, then try again.',
    },
    { cause },
  );
}

function nullWhereGone(error: unknown): null {
  if (error instanceof DatabaseError && error.data.kind === 'NotFound') return null;
  throw error;
}
