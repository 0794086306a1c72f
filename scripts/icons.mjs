/**
 * `npm run icons`: draws the icons of every size and format anew from resources/icons/postern.svg,
 * with the browser of Electron, on Linux on a virtual screen.
 */
import { join } from 'node:path';
import { projectRoot, SetupError } from './setup/project.mjs';
import { sandboxArguments } from './setup/sandbox.mjs';
import { setUp } from './setup/set-up.mjs';
import { runtimePackages, testPackages } from './setup/system-packages.mjs';
import { runInDesktopSession } from './test/run-in-desktop-session.mjs';

try {
  const runtime = await setUp({
    packages: [...runtimePackages, ...testPackages],
    purpose: 'Electron and the virtual screen need them',
    refreshRuntime: false,
  });
  const script = join(projectRoot, 'scripts', 'icons', 'draw-icons.cjs');
  const code = await runInDesktopSession({
    command: runtime.executable,
    args: [script, ...(await sandboxArguments(runtime.executable))],
  });
  process.exitCode = code ?? 1;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`\n${error.message}\n`);
  process.exitCode = 1;
}
