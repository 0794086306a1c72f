import { spawn } from 'node:child_process';
import { chownSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { appendFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { findServerPrograms, programPath } from '../../src/main/services/sample/programs';
import { freePort, type TestServer } from './server';
import { serverAccount } from './server-account';

/** A server that replays the changes of another one. */
export interface RunningStandby {
  readonly address: TestServer;
  log(): string;
  /** Makes a primary of it, and waits until it takes writes. */
  promote(): Promise<void>;
  /** Ends it at once, as a crash would, and deletes its files. */
  stop(): Promise<void>;
}

/**
 * Makes a streaming standby of a server that is running: a base backup by the low-level interface
 * (PostgreSQL manual, 25.3.4), since the programs of the tests have no pg_basebackup.
 */
export async function startStandby(primary: TestServer): Promise<RunningStandby> {
  const source = primary.socketFolder;
  if (source === null) throw new Error('The folder of the server is not known.');
  const folder = mkdtempSync(join(tmpdir(), 'postern-standby-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

  const superuser = await connect(primary);
  await superuser.query(`SELECT pg_backup_start('standby', true)`);
  cpSync(source, folder, { recursive: true, filter: (path) => !leftOut.test(basename(path)) });
  const { rows } = await superuser.query<{ labelfile: string }>(
    'SELECT labelfile FROM pg_backup_stop(false)',
  );
  await superuser.end();
  await writeFile(join(folder, 'backup_label'), rows[0]?.labelfile ?? '');
  return runStandby(folder, await freePort(), primary);
}

/**
 * Starts what lies in the folder of a server that does not run as a standby of another one: a copy of
 * that, or a former primary that was shut down in good order before the other took its place.
 */
export async function runStandby(
  folder: string,
  port: number,
  primary: TestServer,
): Promise<RunningStandby> {
  const address = { ...primary, port, socketFolder: folder };
  const logged: string[] = [];
  const { root } = await findServerPrograms();
  await follow(folder, primary);
  own(folder);
  const options = {
    unix_socket_directories: folder,
    fsync: 'off',
    wal_retrieve_retry_interval: '100ms',
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(programPath(root, 'postgres'), ['-D', folder, '-p', String(port), ...flags], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...serverAccount(),
  });
  child.stderr.on('data', (text: Buffer) => logged.push(text.toString()));
  const kill = (): void => void child.kill('SIGQUIT');
  process.once('exit', kill);
  const exited = new Promise((resolve) => child.once('exit', resolve));
  await answers(address, logged);
  return {
    address,
    log: () => logged.join(''),
    async promote() {
      const client = await connect(address);
      await client.query('SELECT pg_promote(true, 30)');
      await client.end();
    },
    async stop() {
      process.off('exit', kill);
      kill();
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What belongs to the running server, not to its data. */
const leftOut = /^(postmaster\.(pid|opts)|\.s\.PGSQL\..*)$/;

async function follow(folder: string, { host, port, user, password }: TestServer): Promise<void> {
  const primary = `host=${host} port=${port} user=${user} password=${password}`;
  await appendFile(join(folder, 'postgresql.auto.conf'), `primary_conninfo = '${primary}'\n`);
  await writeFile(join(folder, 'standby.signal'), '');
}

function own(folder: string): void {
  const account = serverAccount();
  if (account === null) return;
  chownSync(folder, account.uid, account.gid);
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    chownSync(join(folder, path), account.uid, account.gid);
  }
}

async function answers(address: TestServer, logged: readonly string[]): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      const client = await connect(address);
      await client.end();
      return;
    } catch (cause) {
      if (Date.now() > deadline) {
        throw new Error(`The standby did not start.\n${logged.join('')}`, { cause });
      }
      await delay(50);
    }
  }
}

async function connect({ host, port, user, password }: TestServer): Promise<Client> {
  const client = new Client({ host, port, user, password, database: 'postgres', ssl: false });
  await client.connect();
  return client;
}
