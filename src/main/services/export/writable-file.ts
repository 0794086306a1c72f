/** A file that appears complete or not at all; until it is put in its place, an older one stays. */
export interface WritableFile {
  /** Bytes written so far. */
  readonly bytes: number;
  /** Resolves when the system has taken the bytes. Raises StorageFailed. */
  write(chunk: Uint8Array): Promise<void>;
  /** Puts the file in its place, where it replaces an older one. Raises StorageFailed. */
  commit(): Promise<void>;
  /** Removes what was written; an older file is untouched. Raises StorageFailed. */
  discard(): Promise<void>;
}

/** Begins a file at a path. Raises StorageFailed when the folder cannot be written. */
export type CreateFile = (path: string) => Promise<WritableFile>;
