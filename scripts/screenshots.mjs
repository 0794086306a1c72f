/**
 * `npm run screenshots`: takes the pictures of docs/screenshots anew. It sets up and builds like
 * `npm test`, then drives the real application on its sample database, on Linux inside a desktop
 * session of its own.
 */
import { join } from 'node:path';
import { ensureBuild } from './setup/build.mjs';
import { projectRoot, SetupError } from './setup/project.mjs';
import { setUp } from './setup/set-up.mjs';
import { runtimePackages, testPackages } from './setup/system-packages.mjs';
import { runInDesktopSession } from './test/run-in-desktop-session.mjs';

try {
  await setUp({
    packages: [...runtimePackages, ...testPackages],
    purpose: 'Electron, the keychain and the virtual screen need them',
    refreshRuntime: false,
  });
  await ensureBuild();
  const code = await runInDesktopSession({
    command: process.execPath,
    args: [join(projectRoot, 'scripts', 'screenshots', 'take-screenshots.mjs')],
  });
  process.exitCode = code ?? 1;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`\n${error.message}\n`);
  process.exitCode = 1;
}
