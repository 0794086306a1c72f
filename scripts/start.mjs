/**
 * `npm start`: sets up whatever is missing, then opens the application.
 *
 *   npm start                        the built application
 *   npm start -- --dev               with hot reload of the sources
 *   npm start -- --refresh-runtime   tries again to download the pinned Electron
 *
 * All other arguments are passed on to the application.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuild, forgetBuild } from './setup/build.mjs';
import { checkDisplay } from './setup/display.mjs';
import { projectRoot, SetupError } from './setup/project.mjs';
import { sandboxArguments } from './setup/sandbox.mjs';
import { setUp } from './setup/set-up.mjs';
import { runtimePackages } from './setup/system-packages.mjs';

try {
  process.exitCode = await start(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`\n${error.message}\n`);
  process.exitCode = 1;
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} The exit code of the application.
 */
async function start(args) {
  const own = new Set(['--dev', '--refresh-runtime']);
  const isDevelopment = args.includes('--dev');
  const passedOn = args.filter((arg) => !own.has(arg));

  const runtime = await setUp({
    packages: runtimePackages,
    purpose: 'Electron and the keychain load them',
    refreshRuntime: args.includes('--refresh-runtime'),
  });
  if (isDevelopment) forgetBuild();
  else await ensureBuild();
  checkDisplay();
  const sandbox = await sandboxArguments(runtime.executable);

  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env };
  // Editors that are Electron applications themselves set it in their terminals.
  delete env['ELECTRON_RUN_AS_NODE'];
  if (!isDevelopment) {
    return run(runtime.executable, [projectRoot, ...sandbox, ...passedOn], env);
  }
  const electronVite = join(
    projectRoot,
    'node_modules',
    'electron-vite',
    'bin',
    'electron-vite.js',
  );
  return run(
    process.execPath,
    [electronVite, 'dev', ...(sandbox.length > 0 ? ['--noSandbox'] : []), '--', ...passedOn],
    { ...env, ELECTRON_EXEC_PATH: runtime.executable },
  );
}

/**
 * Runs the application until it ends; signals to this process are passed on to it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} Its exit code, or 128 and the signal's number, as a shell says it.
 */
function run(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: projectRoot, env, stdio: 'inherit' });
    /** @type {readonly (readonly [NodeJS.Signals, number])[]} */
    const signals = [
      ['SIGINT', 2],
      ['SIGTERM', 15],
      ['SIGHUP', 1],
    ];
    for (const [signal] of signals) process.on(signal, () => child.kill(signal));
    child.once('error', (error) =>
      reject(new SetupError(`${command} could not be started: ${error.message}`)),
    );
    child.once('exit', (code, signal) => {
      const number = signals.find(([name]) => name === signal)?.[1] ?? 9;
      resolve(code ?? 128 + number);
    });
  });
}
