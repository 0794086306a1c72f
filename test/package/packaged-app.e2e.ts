import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { readFuses, wantedFuses } from '../../scripts/package/fuses.mjs';
import { installedRuntime } from '../../scripts/setup/electron-runtime.mjs';
import { packagedExecutable, runToEnd, startPackagedApp, type PackagedApp } from './packaged-app';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
test.setTimeout(180_000);

let folder: string;
let app: PackagedApp;

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-packaged-'));
  app = await startPackagedApp(folder);
});
test.afterEach(async () => {
  await app.quit();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

test('a packaged application does its work without the source tree', async () => {
  const { window } = app;

  await test.step('its window opens, and its keychain works', async () => {
    await expect(window).toHaveTitle('Postern');
    await expect(window.getByText('No saved connections yet')).toBeVisible();
  });

  await test.step('the server of the sample database starts from beside the archive', async () => {
    await window.getByRole('button', { name: 'Open the sample database' }).click();
    await expect(window.getByRole('tree')).toBeVisible({ timeout: 120_000 });
    await run(window, 'select count(*) * 10 as ten_times from shop.books;');
    await expect(window.getByRole('gridcell', { name: '40000', exact: true })).toBeVisible();
  });

  await test.step('the thread that examines long texts starts from the archive', async () => {
    await run(window, `select length('${'x'.repeat(70_000)}') as characters;`);
    await expect(window.getByRole('gridcell', { name: '70000', exact: true })).toBeVisible();
  });

  await test.step('it ends by itself, with what it has started', async () => {
    expect(await app.quit()).toBe(0);
    const files = await readdir(folder, { recursive: true });
    expect(files.filter((name) => /damaged|postmaster\.pid/u.test(name))).toEqual([]);
  });
});

test('neither a debugger nor another program gets into a packaged application', async () => {
  const executable = packagedExecutable();
  const wanted = Object.entries(wantedFuses(process.platform));
  const fuses = await readFuses(executable);
  // An older runtime lacks the fuses that came later.
  expect([...fuses]).toEqual(
    wanted.slice(0, fuses.size).map(([fuse, state]) => [Number(fuse), state]),
  );

  const script = join(folder, 'intruder.cjs');
  const trace = join(folder, 'trace');
  await writeFile(script, `require('node:fs').writeFileSync(${JSON.stringify(trace)}, '')`);
  const attempts = [
    { args: [script], env: { ELECTRON_RUN_AS_NODE: '1' } },
    { args: [], env: { NODE_OPTIONS: `--require=${script}` } },
    { args: ['--inspect=0'], env: {} },
    { args: [script], env: {} },
  ];
  for (const { args, env } of attempts) {
    // The application that runs shows its window, and the second process ends.
    const second = await runToEnd(
      executable,
      [...args, `--user-data-dir=${folder}`, ...app.sandbox],
      env,
    );
    expect(second.code).toBe(0);
    expect(second.output).not.toContain('Debugger listening');
  }
  expect(existsSync(trace)).toBe(false);
});

test('an application from the source tree leaves the files of a packaged one alone', async () => {
  const runtime = installedRuntime();
  if (runtime === null) throw new Error('There is no Electron to run: "npm test" fetches one.');
  const args = [projectRoot, `--user-data-dir=${folder}`, ...app.sandbox];
  const { code } = await runToEnd(runtime.executable, args);
  expect(code).toBe(0);
  await expect(app.window.getByText('No saved connections yet')).toBeVisible();
});

/** Replaces the editor's text and runs the statement. */
async function run(window: Page, sql: string): Promise<void> {
  await window.getByRole('textbox', { name: /SQL/ }).click();
  await window.keyboard.press('ControlOrMeta+A');
  await window.keyboard.insertText(sql);
  await window.keyboard.press('ControlOrMeta+Enter');
}
