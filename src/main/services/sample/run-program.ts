import { spawn } from 'node:child_process';
import { sampleServerFailed, sampleStartCancelled } from './sample-error';
import { programPath, type ServerProgramName } from './programs';
import type { Placement } from './placement';

/** How a program of PostgreSQL is started: its user, its folder, and an environment of known content. */
export function spawnOptions(placement: Placement): {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly windowsHide: true;
  readonly uid?: number;
  readonly gid?: number;
} {
  // A stray PGDATA or PGPORT redirects nothing; LC_ALL keeps messages in English and, on macOS,
  // the server from becoming multithreaded while it looks up a locale.
  const inherited = Object.entries(process.env).filter(([name]) => !/^PG|^LC_|^LANG/iu.test(name));
  return {
    cwd: placement.directory,
    env: { ...Object.fromEntries(inherited), LC_ALL: 'C', TZ: 'UTC' },
    windowsHide: true,
    ...placement.account,
  };
}

/** The last lines of a text: as much of a log as a person reads. */
export function lastLines(text: string, count = 15): string {
  return text.trim().split('\n').slice(-count).join('\n');
}

/**
 * Runs a program to its end, with `input` as its standard input. Raises DatabaseError of kind
 * SampleServerFailed with the last lines of its output, or Cancelled when the signal stopped it.
 */
export async function runProgram(
  placement: Placement,
  name: ServerProgramName,
  parameters: readonly string[],
  options: { readonly input?: string; readonly signal?: AbortSignal } = {},
): Promise<void> {
  const { input = '', signal } = options;
  const output: string[] = [];
  const exit = await new Promise<string | null>((resolve) => {
    const child = spawn(programPath(placement.programs, name), parameters, {
      ...spawnOptions(placement),
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(signal === undefined ? {} : { signal }),
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
    }
    // A program that ends early closes its end of the pipe; its exit code tells what happened.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, killedBy) =>
      resolve(code === 0 ? null : `it ended with ${killedBy ?? `code ${code}`}`),
    );
  });
  if (exit === null) return;
  if (signal?.aborted === true) throw sampleStartCancelled();
  throw sampleServerFailed({
    message: `The program ${name} of the sample server failed: ${exit}.`,
    detail: lastLines(output.join('')),
  });
}
