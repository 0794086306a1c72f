import { spawn, spawnSync } from 'node:child_process';
import { chown, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sampleServerFailed, throwIfCancelled } from './sample-error';
import { findPostmaster, postmasterFile, servesDirectory, type Postmaster } from './postmaster';
import { programPath } from './programs';
import { lastLines, runProgram, spawnOptions } from './run-program';
import { hostBasedAuthentication, initdbParameters } from './settings';
import type { Placement } from './placement';

/** Nobody can log in as this role: it has no password. Only single-user mode runs as it. */
const superuser = 'postgres';
const pollMs = 20;
/** Long enough for a crash recovery over all the WAL that max_wal_size allows, on a slow disk. */
const startTimeoutMs = 60_000;
const stopTimeoutSeconds = 30;
const launchAttempts = 20;

/** One data directory of PostgreSQL and the server process on it. */
export class Cluster {
  readonly #placement: Placement;
  readonly directory: string;

  constructor(placement: Placement, directory: string) {
    this.#placement = placement;
    this.directory = directory;
  }

  get #logFile(): string {
    return join(this.#placement.directory, 'server.log');
  }

  /** Creates the data directory, which must not exist. */
  async initialise(signal: AbortSignal): Promise<void> {
    const { account } = this.#placement;
    await mkdir(this.directory, { mode: 0o700 });
    if (account !== null) await chown(this.directory, account.uid, account.gid);
    await runProgram(this.#placement, 'initdb', initdbParameters(this.directory, superuser), {
      signal,
    });
    await writeFile(join(this.directory, 'pg_hba.conf'), hostBasedAuthentication);
  }

  /**
   * Runs statements, one a line, as the superuser in single-user mode (manual, "postgres",
   * "Options for Single-User Mode"): whoever owns the files needs no password for it. No server
   * may run on the directory.
   */
  async administer(statements: readonly string[]): Promise<void> {
    const parameters = ['--single', '-D', this.directory, '-c', 'exit_on_error=on', superuser];
    await runProgram(this.#placement, 'postgres', parameters, {
      input: `${statements.join('\n')}\n`,
    });
  }

  /** The server that runs on the directory now, whoever started it. */
  find(): Promise<Postmaster | null> {
    return findPostmaster(this.directory);
  }

  /**
   * Starts a server on a free port of 127.0.0.1 and waits until it accepts connections.
   * Raises DatabaseError: SampleServerFailed with the end of the log, or Cancelled.
   */
  async launch(signal: AbortSignal): Promise<Postmaster> {
    for (let attempt = 1; ; attempt += 1) {
      throwIfCancelled(signal);
      // findPostmaster has shown that no server stands behind the file; the server itself only
      // asks whether any process has the id. Backends left without a postmaster still guard the
      // directory by their shared memory, whose key is that of the directory.
      await rm(postmasterFile(this.directory), { force: true });
      const end = await this.#launchOnce(await freePort(), signal);
      if (end === null) {
        const postmaster = await this.find();
        if (postmaster !== null) return postmaster;
      }
      const log = await readFile(this.#logFile, 'utf8');
      // The port was taken in between, or backends of a crashed server are still ending.
      const isPassing = /could not create any TCP\/IP sockets|pre-existing shared memory/u.test(
        log,
      );
      if (!isPassing || attempt === launchAttempts) {
        throw sampleServerFailed({
          message: `The sample server did not start: ${end ?? 'it ended at once'}.`,
          detail: lastLines(log),
        });
      }
      await delay(pollMs * attempt);
    }
  }

  /** Ends the server in an orderly way, sessions included, and waits for its process to be gone. */
  async stop(): Promise<void> {
    const running = await this.find();
    if (running === null) return;
    try {
      await this.#control('fast');
    } catch {
      // A server that cannot end in time is ended without a checkpoint; it recovers at its start.
      if ((await this.find()) !== null) await this.#control('immediate');
    }
    while (await servesDirectory(running.pid, this.directory)) await delay(pollMs);
  }

  /** Tells the server to end and does not wait: for the exit of the process, where nothing can. */
  stopSync(): void {
    const { programs } = this.#placement;
    spawnSync(
      programPath(programs, 'pg_ctl'),
      ['stop', '-D', this.directory, '-m', 'fast', '--no-wait'],
      { ...spawnOptions(this.#placement), stdio: 'ignore' },
    );
  }

  async #control(mode: 'fast' | 'immediate'): Promise<void> {
    const wait = ['--wait', '-t', String(stopTimeoutSeconds)];
    await runProgram(this.#placement, 'pg_ctl', [
      'stop',
      '-D',
      this.directory,
      '-m',
      mode,
      ...wait,
    ]);
  }

  /** null once the server is ready, else why it is not. */
  async #launchOnce(port: number, signal: AbortSignal): Promise<string | null> {
    if (process.platform === 'win32') return this.#launchByControl(port);
    const log = await open(this.#logFile, 'w', 0o600);
    // Detached: the interrupt of a terminal ends the app, which then ends the server in order.
    const child = spawn(
      programPath(this.#placement.programs, 'postgres'),
      ['-D', this.directory, '-p', String(port)],
      { ...spawnOptions(this.#placement), detached: true, stdio: ['ignore', log.fd, log.fd] },
    );
    const state: { end: string | null } = { end: null };
    const ended = new Promise<void>((resolve) => {
      const finish = (end: string): void => {
        state.end = end;
        resolve();
      };
      child.on('error', (error) => finish(error.message));
      child.on('exit', (code, killedBy) => finish(`it ended with ${killedBy ?? `code ${code}`}`));
    });
    child.unref();
    await log.close();
    const deadline = Date.now() + startTimeoutMs;
    while (state.end === null) {
      if ((await this.find())?.isReady === true) return null;
      if (signal.aborted || Date.now() > deadline) {
        // An interrupt is a fast shutdown; the file with its process id may not be there yet.
        child.kill('SIGINT');
        await ended;
        throwIfCancelled(signal);
        return `it was not ready after ${startTimeoutMs / 1000} s`;
      }
      await delay(pollMs);
    }
    return state.end;
  }

  /** On Windows pg_ctl starts the server: it drops an administrator's rights, with which the server refuses to run. */
  async #launchByControl(port: number): Promise<string | null> {
    const parameters = ['start', '-D', this.directory, '-l', this.#logFile, '-o', `-p ${port}`];
    const exit = await new Promise<number | null>((resolve, reject) => {
      // No pipes: the server would inherit them and hold them open.
      spawn(programPath(this.#placement.programs, 'pg_ctl'), [...parameters, '--wait'], {
        ...spawnOptions(this.#placement),
        stdio: 'ignore',
      })
        .on('error', reject)
        .on('exit', resolve);
    });
    return exit === 0 ? null : `pg_ctl ended with code ${exit}`;
  }
}

/** A port of 127.0.0.1 that nobody listens on at this moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('The system gave no port.'));
      });
    });
  });
}
