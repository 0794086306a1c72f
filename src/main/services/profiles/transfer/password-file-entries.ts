import { passwordEntries, type PasswordEntry } from '../pgpass';
import { completed, type FoundConnection } from './found-connection';

/**
 * The connections that the lines of a password file are for. The passwords stay in the file: each
 * connection looks there when it is opened.
 */
export function readPasswordEntries(text: string, systemUser: string): FoundConnection[] {
  return passwordEntries(text).map((entry) => toConnection(entry, systemUser));
}

function toConnection(entry: PasswordEntry, systemUser: string): FoundConnection {
  const label = `Line ${entry.line}`;
  if (!entry.isComplete) {
    return { label, problem: 'It is not of the form host:port:database:user:password.' };
  }
  const { host, port, database, user } = entry;
  if (host === null) return { label, problem: 'It fits every server: it names no host.' };
  if (port !== null && !/^\d{1,5}$/.test(port)) {
    return { label, problem: 'Its port is not a number from 1 to 65535.' };
  }
  const filledIn = [
    ...(port === null ? ['port 5432'] : []),
    ...(database === null ? ['database postgres'] : []),
    ...(user === null ? [`user ${systemUser}`] : []),
  ];
  const named = database ?? 'postgres';
  return completed({
    label,
    given: {
      host,
      port: port === null ? 5432 : Number(port),
      database: named,
      user: user ?? systemUser,
      passwordSource: 'pgpass',
    },
    defaults: { name: `${named} on ${host}` },
    notes: filledIn.length === 0 ? [] : [`The line fits any; filled in: ${filledIn.join(', ')}`],
  });
}
