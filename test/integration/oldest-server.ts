import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { ensureOldestServer } from '../../scripts/setup/oldest-server.mjs';
import { isReachableByOthers } from '../../src/main/services/sample/placement';
import { freePort } from './server';

const cache = fileURLToPath(new URL('../../.cache', import.meta.url));
const superuser = 'postgres';
const settings = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'timezone=UTC',
];

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * vitest's global set-up: a server of the oldest PostgreSQL that the app supports, handed to the tests
 * in place of the newest.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const fetched = await ensureOldestServer(cache);
  const account = userInfo().uid === 0 ? await accountForRoot() : null;
  const folder = await mkdtemp(join(tmpdir(), 'postern-oldest-'));
  // An interrupted run ends before an asynchronous removal does.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await chmod(folder, 0o711);
  const programs = await reachable(fetched, folder, account);
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  const password = randomBytes(18).toString('base64url');
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account !== null) {
    await chown(data, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  const start = (name: string, parameters: readonly string[]) => {
    const child = spawn(join(programs, 'bin', name), parameters, {
      cwd: folder,
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
      ...account,
    });
    const said: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    const exit = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('exit', resolve);
    });
    return { child, exit, log: () => said.join('') };
  };

  const login = ['-U', superuser, '--pwfile', passwordFile, '--auth', 'scram-sha-256'];
  const locale = ['--encoding=UTF8', '--locale=C', '--no-sync'];
  const init = start('initdb', ['-D', data, ...login, ...locale]);
  if ((await init.exit) !== 0) throw new Error(`initdb failed.\n${init.log()}`);
  await rm(passwordFile);

  const port = await freePort();
  const flags = settings.flatMap((setting) => ['-c', setting]);
  const server = start('postgres', ['-D', data, '-p', String(port), ...flags]);
  await new Promise<void>((resolve, reject) => {
    server.child.stderr.on('data', () => {
      if (server.log().includes('ready to accept connections')) resolve();
    });
    void server.exit.then(() => reject(new Error(`The server ended.\n${server.log()}`)), reject);
  });
  project.provide('postgres', {
    host: '127.0.0.1',
    port,
    user: superuser,
    password,
    socketFolder: null,
  });
  return async () => {
    // A fast shutdown (manual, 19.5 Shutting Down the Server).
    server.child.kill('SIGINT');
    await server.exit;
    await rm(folder, { recursive: true, force: true });
  };
}

/** The server refuses to run as root. */
async function accountForRoot(): Promise<Account> {
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find((fields) => fields[0] === name) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody.');
}

/** The programs, or a copy where the server's user cannot enter the project's folder. */
async function reachable(
  programs: string,
  folder: string,
  account: Account | null,
): Promise<string> {
  if (account === null || (await isReachableByOthers(programs))) return programs;
  const copy = join(folder, 'programs');
  await cp(programs, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}
