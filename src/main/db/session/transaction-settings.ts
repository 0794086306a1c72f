import { quoteIdentifier } from '@shared/sql/identifiers';
import type { SessionSettings } from './session-settings';

/**
 * What a profile asks of each session, as commands for the beginning of a transaction: behind a pooler
 * in transaction mode the next transaction may meet another backend, and what SET leaves there meets
 * somebody else. SET LOCAL takes no snapshot, so that the transaction can still be set up after it.
 * Read-only is left to the BEGIN. Start-up statements have no place in a transaction: they are not run.
 */
export function transactionSettings(
  settings: Omit<SessionSettings, 'startupStatements'>,
): string[] {
  const { statementTimeoutMs, lockTimeoutMs, idleInTransactionTimeoutMs, searchPath } = settings;
  const commands: string[] = [];
  if (statementTimeoutMs > 0) commands.push(`SET LOCAL statement_timeout = ${statementTimeoutMs}`);
  if (lockTimeoutMs !== undefined) commands.push(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
  if (idleInTransactionTimeoutMs !== undefined) {
    commands.push(`SET LOCAL idle_in_transaction_session_timeout = ${idleInTransactionTimeoutMs}`);
  }
  if (searchPath !== undefined) {
    const names = searchPathNames(searchPath).map(quoteIdentifier);
    if (names.length > 0) commands.push(`SET LOCAL search_path = ${names.join(', ')}`);
  }
  return commands;
}

/** The names of a search path as the server reads them: those without quotes in lower case. */
export function searchPathNames(searchPath: string): string[] {
  return [...searchPath.matchAll(/"((?:[^"]|"")*)"|[^\s,"]+/g)].map(([word, quoted]) =>
    quoted === undefined ? word.toLowerCase() : quoted.replaceAll('""', '"'),
  );
}
