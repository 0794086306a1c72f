import type { DatabaseErrorData } from '@shared/models/database-error';
import { DatabaseError } from '../../db/errors/database-error';

/** What opening a document found. */
export interface OpenedDocument<T> {
  /** The stored value, or the empty one where nothing could be read. */
  readonly value: T;
  /** Why a stored document could not be used, and where it was set aside; null when all is well. */
  readonly damage: DatabaseErrorData | null;
}

/** A newer version of the app wrote the document. It is left as it is, and nothing can be saved. */
export class NewerDocumentError extends DatabaseError {
  constructor(contents: string, path: string) {
    super({
      kind: 'StorageFailed',
      message: `The ${contents} were written by a newer version of Postern.`,
      advice: 'Update Postern to have them back: their file is left as it is.',
      detail: path,
    });
  }
}

/** One document that outlives the process, behind an interface so that services need no disk. */
export interface DocumentStore<T> {
  /**
   * Reads the document. One that cannot be understood is set aside and reported as `damage`.
   * Raises KeychainUnavailable where its key cannot be asked for, StorageFailed where the disk fails,
   * NewerDocumentError.
   */
  open(): Promise<OpenedDocument<T>>;
  /** Replaces the document as a whole. Raises as `open` does; the old document is then still there. */
  save(value: T): Promise<void>;
}
