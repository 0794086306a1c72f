import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase } from '../integration/database';
import { launchApp, type LaunchOptions, type RunningApp } from '../e2e/launch-app';

/** The built application in its window, connected to a database of its own. */
export interface BenchApp extends RunningApp {
  /** Replaces the editor's text, as typing would, and runs it. */
  run(sql: string): Promise<void>;
}

/** The size of the window's page, CSS pixels: that of a small laptop. */
const pageSize = { width: 1280, height: 800 };

/** Launches the application on a new database; close() drops it and deletes what the app has kept. */
export async function openBenchApp(options: LaunchOptions = {}): Promise<BenchApp> {
  const database = await createDatabase();
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
  await window.getByRole('button', { name: /DATABASE_URL/ }).click();
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
