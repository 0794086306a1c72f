import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { sampleDirectory } from '../../../src/main/services/sample/placement';
import { servesDirectory } from '../../../src/main/services/sample/postmaster';
import { SampleServer } from '../../../src/main/services/sample/sample-server';
import { InMemorySecrets } from './in-memory-secrets';
import { makeSampleFolder, queryValue, type SampleFolder } from './sample-folder';

const ignore = (): void => undefined;
// Each test builds the database, which takes 5 s on an idle machine.
vi.setConfig({ testTimeout: 120_000 });
const root = join(import.meta.dirname, '../../..');
/** Inside the project, where the bundle finds the packages that stay outside of it. */
const bundleFolder = join(root, '.cache', `sample-app-${process.pid}`);
let folder: SampleFolder;

// The child is bundled as the app is: CommonJS for Node 18, packages outside.
beforeAll(async () => {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    resolve: { alias: { '@shared': join(root, 'src/shared') } },
    build: {
      ssr: join(import.meta.dirname, 'app-child.ts'),
      target: 'node18',
      outDir: bundleFolder,
      rollupOptions: { output: { format: 'cjs', entryFileNames: 'app.cjs' } },
    },
  });
});
afterAll(() => rm(bundleFolder, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await makeSampleFolder();
});
afterEach(() => folder.remove());

/** Starts the app, kills it without warning at the message, and gives what its keychain held. */
async function crashAt(message: string): Promise<InMemorySecrets> {
  const app = spawn(process.execPath, [join(bundleFolder, 'app.cjs'), folder.path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const secrets = new InMemorySecrets();
  const told: string[] = [];
  for await (const line of createInterface(app.stdout)) {
    const step: { message: string; items?: [string, string][] } = JSON.parse(line);
    told.push(step.message);
    for (const [account, secret] of step.items ?? []) secrets.items.set(account, secret);
    if (step.message !== message) continue;
    await expect.poll(() => clusters()).toHaveLength(1);
    const exit = once(app, 'exit');
    app.kill('SIGKILL');
    await exit;
    return secrets;
  }
  throw new Error(`The app never said "${message}", but: ${told.join(' ')}`);
}

/** The data directories in the sample's folder. */
async function clusters(): Promise<string[]> {
  const directory = sampleDirectory(folder.path);
  const names = (await readdir(directory)).filter((name) => name.startsWith('cluster-'));
  return names.map((name) => join(directory, name));
}

test('after a crash of the app the server runs on: the next session takes it over, and any can end it', async () => {
  const secrets = await crashAt('started');
  const [cluster = ''] = await clusters();
  const left = Number.parseInt(await readFile(join(cluster, 'postmaster.pid'), 'utf8'), 10);
  expect(await servesDirectory(left, cluster)).toBe(true);

  const server = new SampleServer({ dataDirectory: folder.path, secrets });
  const address = await server.start(ignore);
  expect(await clusters()).toEqual([cluster]);
  expect(Number.parseInt(await readFile(join(cluster, 'postmaster.pid'), 'utf8'), 10)).toBe(left);
  expect(await queryValue(address, 'SELECT count(*) FROM shop.books')).toBe('4000');

  // One that knows no password and never started it.
  await new SampleServer({ dataDirectory: folder.path, secrets: new InMemorySecrets() }).stop();
  expect(await servesDirectory(left, cluster)).toBe(false);
});

test('a build that was killed at any step begins again cleanly', async () => {
  for (const message of ['Creating a database cluster.', 'Taking orders.']) {
    await crashAt(message);
    expect(await clusters()).toHaveLength(1);
  }
  const [unfinished] = await clusters();
  const server = new SampleServer({ dataDirectory: folder.path, secrets: new InMemorySecrets() });
  const cancelling = new AbortController();
  const cancelled = server.start(
    ({ step }) => step === 'loading rows' && cancelling.abort(),
    cancelling.signal,
  );
  await expect(cancelled).rejects.toMatchObject({ kind: 'Cancelled' });
  expect(await clusters()).toEqual([]);

  const address = await server.start(ignore);
  expect(await queryValue(address, 'SELECT count(*) FROM shop.orders')).toBe('36000');
  expect(await clusters()).not.toContain(unfinished);
  expect(await clusters()).toHaveLength(1);
  await server.stop();
});
