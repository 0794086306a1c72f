import type { Client } from 'pg';
import type { ConnectionSettings } from './connection-settings';
import { DatabaseError } from '../errors/database-error';
import { describeServerError, isServerError, type ServerErrorFields } from '../errors/server-error';

/** What a profile asks of each session, beside who logs in where. */
export type SessionSettings = Pick<
  ConnectionSettings,
  | 'readOnly'
  | 'statementTimeoutMs'
  | 'lockTimeoutMs'
  | 'idleInTransactionTimeoutMs'
  | 'searchPath'
  | 'startupStatements'
>;

type Setting = readonly [name: string, value: string];

/** The form's field for each setting of the server, to say whose value was refused. */
const fields: Readonly<Record<string, string>> = {
  default_transaction_read_only: 'readOnly',
  statement_timeout: 'statementTimeoutMs',
  lock_timeout: 'lockTimeoutMs',
  idle_in_transaction_session_timeout: 'idleInTransactionTimeoutMs',
  search_path: 'searchPath',
};

/** Whether a session needs anything set at all. */
export function hasSessionSettings(settings: SessionSettings): boolean {
  return wantedSettings(settings).length > 0 || (settings.startupStatements?.length ?? 0) > 0;
}

/**
 * Sets what the profile asks of each session, that a statement ends with its client, and that a text
 * means what it was taken for, in one round trip, then runs the start-up statements. Settings by a statement, not by start-up parameters: PgBouncer
 * refuses those that it does not know. DateStyle, IntervalStyle and TimeZone stay the user's and the
 * server's.
 *
 * Raises DatabaseError with the form's `field` for what the server refuses, and leaves the errors of
 * a lost link as they are.
 */
export async function applySessionSettings(
  client: Client,
  settings: SessionSettings,
): Promise<void> {
  await setAll(client, wantedSettings(settings), [endsWithClient, readsTextsAsExamined]);
  const statements = settings.startupStatements ?? [];
  if (statements.length === 0) return;
  let isTransactionOpen = false;
  for (const [index, statement] of statements.entries()) {
    await runStartupStatement(client, statement, index + 1, statements.length);
    isTransactionOpen = client.getTransactionStatus() !== 'I';
  }
  if (isTransactionOpen) throw transactionLeftOpen();
  // Whatever the statements set, a read-only connection stays one, and texts mean what they are taken for.
  await setAll(client, settings.readOnly ? [readOnly] : [], [readsTextsAsExamined, speaksUtf8]);
}

/**
 * Has the server look for the client every 5 s while a statement runs. It would otherwise notice only
 * when it has something to send that the client was killed, and a DELETE would run to its end and
 * commit. The setting came with PostgreSQL 14, on Linux first (manual, client_connection_check_interval);
 * servers that cannot do it refuse it. One that is set already stays.
 */
const endsWithClient = `CASE
  WHEN pg_catalog.current_setting('client_connection_check_interval', true) OPERATOR(pg_catalog.=) '0'
   AND pg_catalog.version() OPERATOR(pg_catalog.~~) '%linux%'
  THEN pg_catalog.set_config('client_connection_check_interval', '5s', false) END`;

/**
 * Without it a backslash in a plain string hides the quote behind it, and the server would read other
 * statements than those that were split and examined (manual, standard_conforming_strings). On is the
 * default of the server; a database or a role of an old application may say otherwise.
 */
const readsTextsAsExamined = `CASE
  WHEN pg_catalog.current_setting('standard_conforming_strings', true) OPERATOR(pg_catalog.=) 'off'
  THEN pg_catalog.set_config('standard_conforming_strings', 'on', false) END`;

/** All text is written and read as UTF-8 here: in another encoding values were wrong without a word. */
const speaksUtf8 = `CASE
  WHEN pg_catalog.current_setting('client_encoding', true) OPERATOR(pg_catalog.<>) 'UTF8'
  THEN pg_catalog.set_config('client_encoding', 'UTF8', false) END`;

const readOnly: Setting = ['default_transaction_read_only', 'on'];

function wantedSettings(settings: SessionSettings): Setting[] {
  const { lockTimeoutMs, idleInTransactionTimeoutMs, searchPath } = settings;
  const wanted: Setting[] = [];
  if (settings.readOnly) wanted.push(readOnly);
  if (settings.statementTimeoutMs > 0) {
    wanted.push(['statement_timeout', String(settings.statementTimeoutMs)]);
  }
  if (lockTimeoutMs !== undefined) wanted.push(['lock_timeout', String(lockTimeoutMs)]);
  if (idleInTransactionTimeoutMs !== undefined) {
    wanted.push(['idle_in_transaction_session_timeout', String(idleInTransactionTimeoutMs)]);
  }
  if (searchPath !== undefined) wanted.push(['search_path', searchPath]);
  return wanted;
}

async function setAll(
  client: Client,
  wanted: readonly Setting[],
  alsoSets: readonly string[] = [],
): Promise<void> {
  // Qualified: a schema ahead of pg_catalog in the search_path may have a function of this name.
  const calls = wanted.map(
    (_, index) => `pg_catalog.set_config($${index * 2 + 1}, $${index * 2 + 2}, false)`,
  );
  calls.push(...alsoSets);
  try {
    await client.query(`SELECT ${calls.join(', ')}`, wanted.flat());
  } catch (error) {
    if (!isServerError(error)) throw error;
    // A server of another make lacks a function: what the profile asks for may work all the same.
    if (alsoSets.length > 0 && error.code.startsWith('42')) {
      if (wanted.length > 0) await setAll(client, wanted);
      return;
    }
    const refused = wanted.find(([name]) => error.message.includes(`"${name}"`))?.[0];
    const field = refused === undefined ? undefined : fields[refused];
    throw new DatabaseError(
      {
        ...serverData(error),
        ...(field !== undefined && { field }),
        advice: 'Correct the value in the settings of the connection.',
      },
      { cause: error },
    );
  }
}

async function runStartupStatement(
  client: Client,
  statement: string,
  number: number,
  count: number,
): Promise<void> {
  try {
    await client.query(statement);
  } catch (error) {
    // A session that the server ended says nothing about the statement.
    if (!isServerError(error) || error.severity === 'FATAL') throw error;
    const { detail, ...data } = serverData(error);
    throw new DatabaseError(
      {
        ...data,
        field: 'startupSql',
        message: `${count === 1 ? 'The start-up SQL' : `Statement ${number} of ${count} of the start-up SQL`} failed: ${error.message}`,
        detail: [statement, detail].filter((line) => line !== undefined).join('\n'),
        advice: 'Correct the start-up SQL in the settings of the connection, or empty it.',
      },
      { cause: error },
    );
  }
}

/** Without the position: it belongs to no text that is on the screen. */
function serverData(error: ServerErrorFields): ReturnType<typeof describeServerError> {
  return describeServerError(error, { phase: 'query' });
}

function transactionLeftOpen(): DatabaseError {
  return new DatabaseError({
    kind: 'InvalidInput',
    field: 'startupSql',
    message: 'The start-up SQL leaves a transaction open.',
    advice: 'End it with COMMIT, or take BEGIN out of the start-up SQL.',
  });
}
