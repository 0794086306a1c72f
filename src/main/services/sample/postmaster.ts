import { execFile } from 'node:child_process';
import { readFile, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemCodeOf } from '../../db/errors/system-code';

const run = promisify(execFile);

/** The server process of one data directory. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Whether it says that it accepts connections. */
  readonly isReady: boolean;
}

/** The path of the file in which a server notes itself. */
export function postmasterFile(dataDirectory: string): string {
  return join(dataDirectory, 'postmaster.pid');
}

/**
 * Reads the text of postmaster.pid: process id, data directory, start time, port, socket folder,
 * address, shared memory, status, one a line (manual, "Database File Layout"). null when the
 * first lines are not there.
 */
export function parsePostmasterFile(text: string): Postmaster | null {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number.parseInt(lines[0] ?? '', 10);
  const port = Number.parseInt(lines[3] ?? '', 10);
  if (!(pid > 0) || !(port > 0)) return null;
  return { pid, port, isReady: lines[7] === 'ready' };
}

/**
 * The living server of the data directory, or null. A process id alone proves nothing: after a
 * crash another process can have it, so the process is asked which directory it serves.
 */
export async function findPostmaster(dataDirectory: string): Promise<Postmaster | null> {
  const text = await readFile(postmasterFile(dataDirectory), 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return '';
    throw error;
  });
  const noted = parsePostmasterFile(text);
  return noted !== null && (await servesDirectory(noted.pid, dataDirectory)) ? noted : null;
}

/** Whether the process lives and is a PostgreSQL server of this data directory. */
export async function servesDirectory(pid: number, dataDirectory: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  try {
    if (process.platform === 'linux') {
      // A server's working directory is its data directory; a zombie has none.
      return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(dataDirectory));
    }
    return asOnePath(await commandLine(pid)).includes(asOnePath(dataDirectory));
  } catch (error) {
    // The process ended between the questions, or belongs to somebody else.
    if (isAlive(pid) && !isMissing(error) && !isDenied(error)) throw error;
    return false;
  }
}

/** On Windows a path has two kinds of slashes and either case, and pg_ctl changes the slashes. */
function asOnePath(text: string): string {
  return process.platform === 'win32' ? text.replaceAll('\\', '/').toLowerCase() : text;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return isDenied(error);
  }
}

async function commandLine(pid: number): Promise<string> {
  const [program, parameters]: [string, string[]] =
    process.platform === 'win32'
      ? [
          'powershell.exe',
          [
            '-NoProfile',
            '-Command',
            `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`,
          ],
        ]
      : ['/bin/ps', ['-ww', '-p', String(pid), '-o', 'command=']];
  return (await run(program, parameters, { windowsHide: true })).stdout;
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ESRCH'].includes(systemCodeOf(error) ?? '');
}

function isDenied(error: unknown): boolean {
  return ['EPERM', 'EACCES'].includes(systemCodeOf(error) ?? '');
}
