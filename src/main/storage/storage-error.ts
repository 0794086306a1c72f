import { DatabaseError } from '../db/errors/database-error';
import { systemCodeOf } from '../db/errors/system-code';

/** An error of kind StorageFailed that says what to do about the system error behind it. */
export function storageFailed(what: string, cause: unknown): DatabaseError {
  const code = systemCodeOf(cause);
  return new DatabaseError(
    {
      kind: 'StorageFailed',
      message: code === undefined ? `${what}.` : `${what} (${code}).`,
      advice: adviceFor(code),
      ...(code !== undefined && { systemCode: code }),
    },
    { cause },
  );
}

const advice: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: free some space, then try again. The earlier content is kept.',
  EDQUOT:
    'Your disk quota is used up: free some space, then try again. The earlier content is kept.',
  EACCES: 'Check that the file and its folder belong to you and can be written, then try again.',
  EPERM: 'Check that the file and its folder belong to you and can be written, then try again.',
  ENOENT: 'Its folder is not there (any more): choose another one, or make it, then try again.',
  EISDIR: 'There is a folder of this name: choose another name.',
  ENAMETOOLONG: 'Choose a shorter name.',
  EFBIG: 'The disk cannot hold a file as large as this: choose another one.',
  EROFS: 'The disk can only be read: make it writable, then try again.',
};

function adviceFor(code: string | undefined): string {
  return (
    advice[code ?? ''] ??
    'Check the disk and the folder, then try again. The earlier content is kept.'
  );
}
