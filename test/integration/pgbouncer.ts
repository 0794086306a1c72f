import { type ChildProcess, spawn } from 'node:child_process';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findProgram } from './programs';
import { freePort, type TestServer } from './server';
import { serverAccount } from './server-account';

/** A PgBouncer before a test server. */
export interface RunningPgBouncer {
  /** Where it listens; the rest is as at the server behind. */
  readonly address: TestServer;
  /** What it logged so far. */
  log(): string;
  /** Gives it another mode, as an administrator would: sessions that are open have it too. */
  changeMode(mode: PgBouncerOptions['mode']): Promise<void>;
  /** Ends it as a crash would, without a goodbye to its clients. */
  stop(): Promise<void>;
}

export interface PgBouncerOptions {
  readonly mode: 'session' | 'transaction';
  /** Sessions with the server for each user and database; 20 by default. */
  readonly poolSize?: number;
  /** More lines of its section. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

/**
 * Starts PgBouncer on a free loopback port. Users log in by SCRAM against a file with their passwords,
 * by which PgBouncer logs in at the server as well. Raises an Error with its log when it does not start.
 */
export async function startPgBouncer(
  server: TestServer,
  { mode, poolSize = 20, settings = {} }: PgBouncerOptions,
): Promise<RunningPgBouncer> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-pgbouncer-'));
  const port = await freePort();
  const users = join(folder, 'users.txt');
  const file = join(folder, 'pgbouncer.ini');
  const lines = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'scram-sha-256',
    auth_file: users,
    pool_mode: mode,
    default_pool_size: poolSize,
    max_client_conn: 200,
    ...settings,
  };
  await writeFile(users, `"${server.user}" "${server.password}"\n`, { mode: 0o600 });
  const configure = (changes: Readonly<Record<string, string>> = {}): Promise<void> =>
    writeFile(
      file,
      [
        '[databases]',
        `* = host=${server.host} port=${server.port}`,
        '[pgbouncer]',
        ...Object.entries({ ...lines, ...changes }).map(([name, value]) => `${name} = ${value}`),
        '',
      ].join('\n'),
    );
  await configure();
  const account = serverAccount();
  if (account !== null) {
    for (const path of [folder, users, file]) await chown(path, account.uid, account.gid);
  }
  const logged: string[] = [];
  const child = spawn(findProgram('pgbouncer'), [file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...account,
  });
  child.stdout.on('data', (text: Buffer) => logged.push(text.toString()));
  child.stderr.on('data', (text: Buffer) => logged.push(text.toString()));
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async (): Promise<void> => {
    process.off('exit', kill);
    await ended(child, kill);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await listening(port, child);
  } catch (cause) {
    await stop();
    throw new Error(`PgBouncer did not start.\n${logged.join('')}`, { cause });
  }
  return {
    address: { ...server, port, socketFolder: null },
    log: () => logged.join(''),
    async changeMode(changed) {
      await configure({ pool_mode: changed });
      child.kill('SIGHUP');
    },
    stop,
  };
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 5_000;
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (isOpen) return;
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('Nothing listens.');
    await delay(20);
  }
}

function ended(child: ChildProcess, kill: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    kill();
  });
}
