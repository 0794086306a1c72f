import type { DatabaseErrorKind } from '@shared/models/database-error';

/** Whether a session was being made or a statement was on its way when something went wrong. */
export type ErrorPhase = 'connect' | 'query';

/** SQLSTATEs that mean something else than the rest of their class. */
const kindBySqlState: Readonly<Record<string, DatabaseErrorKind>> = {
  '25006': 'ReadOnly',
  // idle_in_transaction_session_timeout and transaction_timeout end the session.
  '25P03': 'ConnectionLost',
  '25P04': 'ConnectionLost',
  '3D000': 'DatabaseNotFound',
  '3F000': 'InvalidQuery',
  '40001': 'SerializationFailed',
  '40002': 'ConstraintViolated',
  '40P01': 'SerializationFailed',
  '42501': 'PermissionDenied',
  '42P01': 'TableNotFound',
  '53300': 'TooManyConnections',
  '55006': 'LockNotAvailable',
  '55P03': 'LockNotAvailable',
  '57014': 'Cancelled',
  '57P01': 'ConnectionLost',
  '57P02': 'ConnectionLost',
  '57P03': 'ConnectionFailed',
  '57P04': 'ConnectionLost',
  '57P05': 'ConnectionLost',
};

const kindByClass: Readonly<Record<string, DatabaseErrorKind>> = {
  '23': 'ConstraintViolated',
  '25': 'TransactionFailed',
  '28': 'AuthenticationFailed',
  '2D': 'TransactionFailed',
  '40': 'TransactionFailed',
  '42': 'InvalidQuery',
  '53': 'ServerFailed',
  '54': 'ServerFailed',
  '58': 'ServerFailed',
  F0: 'ServerFailed',
  XX: 'ServerFailed',
};

/** What keeps its own kind while connecting; whatever else the server says then, no session was made. */
const connectKinds: ReadonlySet<DatabaseErrorKind> = new Set([
  'AuthenticationFailed',
  'DatabaseNotFound',
  'TooManyConnections',
  'PermissionDenied',
  'ServerFailed',
]);

/**
 * The kind of error that a SQLSTATE stands for (PostgreSQL manual, appendix A, "PostgreSQL Error
 * Codes"). While a statement runs, class 08 comes from a function that connects elsewhere (dblink,
 * postgres_fdw): the answer itself shows that the link works.
 */
export function kindOfSqlState(sqlState: string, phase: ErrorPhase): DatabaseErrorKind {
  const kind = kindBySqlState[sqlState] ?? kindByClass[sqlState.slice(0, 2)] ?? 'QueryFailed';
  return phase === 'connect' && !connectKinds.has(kind) ? 'ConnectionFailed' : kind;
}
