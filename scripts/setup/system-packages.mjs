import { userInfo } from 'node:os';
import { announce, SetupError } from './project.mjs';
import { isInstalled, readCommand, runCommand } from './run-command.mjs';

/** The libraries that Electron and the keychain binding load, by their Debian names. */
export const runtimePackages = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libsecret-1-0',
];

/** A virtual screen, a session bus, a keychain and the tools that the end-to-end tests drive. */
export const testPackages = [
  'xvfb',
  'xauth',
  'dbus',
  'dbus-x11',
  'gnome-keyring',
  'xdotool',
  'openssl',
];

/**
 * Which of the wanted packages are not installed. Debian 13 and Ubuntu 24.04 renamed some libraries
 * with the suffix t64 (64-bit time_t), so either name counts.
 * @param {readonly string[]} wanted
 * @param {ReadonlySet<string>} installed
 */
export function missingPackages(wanted, installed) {
  return wanted.filter((name) => !installed.has(name) && !installed.has(`${name}t64`));
}

/**
 * Names of installed packages in the output of dpkg-query -W -f '${Package} ${db:Status-Status}\n'.
 * @param {string} output
 * @returns {Set<string>}
 */
export function installedPackages(output) {
  return new Set(
    output
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, status]) => status === 'installed')
      .map(([name]) => name ?? ''),
  );
}

/**
 * The name under which this release carries a package.
 * @param {string} name
 * @param {(name: string) => boolean} isKnown Whether apt has a package of that very name.
 */
export function nameInRelease(name, isKnown) {
  return isKnown(`${name}t64`) ? `${name}t64` : name;
}

/**
 * How a package command gets its rights: 'root' directly, by 'sudo', or not at all.
 * @param {{ isRoot: boolean, hasSudo: boolean, sudoAsks: boolean, hasTerminal: boolean }} facts
 * @returns {'root' | 'sudo' | 'none'}
 */
export function privilege({ isRoot, hasSudo, sudoAsks, hasTerminal }) {
  if (isRoot) return 'root';
  return hasSudo && (hasTerminal || !sudoAsks) ? 'sudo' : 'none';
}

/** The right to change the system that this process has; see privilege. */
export function currentPrivilege() {
  const hasSudo = isInstalled('sudo');
  return privilege({
    isRoot: userInfo().uid === 0,
    hasSudo,
    sudoAsks: hasSudo && readCommand('sudo', ['-n', 'true']) === null,
    hasTerminal: process.stdin.isTTY,
  });
}

/**
 * On Debian and Ubuntu, installs the wanted packages that are missing; elsewhere does nothing.
 * Raises SetupError with the command to run where it has no right to install.
 * @param {readonly string[]} wanted
 * @param {string} purpose Why they are needed, for the announcement.
 */
export async function ensureSystemPackages(wanted, purpose) {
  if (process.platform !== 'linux' || !isInstalled('apt-get')) return;
  const missing = missingPackages(wanted, queryInstalled());
  if (missing.length === 0) return;

  const right = currentPrivilege();
  if (right === 'none') {
    const names = missing.map((name) => nameInRelease(name, isKnownToApt));
    throw new SetupError(
      `System packages are missing, and installing them needs rights that this account has not: ${purpose}. Run\n\n` +
        `  sudo apt-get update && sudo apt-get install --no-install-recommends ${names.join(' ')}\n\n` +
        'and then this command again.',
    );
  }
  announce(
    `Installing system packages${right === 'sudo' ? ' with sudo' : ''} (${missing.join(', ')}): ${purpose}.`,
  );
  await apt(right, ['update', '-q']);
  // Only after the update does apt know which of the two names this release has.
  const names = missing.map((name) => nameInRelease(name, isKnownToApt));
  await apt(right, ['install', '-qq', '--yes', '--no-install-recommends', ...names]);

  const left = missingPackages(wanted, queryInstalled());
  if (left.length > 0) {
    throw new SetupError(
      `apt-get installed without an error, yet these are missing: ${left.join(', ')}.`,
    );
  }
}

/** Fetches apt's lists of packages anew. Raises SetupError, also where there is no right to do so. */
export async function updatePackageLists() {
  const right = currentPrivilege();
  if (right === 'none') {
    throw new SetupError(
      'The lists of packages are missing, and this account may not fetch them. Run\n\n  sudo apt-get update\n\nand then this command again.',
    );
  }
  await apt(right, ['update', '-q']);
}

/**
 * Libraries that the dynamic linker does not find, from the output of ldd.
 * @param {string} output
 */
export function missingLibraries(output) {
  return [...output.matchAll(/^\s*(\S+) => not found$/gmu)].map(([, name]) => name ?? '');
}

/**
 * Linux without apt-get: raises SetupError naming the libraries that an executable lacks.
 * @param {string} executable
 */
export function checkLibraries(executable) {
  if (process.platform !== 'linux' || isInstalled('apt-get')) return;
  const missing = missingLibraries(readCommand('ldd', [executable]) ?? '');
  if (missing.length === 0) return;
  throw new SetupError(
    `Electron needs libraries that this system does not have: ${missing.join(', ')}. ` +
      'Install them with the package manager of the system: they belong to GTK 3, NSS, ALSA, Mesa (gbm) and libsecret.',
  );
}

function queryInstalled() {
  const output = readCommand('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\\n']);
  if (output === null)
    throw new SetupError('dpkg-query failed: the package database cannot be read.');
  return installedPackages(output);
}

/** @param {string} name */
function isKnownToApt(name) {
  return (readCommand('apt-cache', ['show', '--no-all-versions', name]) ?? '') !== '';
}

/**
 * @param {'root' | 'sudo'} right
 * @param {readonly string[]} args
 */
async function apt(right, args) {
  // DPkg::Lock::Timeout: another apt run, such as the unattended upgrade, is waited for (seconds).
  const command = [
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '-o',
    'DPkg::Lock::Timeout=120',
    '-o',
    'Dpkg::Use-Pty=0',
    ...args,
  ];
  const [program = 'env', ...rest] = right === 'sudo' ? ['sudo', ...command] : command;
  const code = await runCommand(program, rest, { output: 'errors-only' });
  if (code !== 0) {
    throw new SetupError(`"apt-get ${args.join(' ')}" failed; apt says why above.`);
  }
}
