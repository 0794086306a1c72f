import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { projectRoot, SetupError } from './project.mjs';

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd] Defaults to the project's root.
 * @property {NodeJS.ProcessEnv} [env] Defaults to this process's environment.
 * @property {number} [timeoutMs] Ends the command after so many milliseconds.
 * @property {'inherit' | 'errors-only' | 'ignore'} [output] What of its output is shown.
 */

/**
 * Runs a command to its end and returns its exit code; null when it was ended by a signal or by the
 * time limit. Raises SetupError when the command cannot be started.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<number | null>}
 */
export function runCommand(command, args, options = {}) {
  const { cwd = projectRoot, env = process.env, timeoutMs = 0, output = 'inherit' } = options;
  const stdio = stdioOf(output);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio, timeout: timeoutMs });
    child.once('error', (error) =>
      reject(new SetupError(`"${command}" could not be started: ${error.message}`)),
    );
    child.once('exit', (code) => resolve(code));
  });
}

/**
 * @param {'inherit' | 'errors-only' | 'ignore'} output
 * @returns {import('node:child_process').StdioOptions}
 */
function stdioOf(output) {
  return output === 'errors-only' ? ['inherit', 'ignore', 'inherit'] : output;
}

/**
 * The standard output of a short command; null when it failed or is not installed.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {string | null}
 */
export function readCommand(command, args) {
  const result = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return result.error === undefined && result.status === 0 ? result.stdout : null;
}

/**
 * How to run npm without a shell: by its JavaScript entry point, since Node refuses to spawn npm.cmd
 * directly on Windows (CVE-2024-27980). npm names the entry point in npm_execpath; without it, it
 * lies beside Node's own executable.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} nodePath
 * @param {(path: string) => boolean} [exists]
 * @returns {{ command: string, prefix: string[] }}
 */
export function npmCommand(env, nodePath, exists = existsSync) {
  const named = env['npm_execpath'];
  if (named !== undefined && /npm-cli\.c?js$/u.test(named)) {
    return { command: nodePath, prefix: [named] };
  }
  const folder = nodePath.replace(/[\\/][^\\/]*$/u, '');
  const beside = [
    join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(folder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ].find((path) => exists(path));
  return beside === undefined
    ? { command: 'npm', prefix: [] }
    : { command: nodePath, prefix: [beside] };
}

/**
 * Runs npm; see runCommand.
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 */
export function runNpm(args, options) {
  const { command, prefix } = npmCommand(process.env, process.execPath);
  return runCommand(command, [...prefix, ...args], options);
}

/**
 * Whether a program is on the PATH.
 * @param {string} name
 */
export function isInstalled(name) {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => folder !== '' && existsSync(join(folder, name)));
}
