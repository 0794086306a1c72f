import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test, vi } from 'vitest';
import { sampleDirectory } from '../../../src/main/services/sample/placement';
import { SampleServer, type SampleAddress } from '../../../src/main/services/sample/sample-server';
import { InMemorySecrets } from './in-memory-secrets';
import { makeSampleFolder, queryRows, queryValue, type SampleFolder } from './sample-folder';

const ignore = (): void => undefined;
// Some of them build the database anew, which takes 5 s on an idle machine.
vi.setConfig({ testTimeout: 120_000 });
let folder: SampleFolder;
let secrets: InMemorySecrets;
let server: SampleServer;
let address: SampleAddress;

/** A service as a new session of the app has it. */
function newSession(): SampleServer {
  return new SampleServer({ dataDirectory: folder.path, secrets });
}

async function dataDirectory(): Promise<string> {
  return (await queryValue(address, 'SHOW data_directory')) ?? '';
}

async function serverProcess(): Promise<number> {
  const file = await readFile(join(await dataDirectory(), 'postmaster.pid'), 'utf8');
  return Number.parseInt(file, 10);
}

async function isReachable(): Promise<boolean> {
  return queryValue(address, 'SELECT true').then(
    () => true,
    () => false,
  );
}

beforeAll(async () => {
  folder = await makeSampleFolder();
  secrets = new InMemorySecrets();
  server = newSession();
  const begin = performance.now();
  address = await server.start(ignore);
  process.stdout.write(`first start of the sample: ${Math.round(performance.now() - begin)} ms\n`);
  await queryRows(address, `CREATE TABLE public.kept AS SELECT 'still here' AS text`);
});
afterAll(() => folder.remove());

beforeEach(async () => {
  secrets.available = true;
  server = newSession();
  const begin = performance.now();
  address = await server.start(ignore);
  process.stdout.write(`start of the sample: ${Math.round(performance.now() - begin)} ms\n`);
});
afterEach(() => server.stop());

/** What a person made in the sample, to see that it survived. */
function keptText(): Promise<string | null> {
  return queryValue(address, 'SELECT text FROM public.kept');
}

test('stop ends the process of the server', async () => {
  const process_ = await serverProcess();
  await server.stop();
  expect(await isReachable()).toBe(false);
  await vi.waitFor(() => expect(() => process.kill(process_, 0)).toThrow('ESRCH'));
});

test('stop without a start is no error, and a second stop neither', async () => {
  await server.stop();
  await expect(server.stop()).resolves.toBeUndefined();
  await expect(newSession().stop()).resolves.toBeUndefined();
});

test('stopSync tells the server to end', async () => {
  server.stopSync();
  await vi.waitFor(async () => expect(await isReachable()).toBe(false), { timeout: 10_000 });
});

test('a start after the start gives the same address and the same server', async () => {
  const before = await serverProcess();
  const again = await server.start(ignore);
  expect(again.port).toBe(address.port);
  expect(await serverProcess()).toBe(before);
});

test('starts at the same time share one server', async () => {
  await server.stop();
  const addresses = await Promise.all([server.start(ignore), server.start(ignore)]);
  expect(addresses[0]?.port).toBe(addresses[1]?.port);
  const files = await readdir(sampleDirectory(folder.path));
  expect(files.filter((name) => name.startsWith('cluster-'))).toHaveLength(1);
});

test('a start asked for while the server stops brings it back', async () => {
  const stopping = server.stop();
  address = await server.start(ignore);
  await stopping;
  expect(await keptText()).toBe('still here');
});

test('a cancelled start leaves no server, and the next start works', async () => {
  await server.stop();
  const cancelling = new AbortController();
  const start = server.start(
    ({ step }) => step === 'starting' && cancelling.abort(),
    cancelling.signal,
  );
  await expect(start).rejects.toMatchObject({ kind: 'Cancelled' });
  const names = await readdir(sampleDirectory(folder.path));
  const cluster = names.find((name) => name.startsWith('cluster-')) ?? '';
  const file = join(sampleDirectory(folder.path), cluster, 'postmaster.pid');
  await expect(stat(file)).rejects.toThrow('ENOENT');
  address = await server.start(ignore);
  expect(await keptText()).toBe('still here');
});

