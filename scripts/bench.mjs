/**
 * `npm run bench`: sets up and builds like `npm test`, then runs the benchmarks in test/bench one
 * after another and prints their tables, on Linux inside a desktop session of its own.
 *
 *   npm run bench                 all of them
 *   npm run bench -- parser       those whose path contains the word
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
  const vitest = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const code = await runInDesktopSession({
    command: process.execPath,
    args: [vitest, 'run', '--project', 'bench', ...process.argv.slice(2)],
  });
  process.exitCode = code ?? 1;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`\n${error.message}\n`);
  process.exitCode = 1;
}
