import { existsSync, readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { announce, SetupError } from './project.mjs';
import { currentPrivilege } from './system-packages.mjs';
import { runCommand } from './run-command.mjs';

/**
 * @typedef {object} SandboxFacts
 * @property {NodeJS.Platform} platform
 * @property {boolean} isRoot
 * @property {boolean} namespacesAllowed Whether a normal user may create user namespaces.
 * @property {boolean} helperReady Whether chrome-sandbox belongs to root and has the setuid bit.
 */

/**
 * How Chromium's sandbox can work: by itself; not at all, since Chromium refuses it to root; or only
 * once its setuid helper is installed, which Ubuntu 23.10 and later need for programs that AppArmor
 * has no profile for.
 * @param {SandboxFacts} facts
 * @returns {'works' | 'impossible' | 'needs-helper'}
 */
export function sandboxState({ platform, isRoot, namespacesAllowed, helperReady }) {
  if (platform !== 'linux') return 'works';
  if (isRoot) return 'impossible';
  return namespacesAllowed || helperReady ? 'works' : 'needs-helper';
}

/**
 * Whether user namespaces are open to a normal user, by the kernel's settings; an absent setting
 * restricts nothing.
 * @param {(setting: string) => string | null} read Reads a setting below /proc/sys.
 */
export function namespacesAllowed(read) {
  return (
    read('kernel/unprivileged_userns_clone') !== '0' &&
    read('user/max_user_namespaces') !== '0' &&
    read('kernel/apparmor_restrict_unprivileged_userns') !== '1'
  );
}

/**
 * The command-line arguments that the sandbox needs here. Raises SetupError with the commands to
 * run where it cannot work and this process cannot change that; the sandbox of a normal user is
 * never switched off.
 * @param {string} executable
 * @returns {Promise<string[]>}
 */
export async function sandboxArguments(executable) {
  const helper = join(dirname(executable), 'chrome-sandbox');
  const state = sandboxState({
    platform: process.platform,
    isRoot: userInfo().uid === 0,
    namespacesAllowed: namespacesAllowed(readSetting),
    helperReady: isSetuidRoot(helper),
  });
  if (state === 'works') return [];
  if (state === 'impossible') {
    announce(
      "Running as root: Chromium's sandbox is off (--no-sandbox), as it refuses to work for root.",
    );
    return ['--no-sandbox'];
  }
  if (currentPrivilege() !== 'sudo') {
    throw new SetupError(
      "This system lets a normal user create no namespaces, so Chromium's sandbox needs its setuid helper. Run\n\n" +
        `  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'\n\n` +
        'and then this command again.',
    );
  }
  announce(
    "Installing the setuid helper of Chromium's sandbox with sudo: this system restricts namespaces.",
  );
  const owned = await runCommand('sudo', ['chown', 'root:root', helper]);
  const marked = owned === 0 ? await runCommand('sudo', ['chmod', '4755', helper]) : owned;
  if (marked !== 0)
    throw new SetupError('The setuid helper could not be installed; sudo says why above.');
  return [];
}

/** @param {string} setting */
function readSetting(setting) {
  const file = join('/proc/sys', setting);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}

/** @param {string} file */
function isSetuidRoot(file) {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && stat.uid === 0 && (stat.mode & 0o4000) !== 0;
}
