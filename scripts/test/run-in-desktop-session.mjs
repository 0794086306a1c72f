import { closeSync, openSync } from 'node:fs';
import { runCommand } from '../setup/run-command.mjs';
import { desktopSession } from './desktop-session.mjs';

/**
 * Runs a command in a desktop session of its own (see desktopSession), and resolves with its exit code;
 * null when it was ended by a signal. Raises SetupError when it cannot be started.
 * @param {import('./desktop-session.mjs').Command} inner
 * @param {object} [options]
 * @param {NodeJS.ProcessEnv} [options.env] Added to the environment of the session.
 * @param {string | null} [options.output] The file that gets all that is said; null shows it.
 * @returns {Promise<number | null>}
 */
export async function runInDesktopSession(inner, { env = {}, output = null } = {}) {
  const session = desktopSession(process.platform, inner);
  const file = output === null ? null : openSync(output, 'w');
  try {
    return await runCommand(session.command, session.args, {
      env: { ...session.env, ...env },
      ...(file !== null && { output: file }),
    });
  } finally {
    if (file !== null) closeSync(file);
    session.dispose();
  }
}
