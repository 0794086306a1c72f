import { readFile, stat } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import { DatabaseError } from '../../db/errors/database-error';
import { systemCodeOf } from '../../db/errors/system-code';
import type { Environment } from './environment-parameters';

/** The connection that a password is looked up for. */
export interface PasswordQuery {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

/** Where libpq looks for the password file: PGPASSFILE, else its place in the home folder. */
export function passwordFilePath(
  environment: Environment,
  platform: NodeJS.Platform,
  home: string,
): string {
  const named = environment['PGPASSFILE'];
  if (named) return named;
  if (platform !== 'win32') return posix.join(home, '.pgpass');
  const applicationData = environment['APPDATA'] ?? win32.join(home, 'AppData', 'Roaming');
  return win32.join(applicationData, 'postgresql', 'pgpass.conf');
}

/**
 * The password of the first line of a password file that fits (PostgreSQL manual, "The Password
 * File"); null when there is no file or no such line. Raises StorageFailed when others may read the
 * file, which libpq refuses too, or when it cannot be read.
 */
export async function readPasswordFile(
  path: string,
  query: PasswordQuery,
  platform: NodeJS.Platform,
): Promise<string | null> {
  const text = await readProtectedFile(path, platform);
  return text === null ? null : findPassword(text, query);
}

/** Whom the lines of a password file are for, in their order; a field of null fits everything. */
export function passwordEntries(text: string): PasswordEntry[] {
  return text.split(/\r?\n/).flatMap((content, index): PasswordEntry[] => {
    if (content.startsWith('#') || content.trim() === '') return [];
    const [host, port, database, user, password] = fields(content);
    const line = index + 1;
    if (password === undefined || password === '') return [{ line, isComplete: false }];
    const [readHost, readPort, readDatabase, readUser] = [host, port, database, user].map(
      (field) => (field === '*' ? null : (unescape(field) ?? '')),
    );
    return [
      {
        line,
        isComplete: true,
        host: readHost ?? null,
        port: readPort ?? null,
        database: readDatabase ?? null,
        user: readUser ?? null,
      },
    ];
  });
}

/** A line of a password file without its password. */
export type PasswordEntry =
  | { readonly line: number; readonly isComplete: false }
  | {
      readonly line: number;
      readonly isComplete: true;
      readonly host: string | null;
      readonly port: string | null;
      readonly database: string | null;
      readonly user: string | null;
    };

/** The text of a password file; null when there is none. Raises StorageFailed, as `readPasswordFile`. */
export async function readProtectedFile(
  path: string,
  platform: NodeJS.Platform,
): Promise<string | null> {
  try {
    const { mode } = await stat(path);
    // Windows has no such bits; its file lies in a folder of the user's own.
    if (platform !== 'win32' && (mode & 0o077) !== 0) throw openToOthers(path);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof DatabaseError) throw error;
    const code = systemCodeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new DatabaseError(
      {
        kind: 'StorageFailed',
        message: `The password file ${path} could not be read (${code ?? 'unknown reason'}).`,
        advice: 'Check that it is a file that you may read, or enter the password by hand.',
      },
      { cause: error },
    );
  }
}

/** The password of the first line that fits; null when none does. */
export function findPassword(text: string, query: PasswordQuery): string | null {
  const hosts = namesOfHost(query.host);
  const rest = [String(query.port), query.database, query.user];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    const [host, port, database, user, password] = fields(line);
    const fits =
      hosts.some((name) => matches(host, name)) &&
      [port, database, user].every((pattern, index) => matches(pattern, rest[index]));
    if (fits && password !== undefined && password !== '') return unescape(password) ?? null;
  }
  return null;
}

/**
 * libpq looks up its default socket folder under the name localhost. Which one that is was decided when
 * it was built, so that a line may name any of the usual ones by its path, too.
 */
function namesOfHost(host: string): readonly string[] {
  const isDefault = ['/tmp', '/var/run/postgresql', '/run/postgresql'].includes(host);
  return isDefault ? ['localhost', host] : [host];
}

function matches(pattern: string | undefined, wanted: string | undefined): boolean {
  return pattern === '*' || unescape(pattern) === wanted;
}

/** A line's fields, still escaped: a colon or backslash in a value has a backslash before it. */
function fields(line: string): string[] {
  return Array.from(line.matchAll(/((?:\\[^]|[^:\\]|\\$)*)(?::|$)/g), (match) => match[1] ?? '');
}

const unescape = (field: string | undefined): string | undefined =>
  field?.replaceAll(/\\([^])/g, '$1');

function openToOthers(path: string): DatabaseError {
  return new DatabaseError({
    kind: 'StorageFailed',
    message: `The password file ${path} can be read by others, so it is not used.`,
    advice: `Take their rights away: chmod 0600 ${path}`,
  });
}
