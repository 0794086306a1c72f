/**
 * `npm run bench`: sets up whatever is missing, then runs the benchmarks in test/bench one after
 * another and prints their tables.
 *
 *   npm run bench                 all of them
 *   npm run bench -- parser       those whose path contains the word
 */
import { join } from 'node:path';
import { projectRoot, SetupError } from './setup/project.mjs';
import { runCommand } from './setup/run-command.mjs';
import { setUp } from './setup/set-up.mjs';
import { runtimePackages } from './setup/system-packages.mjs';

try {
  await setUp({
    packages: runtimePackages,
    purpose: 'Electron and the keychain load them',
    refreshRuntime: false,
  });
  const vitest = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const args = ['run', '--project', 'bench', ...process.argv.slice(2)];
  process.exitCode = (await runCommand(process.execPath, [vitest, ...args])) ?? 1;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`\n${error.message}\n`);
  process.exitCode = 1;
}
