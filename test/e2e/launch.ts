import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { createDatabase, type TestDatabase } from '../integration/database';
import { startTestServer, type TestServer } from '../integration/server';
import { BuiltSample } from './built-sample';
import { launchApp, type LaunchOptions, type RunningApp } from './launch-app';

export { expect };

interface Fixtures {
  /** A temporary folder of this test alone, shared by all its launches. */
  readonly userDataDir: string;
  /** Whether the sample database is in that folder, built: set it with test.use({ hasSample: true }). */
  readonly hasSample: boolean;
  /** Launches the built application; call it again after close() for a second launch on the same data. */
  readonly launch: (options?: LaunchOptions) => Promise<RunningApp>;
  /** The options of the `app` fixture: set them with test.use({ appOptions }). */
  readonly appOptions: LaunchOptions;
  readonly app: RunningApp;
  /** A database of this test alone on the worker's server. */
  readonly database: TestDatabase;
}

interface WorkerFixtures {
  /** One real PostgreSQL server for all tests that ask for it. */
  readonly postgres: TestServer;
  readonly builtSample: BuiltSample;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  appOptions: [{}, { option: true }],

  hasSample: [false, { option: true }],

  userDataDir: async ({ hasSample, builtSample }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'postern-e2e-'));
    if (hasSample) await builtSample.copyTo(folder);
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  },

  launch: async ({ userDataDir }, use) => {
    const launched: RunningApp[] = [];
    await use(async (options = {}) => {
      const app = await launchApp({ userDataDir, ...options });
      launched.push(app);
      return app;
    });
    // Each of them is closed, also when an earlier one did not exit.
    const outcomes = await Promise.allSettled(launched.map((app) => app.close()));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    expect(launched.flatMap(({ problems }) => problems)).toEqual([]);
  },

  app: async ({ launch, appOptions }, use) => {
    await use(await launch(appOptions));
  },

  postgres: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      const server = await startTestServer();
      await use(server.address);
      await server.stop();
    },
    { scope: 'worker' },
  ],

  builtSample: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      const sample = new BuiltSample();
      await use(sample);
      await sample.remove();
    },
    { scope: 'worker' },
  ],

  database: async ({ postgres }, use) => {
    const database = await createDatabase(postgres);
    await use(database);
    await database.drop();
  },
});
