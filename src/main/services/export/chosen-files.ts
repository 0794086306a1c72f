import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { DatabaseError } from '../../db/errors/database-error';

/** Files that a person chose in a dialog. The page names them by id: it never learns or gives a path. */
export class ChosenFiles {
  readonly #paths = new Map<string, { readonly path: string; state: 'chosen' | 'written' }>();

  /** Notes a path that came from a native dialog. */
  add(path: string): { fileId: string; name: string } {
    const fileId = randomUUID();
    this.#paths.set(fileId, { path, state: 'chosen' });
    return { fileId, name: basename(path) };
  }

  /** The path to write to. Raises NotFound for an id that was not given, or was written already. */
  pathToWrite(fileId: string): string {
    const file = this.#paths.get(fileId);
    if (file?.state !== 'chosen') throw notChosen();
    return file.path;
  }

  noteWritten(fileId: string): void {
    const file = this.#paths.get(fileId);
    if (file !== undefined) file.state = 'written';
  }

  /** The path of a file that an export has written. Raises NotFound for any other. */
  pathOfWritten(fileId: string): string {
    const file = this.#paths.get(fileId);
    if (file?.state !== 'written') throw notChosen();
    return file.path;
  }
}

function notChosen(): DatabaseError {
  return new DatabaseError({
    kind: 'NotFound',
    message: 'No file was chosen for this.',
    advice: 'Choose the file again.',
  });
}
