import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, type TestDatabase } from '../integration/database';
import { launchApp, type LaunchOptions, type RunningApp } from '../e2e/launch-app';

/** The built application in its window, connected to a database of its own. */
export interface BenchApp extends RunningApp {
  /** Replaces the editor's text, as typing would, and runs it. */
  run(sql: string): Promise<void>;
}

/** The size of the window's page, CSS pixels: that of a small laptop. */
const pageSize = { width: 1280, height: 800 };

/** What a benchmark needs of the application beside its window. */
export interface BenchOptions extends LaunchOptions {
  /** Fills the new database before anything connects to it. */
  readonly fill?: (database: TestDatabase) => Promise<unknown>;
  /** Done in place of the press on the connection, which opens it. */
  readonly connect?: (press: () => Promise<void>, app: RunningApp) => Promise<unknown>;
}

/** Launches the application on a new database; close() drops it and deletes what the app has kept. */
export async function openBenchApp({
  fill,
  connect = (press) => press(),
  ...options
}: BenchOptions = {}): Promise<BenchApp> {
  const database = await createDatabase();
  await fill?.(database);
  const userDataDir = await mkdtemp(join(tmpdir(), 'postern-bench-'));
  const { user, host, port } = database.settings;
  const password = encodeURIComponent((await database.settings.password()) ?? '');
  const app = await launchApp({
    userDataDir,
    ...options,
    env: { DATABASE_URL: `postgres://${user}:${password}@${host}:${port}/${database.name}` },
  });
  const { window, electron } = app;
  await electron.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, pageSize);
  await connect(() => window.getByRole('button', { name: /DATABASE_URL/ }).click(), app);
  await window.getByRole('textbox', { name: /SQL/ }).waitFor();
  return {
    ...app,
    async run(sql) {
      await window.getByRole('textbox', { name: /SQL/ }).click();
      await window.keyboard.press('Control+A');
      await window.keyboard.insertText(sql);
      await window.keyboard.press('Control+Enter');
    },
    async close() {
      await app.close();
      await database.drop();
      await rm(userDataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}