test('a new session takes over the server that a crash left running', async () => {
  const before = await serverProcess();
  const next = newSession();
  address = await next.start(ignore);
  expect(await serverProcess()).toBe(before);
  expect(await keptText()).toBe('still here');
});

test('a server that was killed is started again, with its data', async () => {
  process.kill(await serverProcess(), 'SIGKILL');
  await vi.waitFor(async () => expect(await isReachable()).toBe(false), { timeout: 10_000 });
  address = await server.start(ignore);
  expect(await keptText()).toBe('still here');
});

test.each([
  ['no living process', () => 2 ** 22 + 1],
  ['a living process that is no server', () => process.pid],
])('a stale file that names %s is no obstacle', async (_, pid) => {
  const file = join(await dataDirectory(), 'postmaster.pid');
  const text = await readFile(file, 'utf8');
  await server.stop();
  await writeFile(file, text.replace(/^\d+/u, String(pid())), { mode: 0o600 });
  address = await server.start(ignore);
  expect(await keptText()).toBe('still here');
});

describe('the password', () => {
  test('is in the keychain and nowhere on disk', async () => {
    const password = (await address.password()) ?? '';
    expect([...secrets.items.values()]).toEqual([password]);
    expect(password).toMatch(/^[\w-]{43}$/u);
    await server.stop();
    const root = sampleDirectory(folder.path);
    const files = await readdir(root, { recursive: true, withFileTypes: true });
    const holding: string[] = [];
    for (const entry of files.filter((file) => file.isFile())) {
      const content = await readFile(join(entry.parentPath, entry.name));
      if (content.includes(password)) holding.push(entry.name);
    }
    expect(files.length).toBeGreaterThan(100);
    expect(holding).toEqual([]);
  });

  test.each([
    ['lost by the keychain', () => secrets.items.clear()],
    [
      'another one than the server knows',
      () => {
        for (const account of secrets.items.keys()) secrets.items.set(account, 'forgotten');
      },
    ],
  ])(
    'that is %s is set anew and the data stay, whether the server runs or not',
    async (_, lose) => {
      for (const isRunning of [true, false]) {
        if (!isRunning) await server.stop();
        const before = await address.password();
        lose();
        server = newSession();
        address = await server.start(ignore);
        expect(await address.password()).not.toBe(before);
        expect([...secrets.items.values()]).toEqual([await address.password()]);
        expect(await keptText()).toBe('still here');
      }
    },
  );

  test('lives for the session only where there is no keychain', async () => {
    await server.stop();
    secrets.items.clear();
    secrets.available = false;
    const passwords: (string | null)[] = [];
    for (let session = 0; session < 2; session += 1) {
      server = newSession();
      address = await server.start(ignore);
      expect(await keptText()).toBe('still here');
      passwords.push(await address.password());
      await server.stop();
    }
    expect(secrets.items.size).toBe(0);
    expect(passwords[0]).not.toBe(passwords[1]);
  });
});

describe('damage', () => {
  test('an unusable data directory is told with the last words of the server', async () => {
    const versionFile = join(await dataDirectory(), 'PG_VERSION');
    await server.stop();
    await writeFile(versionFile, '9.6\n');
    await expect(server.start(ignore)).rejects.toMatchObject({
      kind: 'SampleServerFailed',
      data: {
        detail: expect.stringContaining('incompatible'),
        advice: expect.stringContaining('recreate'),
      },
    });
    await writeFile(versionFile, '18\n');
    address = await server.start(ignore);
    expect(await keptText()).toBe('still here');
  });

  test('a dropped database is told with the way back, and reset builds anew', async () => {
    const directory = await dataDirectory();
    await queryRows({ ...address, database: 'postgres' }, 'DROP DATABASE bookshop');
    await server.stop();
    await expect(server.start(ignore)).rejects.toMatchObject({
      kind: 'SampleServerFailed',
      data: {
        message: expect.stringContaining('no longer'),
        advice: expect.stringContaining('Recreate'),
      },
    });
    address = await server.start(ignore, undefined, { reset: true });
    expect(await queryValue(address, 'SELECT count(*) FROM shop.books')).toBe('4000');
    expect(await queryValue(address, `SELECT to_regclass('public.kept')`)).toBeNull();
    await expect(stat(directory)).rejects.toThrow('ENOENT');
  });
});
