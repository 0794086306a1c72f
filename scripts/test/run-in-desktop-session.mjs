import { runCommand } from '../setup/run-command.mjs';
import { desktopSession } from './desktop-session.mjs';

/**
 * Runs a command in a desktop session of its own (see desktopSession), and resolves with its exit code;
 * null when it was ended by a signal. Raises SetupError when it cannot be started.
 * @param {import('./desktop-session.mjs').Command} inner
 * @param {NodeJS.ProcessEnv} [env] Added to the environment of the session.
 * @returns {Promise<number | null>}
 */
export async function runInDesktopSession(inner, env = {}) {
  const session = desktopSession(process.platform, inner);
  try {
    return await runCommand(session.command, session.args, { env: { ...session.env, ...env } });
  } finally {
    session.dispose();
  }
}
