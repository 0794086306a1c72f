import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { announce, projectRoot, SetupError } from './project.mjs';
import { runNpm } from './run-command.mjs';

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 */
/** @typedef {Readonly<Record<string, LockedPackage>>} LockedPackages */

/**
 * Why `npm ci` is needed; null when what is installed is what the lock file names. npm writes
 * node_modules/.package-lock.json as the last step of every install, so an install that was
 * interrupted leaves none. Optional packages are those of other platforms.
 * @param {LockedPackages} wanted "packages" of package-lock.json.
 * @param {LockedPackages | null} installed "packages" of node_modules/.package-lock.json.
 * @returns {string | null}
 */
export function reasonToInstall(wanted, installed) {
  if (installed === null) return 'they are not installed yet';
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue;
    const present = installed[path];
    if (present === undefined) {
      if (entry.optional === true) continue;
      return `${nameOf(path)} is missing`;
    }
    if (present.version !== entry.version || present.integrity !== entry.integrity) {
      return `${nameOf(path)} differs from package-lock.json`;
    }
  }
  const extra = Object.keys(installed).find((path) => wanted[path] === undefined);
  return extra === undefined ? null : `${nameOf(extra)} is no longer in package-lock.json`;
}

/** Installs the packages of package-lock.json where they are missing or differ. Raises SetupError. */
export async function ensureNodeModules() {
  const wanted = readPackages(join(projectRoot, 'package-lock.json'));
  if (wanted === null) {
    throw new SetupError(
      'package-lock.json is missing: restore it with "git checkout package-lock.json".',
    );
  }
  const reason = reasonToInstall(
    wanted,
    readPackages(join(projectRoot, 'node_modules', '.package-lock.json')),
  );
  if (reason === null) return;
  announce(`Installing the npm packages of package-lock.json: ${reason}.`);
  const code = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) {
    throw new SetupError(
      'The npm packages could not be installed; npm says why above. ' +
        'Check the network connection (and the proxy, if there is one) and run the command again.',
    );
  }
}

/** @param {string} path A key of the lock file, such as "node_modules/a/node_modules/b". */
function nameOf(path) {
  return path.replace(/^.*node_modules\//u, '');
}

/**
 * @param {string} file
 * @returns {LockedPackages | null}
 */
function readPackages(file) {
  if (!existsSync(file)) return null;
  /** @type {{ packages: LockedPackages }} */
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  return packages;
}
