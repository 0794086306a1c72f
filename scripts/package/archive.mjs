import { basename, dirname, join } from 'node:path';
import { SetupError } from '../setup/project.mjs';
import { runCommand } from '../setup/run-command.mjs';

/**
 * How a folder becomes an archive by what each system has: GNU tar on Linux, ditto on macOS, which
 * keeps the links of frameworks, and the tar of Windows, which writes zip files too.
 * @param {NodeJS.Platform} platform
 * @param {string} folder The name of the folder, in the current one.
 * @param {string} file Without its ending.
 * @returns {{ command: string, args: string[], file: string }}
 */
export function archiveCommand(platform, folder, file) {
  if (platform === 'darwin') {
    const zip = `${file}.zip`;
    return { command: 'ditto', args: ['-c', '-k', '--keepParent', folder, zip], file: zip };
  }
  if (platform === 'win32') {
    const zip = `${file}.zip`;
    return { command: 'tar.exe', args: ['-a', '-cf', zip, folder], file: zip };
  }
  const tarball = `${file}.tar.gz`;
  const owner = ['--owner=root:0', '--group=root:0', '--sort=name'];
  return { command: 'tar', args: [...owner, '-czf', tarball, folder], file: tarball };
}

/**
 * Makes an archive of the folder of the packaged application and returns its path. Raises SetupError.
 * @param {object} options
 * @param {string} options.folder
 * @param {{ name: string, version: string }} options.description
 * @param {string} options.platform Such as "linux-x64".
 * @param {string} options.out
 */
export async function makeArchive({ folder, description, platform, out }) {
  const file = join(out, `${description.name}-${description.version}-${platform}`);
  const made = archiveCommand(process.platform, basename(folder), file);
  const code = await runCommand(made.command, made.args, { cwd: dirname(folder) });
  if (code !== 0) {
    throw new SetupError(`${made.file} could not be made; ${made.command} says why above.`);
  }
  return made.file;
}
