import type { DatabaseErrorData } from '@shared/models/database-error';
import type { ServerMessageFields } from '@shared/models/server-message';
import { adviceOnServerError } from './advice';
import type { ErrorContext } from './error-context';
import { messageFields } from './message-fields';
import { inWordsOfParameters } from './parameter-error';
import { meaningOf } from './pooler-error';
import { kindOfSqlState } from './sqlstate';
import { offsetOfPosition } from './statement-position';

/** The fields of the protocol's ErrorResponse as pg names them. */
export interface ServerErrorFields extends Readonly<ServerMessageFields> {
  readonly message: string;
  readonly severity: string;
  readonly code: string;
  readonly position?: string;
  readonly internalPosition?: string;
  readonly internalQuery?: string;
  /** The C function that raised it: unlike the message, never translated. */
  readonly routine?: string;
  /** The file of the server's source. */
  readonly file?: string;
  readonly line?: string;
}

/**
 * Whether this is an ErrorResponse of the server. The severity is looked at because an errno name
 * such as EPIPE has the form of a SQLSTATE too.
 */
export function isServerError(error: unknown): error is ServerErrorFields {
  return (
    error instanceof Error &&
    'severity' in error &&
    typeof error.severity === 'string' &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^[0-9A-Z]{5}$/.test(error.code)
  );
}

/** A server's error as data, every field that a person can use kept as sent. */
export function describeServerError(
  error: ServerErrorFields,
  context: ErrorContext,
): DatabaseErrorData {
  const code = context.phase === 'connect' ? meaningOf(error) : error.code;
  const kind = kindOf({ ...error, message: error.message, code }, context);
  const advice = adviceOnServerError({ ...error, message: error.message, code }, context);
  const data: DatabaseErrorData = {
    kind,
    message: error.message,
    sqlState: error.code,
    severity: error.severity,
    ...(advice !== undefined && { advice }),
    ...positionOf(error, context),
    ...messageFields(error),
    ...(error.internalQuery !== undefined && { internalQuery: error.internalQuery }),
    ...locationOf(error),
  };
  return inWordsOfParameters(data, error, context);
}

/** As psql writes it in \errverbose. */
function locationOf({ routine, file, line }: ServerErrorFields): { location?: string } {
  if (routine === undefined || file === undefined) return {};
  return { location: `${routine}, ${file}${line === undefined ? '' : `:${line}`}` };
}

function kindOf(error: ServerErrorFields, context: ErrorContext): DatabaseErrorData['kind'] {
  // query_canceled is a person's cancel and statement_timeout alike; only the text, which the
  // server may have translated, tells them apart.
  if (error.code === '57014' && context.cancelRequested !== true) {
    if (/statement timeout/i.test(error.message)) return 'Timeout';
    if (context.cancelRequested === false && !/user request/i.test(error.message)) return 'Timeout';
  }
  return kindOfSqlState(error.code, context.phase);
}

function positionOf(
  error: ServerErrorFields,
  context: ErrorContext,
): Pick<DatabaseErrorData, 'position' | 'internalPosition'> {
  const position = Number(error.position);
  const internalPosition = Number(error.internalPosition);
  return {
    ...(context.statement !== undefined &&
      position > 0 && {
        position: (context.statementOffset ?? 0) + originalOffset(context, position),
      }),
    ...(error.internalQuery !== undefined &&
      internalPosition > 0 && {
        internalPosition: offsetOfPosition(error.internalQuery, internalPosition),
      }),
  };
}

/** The offset in the person's statement of a position that the server counts in the sent one. */
function originalOffset(
  { statement = '', originalOffset }: ErrorContext,
  position: number,
): number {
  const sent = offsetOfPosition(statement, position);
  return originalOffset === undefined ? sent : originalOffset(sent);
}
