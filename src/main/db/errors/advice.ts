import type { ErrorContext } from './error-context';
import type { ServerErrorFields } from './server-error';
import { offsetOfPosition } from './statement-position';

type Advice = string | ((context: ErrorContext, error: ServerErrorFields) => string | undefined);

/** `:'name'`, `:"name"` and `:{?name}` (manual, "psql", "SQL Interpolation"). */
const psqlVariable = /^:(?:'[^']+'|"[^"]+"|\{\?)/;

/** What a person can do about a SQLSTATE, whatever was being done. */
const adviceBySqlState: Readonly<Record<string, Advice>> = {
  // Text crosses as UTF-8, to which a database with the encoding SQL_ASCII does not convert.
  '22021': (_, { message }) =>
    message.includes('0x00')
      ? undefined
      : "The bytes are not of this encoding. In a database that does not know its encoding (SQL_ASCII), name it: convert_from(convert(convert_to(x, 'SQL_ASCII'), 'LATIN1', 'UTF8'), 'UTF8').",
  '23502': 'Give the column a value, or a default.',
  '23503': 'The rows on the two sides of the foreign key must fit together: see the detail.',
  '23505': 'A row with this key is there already: see the detail.',
  '25006': 'This connection or transaction is read-only. Nothing was changed.',
  '25P02':
    'An earlier statement of this transaction failed, so the server ignores all that follow. Run ROLLBACK, then begin again.',
  '25P03':
    'The transaction was open and idle for longer than the server allows (idle_in_transaction_session_timeout). It was rolled back.',
  '25P04':
    'The transaction took longer than the server allows (transaction_timeout). It was rolled back.',
  '28P01': ({ user }) =>
    `Check the password of user ${quoted(user)}. The server also answers this for a user that it does not know, or whose password has expired.`,
  '40001':
    'A concurrent transaction changed the same data and the server rolled this one back. Run the whole transaction again.',
  '40P01':
    'Two transactions waited for each other and the server rolled this one back. Run the whole transaction again.',
  '42P01': 'Check the spelling and the schema: the relation may lie outside the search_path.',
  '42601': ({ statement = '' }, { position }) =>
    psqlVariable.test(statement.slice(offsetOfPosition(statement, Number(position))))
      ? 'This is a variable of psql, which psql replaces by its value. Write :name without quotes: its value is asked for when the statement runs.'
      : undefined,
  '42501': ({ user }) =>
    `User ${quoted(user)} lacks a privilege for this. Its owner or an administrator can GRANT it.`,
  '53100': 'The server has no disk space left. An administrator has to make room.',
  '53200': 'The server has no memory left for this. Try again, or ask for less at a time.',
  '53300':
    'Close sessions that are not needed, lower the connection limit of this profile, or ask an administrator to raise max_connections or the limit of the role or database.',
  '55006': 'Others are using it. Try again once they are done.',
  '55P03':
    'Another session holds the lock. Try again later, or look in pg_locks and pg_stat_activity for who holds it.',
  '57014': ({ cancelRequested }) =>
    cancelRequested === true
      ? 'The statement was stopped and its changes were undone.'
      : 'The statement was stopped and its changes were undone. If a timeout stopped it, raise statement_timeout or narrow the statement.',
  '57P01':
    'An administrator ended the session or shut the server down. An open transaction was rolled back.',
  '57P02':
    'A server process crashed and the server ended all sessions. An open transaction was rolled back.',
  '57P03': 'The server is starting up, shutting down or recovering. Try again in a few seconds.',
  '57P04': 'The database was dropped while the session was connected to it.',
  '57P05': 'The session was idle for longer than the server allows (idle_session_timeout).',
};

/** What a person can do where a session could not be made. */
const adviceOnConnecting: Readonly<Record<string, Advice>> = {
  '55000': ({ database }) =>
    `The database ${quoted(database)} is closed to everybody, as templates are: choose another one.`,
  '3D000': ({ database }) =>
    `Check the name ${quoted(database)}: upper and lower case count. The database "postgres" usually exists.`,
  '42501': ({ user, database }) =>
    `User ${quoted(user)} may not connect to database ${quoted(database)}: its owner can GRANT CONNECT on it.`,
};

/**
 * Advice on 28000 by the C function that raised it (PostgreSQL's auth.c and miscinit.c), because
 * the messages may be translated.
 */
const adviceOnRefusedUser: Readonly<Record<string, Advice>> = {
  ClientAuthentication: ({ user, database, encrypted }, { message }) =>
    // A rule was found, and wants more (clientcert): the only message here that does not name the file.
    !message.includes('pg_hba.conf')
      ? 'The server asks for a client certificate: choose one and its key in the connection, issued by an authority that the server trusts (ssl_ca_file).'
      : `No rule in the server's pg_hba.conf lets user ${quoted(user)} into database ${quoted(database)} from this address ${
          encrypted === true
            ? 'with TLS. An administrator can add one; if the server expects plain connections, set the SSL mode to "disable".'
            : 'without TLS. If the server requires TLS, set the SSL mode to "require" or stricter; otherwise an administrator can add a rule.'
        }`,
  InitializeSessionUserId: ({ user }) =>
    `Check the user name ${quoted(user)}: upper and lower case count, and the role needs LOGIN.`,
  auth_failed: ({ user }) =>
    `The server checks user ${quoted(user)} by other means than a password, such as the name of the system user or a client certificate. See the rules in its pg_hba.conf.`,
};

const adviceOnAnyRefusal =
  'The server, or a pooler in between, ended the login with this message: its log tells more.';

/** One or two sentences on what to do about a server's error; undefined where the message says it all. */
export function adviceOnServerError(
  error: ServerErrorFields,
  context: ErrorContext,
): string | undefined {
  const advice =
    (error.code === '28000' ? adviceOnRefusedUser[error.routine ?? ''] : undefined) ??
    (context.phase === 'connect' ? adviceOnConnecting[error.code] : undefined) ??
    adviceBySqlState[error.code] ??
    (context.phase === 'connect' ? adviceOnAnyRefusal : undefined);
  return typeof advice === 'function' ? advice(context, error) : advice;
}

function quoted(name: string | undefined): string {
  return name === undefined ? 'of this connection' : `"${name}"`;
}
