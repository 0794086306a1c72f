import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @typedef {{ command: string, args: readonly string[] }} Command */

/**
 * A shell script that unlocks a new keychain and then runs its arguments on a virtual screen. An
 * empty password would not do: gnome-keyring then makes no login collection to keep items in. Without
 * -noreset the screen starts anew each time that its last client leaves, and throws out an application
 * that connects in those milliseconds.
 */
const script = `
printf 'postern-tests\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>"$XDG_RUNTIME_DIR/keyring.log" ||
  { cat "$XDG_RUNTIME_DIR/keyring.log" >&2; exit 1; }
exec xvfb-run --auto-servernum --server-args='-screen 0 1600x1000x24 -noreset' "$@"
`;

/**
 * The environment of a desktop session of its own: a home and a runtime folder that nothing else
 * uses, and no way to the display, the bus or the keychain of the person who runs the tests.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} home
 * @returns {NodeJS.ProcessEnv}
 */
export function sessionEnvironment(env, home) {
  const dropped =
    /^(?:XDG_.*|DBUS_SESSION_BUS_ADDRESS|GNOME_KEYRING_.*|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY)$/u;
  const kept = Object.entries(env).filter(([name]) => !dropped.test(name));
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    XDG_RUNTIME_DIR: home,
  };
}

/**
 * Wraps a command so that, on Linux, it runs with a virtual screen, a session bus and an unlocked
 * keychain of its own; other systems have all three, and the command stays as it is. `dispose`
 * deletes the session's files.
 * @param {NodeJS.Platform} platform
 * @param {Command} inner
 * @returns {Command & { env: NodeJS.ProcessEnv, dispose: () => void }}
 */
export function desktopSession(platform, inner) {
  if (platform !== 'linux') return { ...inner, env: process.env, dispose: () => {} };
  // mkdtemp makes it 0700, which the XDG specification demands of a runtime folder.
  const home = mkdtempSync(join(tmpdir(), 'postern-session-'));
  return {
    command: 'dbus-run-session',
    args: ['--', 'sh', '-c', script, 'sh', inner.command, ...inner.args],
    env: sessionEnvironment(process.env, home),
    dispose: () => rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}
