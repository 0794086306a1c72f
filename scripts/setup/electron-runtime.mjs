import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fallback, fetchFallback } from './fallback-runtime.mjs';
import { announce, cacheFolder, projectRoot, SetupError } from './project.mjs';
import { runCommand } from './run-command.mjs';

/**
 * @typedef {object} Runtime
 * @property {'pinned' | 'fallback'} kind
 * @property {string} version
 * @property {string} folder Holds everything that belongs to it.
 * @property {string} executable
 */
/** @typedef {{ version: string, at: number }} FailedDownload `at` in milliseconds since 1970. */

const downloadLimitMs = 10 * 60_000;
const retryAfterMs = 24 * 60 * 60_000;

/**
 * Whether the download of the pinned Electron is worth a try: not within a day after it failed,
 * unless it was another version or the person asks for it.
 * @param {FailedDownload | null} failure
 * @param {string} version
 * @param {number} now Milliseconds since 1970.
 * @param {boolean} refresh
 */
export function shouldTryDownload(failure, version, now, refresh) {
  if (refresh || failure === null || failure.version !== version) return true;
  const age = now - failure.at;
  return age < 0 || age >= retryAfterMs;
}

/**
 * Whether the development runtime of another application can stand in on this machine.
 * @param {NodeJS.Platform} platform
 * @param {string} arch
 */
export function hasFallback(platform, arch) {
  return platform === 'linux' && arch === 'x64';
}

/**
 * The Electron that is installed, the pinned one before the fallback; null when there is none.
 * @param {string} [root] The project's root.
 * @param {string} [cache] The cache folder.
 * @returns {Runtime | null}
 */
export function installedRuntime(root = projectRoot, cache = cacheFolder) {
  const installed = join(root, 'node_modules', 'electron');
  const folder = join(installed, 'dist');
  const version = pinnedVersion(root);
  // The electron package writes path.txt after the last file, so a broken download has none.
  const name = readText(join(installed, 'path.txt'));
  if (name !== null && readText(join(folder, 'version'))?.replace(/^v/u, '') === version) {
    const executable = join(folder, name);
    if (existsSync(executable)) return { kind: 'pinned', version, folder, executable };
  }
  const fallbackFolder = join(cache, fallback.folder);
  return readText(join(fallbackFolder, fallback.stamp)) === fallback.integrity
    ? {
        kind: 'fallback',
        version: fallback.version,
        folder: fallbackFolder,
        executable: join(fallbackFolder, fallback.executable),
      }
    : null;
}

/**
 * Provides an Electron to run: the version that package.json pins, or, where that cannot be
 * downloaded, an old one that is good for development and tests only. Raises SetupError.
 * @param {{ refresh: boolean }} options `refresh` tries the download again within the day.
 * @returns {Promise<Runtime>}
 */
export async function ensureRuntime({ refresh }) {
  const failureFile = join(cacheFolder, 'electron-download-failed.json');
  const version = pinnedVersion(projectRoot);
  const present = installedRuntime();
  if (present?.kind === 'pinned') return present;

  if (shouldTryDownload(readFailure(failureFile), version, Date.now(), refresh)) {
    announce(`Downloading Electron ${version}, the runtime that package.json pins.`);
    if (await downloadPinned()) {
      rmSync(failureFile, { force: true });
      const downloaded = installedRuntime();
      if (downloaded?.kind === 'pinned') return downloaded;
    }
    if (!hasFallback(process.platform, process.arch)) throw new SetupError(unreachableMessage);
    mkdirSync(cacheFolder, { recursive: true });
    writeFileSync(failureFile, JSON.stringify({ version, at: Date.now() }));
    announce(
      `Electron ${version} cannot be downloaded here. It is tried again in a day, or with "npm start -- --refresh-runtime".`,
    );
  } else if (!hasFallback(process.platform, process.arch)) {
    throw new SetupError(unreachableMessage);
  }

  if (present === null) await fetchFallback(cacheFolder);
  const runtime = installedRuntime();
  if (runtime === null)
    throw new SetupError('The development runtime is incomplete: delete .cache and start again.');
  announce(
    `Using Electron ${runtime.version} in place of ${version}: an old runtime, for development and tests only.`,
  );
  return runtime;
}

const unreachableMessage =
  'Electron could not be downloaded; the reason is above. Check the network connection; behind a proxy set ' +
  'HTTPS_PROXY and NODE_USE_ENV_PROXY=1, and with a mirror set ELECTRON_MIRROR. Then run the command again.';

/** Runs the electron package's own installer, which checks what it downloads against its checksums. */
async function downloadPinned() {
  const installer = join(projectRoot, 'node_modules', 'electron', 'install.js');
  const code = await runCommand(process.execPath, ['--no-warnings', installer], {
    timeoutMs: downloadLimitMs,
    output: hasFallback(process.platform, process.arch) ? 'ignore' : 'inherit',
  });
  return code === 0;
}

/** @param {string} root */
function pinnedVersion(root) {
  /** @type {{ version: string }} */
  const { version } = JSON.parse(
    readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'),
  );
  return version;
}

/** @param {string} file */
function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}

/**
 * @param {string} file
 * @returns {FailedDownload | null}
 */
function readFailure(file) {
  const text = readText(file);
  return text === null ? null : JSON.parse(text);
}
