import type { DatabaseErrorData, ErrorKind } from '@shared/models/database-error';

/** The one error that services raise: everything a person needs, as data that can cross to the renderer. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly data: DatabaseErrorData;

  constructor(data: DatabaseErrorData, options?: { cause?: unknown }) {
    super(data.message, options);
    this.data = data;
  }

  get kind(): ErrorKind {
    return this.data.kind;
  }
}
