import type { DatabaseErrorData, ErrorKind } from '@shared/models/database-error';
import type { ErrorContext } from './error-context';
import { describeLinkError } from './link-error';
import { describeServerError, isServerError } from './server-error';

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

/**
 * Turns whatever was thrown while connecting or running a statement into a DatabaseError, which it
 * leaves as it is when it is one already. The original stays as `cause`. No password is in it: the
 * context has none, and neither the server nor pg repeats one.
 */
export function toDatabaseError(
  error: unknown,
  context: ErrorContext = { phase: 'query' },
): DatabaseError {
  return error instanceof DatabaseError
    ? error
    : new DatabaseError(describe(error, context), { cause: error });
}

/** What an aborted wait or statement ends with. */
export function cancelledError(message = 'It was cancelled.'): DatabaseError {
  return new DatabaseError({ kind: 'Cancelled', message });
}

function describe(error: unknown, context: ErrorContext): DatabaseErrorData {
  if (isServerError(error)) return describeServerError(error, context);
  const link = describeLinkError(error, context);
  if (link !== null) return link;
  if (error instanceof Error && error.name === 'AbortError') {
    return { kind: 'Cancelled', message: 'It was cancelled.' };
  }
  return {
    kind: 'Internal',
    message: error instanceof Error && error.message !== '' ? error.message : 'Something failed.',
    advice: 'This is a defect of the app.',
  };
}
