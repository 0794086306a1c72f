import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readHostKey } from '../../../../src/main/db/ssh/host-key';
import { judgeHostKey } from '../../../../src/main/db/ssh/host-key-policy';
import { AtomicFile } from '../../../../src/main/storage/atomic-file';
import { KnownHostsStore, openSshKnownHosts } from '../../../../src/main/storage/known-hosts-store';

const base64 = 'AAAAC3NzaC1lZDI1NTE5AAAAIIv988utVumIoa0R1LHLP7+Y/fERIr74mJcBtxHdZgjn';
const line = `ssh-ed25519 ${base64}`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-known-hosts-'));
});
afterEach(() => rm(folder, { recursive: true }));

const own = (): string => join(folder, 'own');
const start = (...others: string[]): KnownHostsStore =>
  new KnownHostsStore({
    file: new AtomicFile(own()),
    others: others.map((name) => join(folder, name)),
  });

function key() {
  const read = readHostKey(Buffer.from(base64, 'base64'));
  if (read === null) throw new Error('This is no key.');
  return read;
}

it('reads the files of OpenSSH and its own, each line with its place', async () => {
  await writeFile(join(folder, 'user'), `db ${line}\n`);
  await writeFile(own(), `# mine\nweb ${line}\n`);
  expect(await start('user', 'missing').read()).toMatchObject([
    { patterns: 'db', path: join(folder, 'user'), line: 1 },
    { patterns: 'web', path: own(), line: 2 },
  ]);
});

it('adds to its own file alone, after what is there, for its owner alone', async () => {
  await writeFile(join(folder, 'user'), '');
  await writeFile(own(), `web ${line}`);
  const store = start('user');
  await Promise.all([store.add('db', key()), store.add('[db]:2222', key())]);
  const text = await readFile(own(), 'utf8');
  expect(text.split('\n')).toHaveLength(4);
  expect(text).toMatch(/^web ssh-ed25519 \S+\n\|1\|/);
  expect(await readFile(join(folder, 'user'), 'utf8')).toBe('');
  const known = await start().read();
  for (const name of ['web', 'db', '[db]:2222']) {
    expect(judgeHostKey(key(), name, known).state).toBe('trusted');
  }
  const readableByOthers = process.platform === 'win32' ? 0 : (await stat(own())).mode & 0o077;
  expect(readableByOthers).toBe(0);
});

it('knows nothing without files, and says so of one that cannot be read', async () => {
  expect(await start('missing').read()).toEqual([]);
  // A folder in the place of the file: root may read everything else.
  await expect(start('.').read()).rejects.toMatchObject({ kind: 'StorageFailed' });
});

it('looks where OpenSSH does', () => {
  expect(openSshKnownHosts('/home/ann', 'linux')).toEqual([
    '/home/ann/.ssh/known_hosts',
    '/home/ann/.ssh/known_hosts2',
    '/etc/ssh/ssh_known_hosts',
  ]);
  expect(openSshKnownHosts('C:\\Users\\ann', 'win32')[0]).toBe('C:\\Users\\ann\\.ssh\\known_hosts');
});
