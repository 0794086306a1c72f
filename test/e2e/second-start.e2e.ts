import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applicationCommand, type LaunchRequest } from './launch-app';
import { cleanEnvironment } from './clean-environment';
import { expect, test } from './launch';

const entry = fileURLToPath(new URL('quit/start-again.cjs', import.meta.url));

/** Starts the application without Playwright, which expects a window; resolves with how it ended. */
async function startPlainly(
  request: LaunchRequest,
  env: Readonly<Record<string, string>> = {},
): Promise<unknown[]> {
  const { executable, args } = applicationCommand(request);
  const app = spawn(executable, args, {
    env: { ...cleanEnvironment(process.env), ...env },
    stdio: 'ignore',
  });
  const late = setTimeout(() => app.kill('SIGKILL'), 30_000);
  const ended = await once(app, 'exit');
  clearTimeout(late);
  return ended;
}

test('a second start shows the window that is there', async ({ app }) => {
  await app.electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.blur();
    window?.once('focus', () => window.setTitle('Shown again'));
  });
  expect(await startPlainly(app), 'exit code and signal').toEqual([0, null]);
  await expect
    .poll(() =>
      app.electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => window.getTitle()),
      ),
    )
    .toEqual(['Shown again']);
});

test('a start while the application ends comes after its end', async ({ userDataDir }) => {
  const notes = await mkdtemp(join(userDataDir, 'notes-'));
  const ended = await startPlainly({ userDataDir, entry }, { NOTES: notes });
  expect(ended, 'exit code and signal').toEqual([0, null]);
  await expect
    .poll(
      () =>
        access(join(notes, 'second-end')).then(
          () => 'opened and ended',
          () => 'not yet',
        ),
      {
        timeout: 30_000,
      },
    )
    .toBe('opened and ended');
});
