import type { DatabaseErrorData } from '@shared/models/database-error';

/** What opening a document found. */
export interface OpenedDocument<T> {
  /** The stored value, or the empty one where nothing could be read. */
  readonly value: T;
  /** Why a stored document could not be used, and where it was set aside; null when all is well. */
  readonly damage: DatabaseErrorData | null;
}

/** One document that outlives the process, behind an interface so that services need no disk. */
export interface DocumentStore<T> {
  /**
   * Reads the document. One that cannot be understood is set aside and reported as `damage`.
   * Raises KeychainUnavailable where its key cannot be asked for, StorageFailed where the disk fails.
   */
  open(): Promise<OpenedDocument<T>>;
  /** Replaces the document as a whole. Raises as `open` does; the old document is then still there. */
  save(value: T): Promise<void>;
}
