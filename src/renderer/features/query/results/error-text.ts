import type { DatabaseErrorData, ErrorKind } from '@shared/models/database-error';

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

/** The fields of an error that are there, by the names of the protocol's message fields. */
export function errorFields(error: DatabaseErrorData): [name: string, value: string][] {
  const fields: [string, string | undefined][] = [
    ['Detail', error.detail],
    ['Hint', error.hint],
    ['Where', error.where],
    ['Internal query', error.internalQuery],
    ['Schema', error.schema],
    ['Table', error.table],
    ['Column', error.column],
    ['Data type', error.dataType],
    ['Constraint', error.constraint],
  ];
  return fields.filter((field): field is [string, string] => field[1] !== undefined);
}

/** The whole error as text, for pasting into a report. */
export function describeError(error: DatabaseErrorData): string {
  const { severity = 'ERROR', sqlState, systemCode } = error;
  const code = sqlState ?? systemCode;
  const head = `${severity}: ${code === undefined ? '' : `${code}: `}${error.message}`;
  const fields = errorFields(error).map(([name, value]) => `${name.toUpperCase()}: ${value}`);
  return [head, ...fields].join('\n');
}
