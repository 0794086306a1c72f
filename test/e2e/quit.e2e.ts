import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { applicationCommand } from './launch-app';
import { cleanEnvironment } from './clean-environment';
import { expect, test } from './launch';

const entry = fileURLToPath(new URL('quit/quit-early.cjs', import.meta.url));

// Without Playwright, which holds the start up until it has attached to it.
for (const moment of [
  'as its window is made',
  'while its page loads',
  'by closing the window while its page loads',
]) {
  test(`the application can be quit ${moment}`, async ({ userDataDir }) => {
    const { executable, args } = applicationCommand({ userDataDir, entry });
    const env = { ...cleanEnvironment(process.env), QUIT_AT: moment };
    const app = spawn(executable, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    const said = text(app.stderr);
    // A start that counts as failed waits in a dialog, for ever.
    const late = setTimeout(() => app.kill('SIGKILL'), 30_000);
    const exit = await once(app, 'exit');
    clearTimeout(late);
    expect(await said).not.toContain('cannot start');
    expect(exit, 'its exit code and signal').toEqual([0, null]);
  });
}
