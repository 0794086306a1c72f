import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseError } from './db/errors/database-error';
import { isServerError } from './db/errors/server-error';

/** Where the app writes what a person needs to report a defect. Never a password, never SQL or values. */
export interface Log {
  info(message: string): void;
  error(message: string, cause?: unknown): void;
}

const maximumBytes = 1_000_000;

/** Characters of an error's message that are written: some quote the whole text that they are about. */
const longestMessage = 4_000;

/**
 * A log file in `folder`, kept below 1 MB by setting the previous one aside. Of an error only
 * its name, message and stack frames are written; of one that the server raised the SQLSTATE instead
 * of the message, which may quote data. Writing never raises: the log is told of errors that nobody
 * else can take, and a full disk must not end the process with what is not saved yet.
 */
export function createLog(folder: string): Log {
  const path = join(folder, 'main.log');
  const write = (level: string, message: string): void => {
    try {
      mkdirSync(folder, { recursive: true });
      const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      if (size > maximumBytes) renameSync(path, join(folder, 'main.old.log'));
      appendFileSync(path, `${new Date().toISOString()} ${level} ${message}\n`, { mode: 0o600 });
    } catch {
      // There is no place left to tell it to.
    }
  };
  return {
    info: (message) => write('info', message),
    error: (message, cause) =>
      write('error', cause === undefined ? message : `${message}: ${describe(cause)}`),
  };
}

function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause;
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const sqlState = sqlStateOf(cause);
  const message =
    sqlState === undefined
      ? redact(cause.message.slice(0, 2 * longestMessage)).slice(0, longestMessage)
      : `SQLSTATE ${sqlState}`;
  return [`${cause.name}: ${message}`, ...frames].join('\n');
}

/** The SQLSTATE of what the server said, undefined for an error of our own or of the system. */
function sqlStateOf(cause: Error): string | undefined {
  if (cause instanceof DatabaseError) return cause.data.sqlState;
  return isServerError(cause) ? cause.code : undefined;
}

/**
 * A URL's user information and anything after "password" are taken out before a line is written: rather
 * too much than the rest of a password that has an unescaped / or @ in it.
 */
export function redact(text: string): string {
  return text
    .replace(/\b(\w+:\/\/)\S*@/g, '$1…@')
    .replace(
      /((?:pass(?:word|phrase|wd)?|pwd)["']?(?:\s*[=:]\s*|\s+(?=(?:e|u&)?['$])))(?:"[^"]*"|(?:e|u&)?'(?:[^']|'')*'|\S+)/gi,
      '$1…',
    );
}
