import type { DatabaseErrorData, ErrorKind } from '@shared/models/database-error';
import type { ServerMessageFields } from '@shared/models/server-message';

const titles: Record<ErrorKind, string> = {
  ConnectionFailed: 'Connection failed',
  ConnectionLost: 'Connection lost',
  AuthenticationFailed: 'Authentication failed',
  HostKeyRefused: 'SSH host key refused',
  DatabaseNotFound: 'Database not found',
  PoolExhausted: 'All connections are in use',
  TooManyConnections: 'The server has too many connections',
  Timeout: 'Timed out',
  Cancelled: 'Cancelled',
  InvalidQuery: 'Invalid statement',
  TableNotFound: 'Relation not found',
  PermissionDenied: 'Permission denied',
  ReadOnly: 'Read-only',
  ConstraintViolated: 'Constraint violated',
  SerializationFailed: 'Serialization failed',
  LockNotAvailable: 'Lock not available',
  TransactionFailed: 'Transaction failed',
  ServerFailed: 'Server failure',
  QueryFailed: 'Statement failed',
  InvalidRequest: 'Invalid request',
  InvalidInput: 'Not run',
  NotFound: 'No longer there',
  KeychainUnavailable: 'Keychain unavailable',
  StorageFailed: 'Storage failed',
  SampleServerFailed: 'Sample server failed',
  Internal: 'Internal error',
};

/** What kind of error it is, in words. */
export function errorTitle(error: DatabaseErrorData): string {
  return titles[error.kind];
}

/** Whether an error is no fault of the statement or the server: it was asked for, or nothing was sent. */
export function isCalm({ kind }: DatabaseErrorData): boolean {
  return kind === 'Cancelled' || kind === 'InvalidInput';
}

/** Whether a run of which nothing was sent may fare better the next time. */
export function canRetry({ kind }: DatabaseErrorData): boolean {
  return retryableKinds.has(kind);
}

const retryableKinds: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  'ConnectionFailed',
  'ConnectionLost',
  'PoolExhausted',
  'TooManyConnections',
  'Timeout',
  'AuthenticationFailed',
]);

type Field = [name: string, value: string];

/**
 * The fields that are there of what the server said, by the names of the protocol's message fields. Of an
 * error also those of the query that failed inside a function.
 */
export function errorFields(
  said: ServerMessageFields & Pick<DatabaseErrorData, 'internalQuery' | 'internalPosition'>,
): Field[] {
  const { internalQuery, internalPosition } = said;
  const fields: [string, string | undefined][] = [
    ['Detail', said.detail],
    ['Hint', said.hint],
    ['Where', said.where],
    ['Internal query', internalQuery],
    ['Internal position', placeIn(internalQuery, internalPosition)],
    ['Schema', said.schema],
    ['Table', said.table],
    ['Column', said.column],
    ['Data type', said.dataType],
    ['Constraint', said.constraint],
  ];
  return fields.filter((field): field is Field => field[1] !== undefined);
}

/** The line and the column, both from 1 and in characters, of an offset in UTF-16 units. */
function placeIn(text: string | undefined, offset: number | undefined): string | undefined {
  if (text === undefined || offset === undefined) return undefined;
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/u);
  return `line ${lines.length}, column ${Array.from(lines.at(-1) ?? '').length + 1}`;
}

/** The whole error as text, for pasting into a report: also where in its source the server raised it. */
export function describeError(error: DatabaseErrorData): string {
  const { severity = 'ERROR', sqlState, systemCode } = error;
  const code = sqlState ?? systemCode;
  const head = `${severity}: ${code === undefined ? '' : `${code}: `}${error.message}`;
  const fields = errorFields(error).map(([name, value]) => `${name.toUpperCase()}: ${value}`);
  const location = error.location === undefined ? [] : [`LOCATION: ${error.location}`];
  return [head, ...fields, ...location].join('\n');
}
