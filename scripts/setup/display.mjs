import { SetupError } from './project.mjs';

/**
 * Whether a window can be opened: Linux needs the address of an X or Wayland server.
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 */
export function hasDisplay(platform, env) {
  return platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
}

/** Raises SetupError when there is no display to open a window on. */
export function checkDisplay() {
  if (hasDisplay(process.platform, process.env)) return;
  throw new SetupError(
    'Everything is set up, but there is no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set.\n' +
      '  In a desktop session:     run npm start in a terminal window of that session.\n' +
      '  On a remote machine:      log in with "ssh -X" and run npm start.\n' +
      '  Without any screen:       xvfb-run -a npm start   (Debian and Ubuntu: apt-get install xvfb xauth)',
  );
}
