import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { announce, SetupError } from './project.mjs';
import { isInstalled, readCommand, runCommand } from './run-command.mjs';
import { updatePackageLists } from './system-packages.mjs';

/** @typedef {'sshd' | 'pgbouncer'} ServerProgram */

/**
 * The servers beside PostgreSQL that the tests talk to, with their Debian packages. They are unpacked
 * and not installed: installing them would start a server for good on the machine of who runs the tests.
 * @type {readonly { name: ServerProgram, package: string }[]}
 */
export const serverPrograms = [
  { name: 'sshd', package: 'openssh-server' },
  { name: 'pgbouncer', package: 'pgbouncer' },
];

const systemFolders = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin', '/opt/homebrew/bin'];

/**
 * Where a program is: the system's own, or else what ensureServerPrograms unpacked; null where it is
 * neither.
 * @param {ServerProgram} name
 * @param {string} cache
 * @returns {string | null}
 */
export function serverProgram(name, cache) {
  const unpacked = join(cache, 'server-programs', 'bin');
  const found = [...systemFolders, unpacked].map((folder) => join(folder, name));
  return found.find((path) => existsSync(path)) ?? null;
}

/**
 * The names of what apt would install, from the output of `apt-get --simulate install`: of what a
 * package needs, only the shared libraries matter to a program that is not installed.
 * @param {string} simulation
 * @param {readonly string[]} wanted
 */
export function packagesToUnpack(simulation, wanted) {
  const names = Array.from(simulation.matchAll(/^Inst (\S+)/gmu), ([, name = '']) => name);
  return names.filter((name) => wanted.includes(name) || name.startsWith('lib'));
}

/**
 * Sees to the programs that are missing, on Debian and Ubuntu by unpacking their packages into
 * `cache`, which needs no rights. Elsewhere raises SetupError that says what to install.
 * @param {string} cache
 */
export async function ensureServerPrograms(cache) {
  const missing = serverPrograms.filter(({ name }) => serverProgram(name, cache) === null);
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name);
  if (!isInstalled('apt-get')) {
    throw new SetupError(
      `The tests talk to ${names.join(' and ')}, which this system does not have. Install what is missing with its package manager and run the command again.`,
    );
  }
  const packages = missing.map((program) => program.package);
  announce(
    `Fetching ${packages.join(' and ')} into .cache for the tests; nothing of it is installed.`,
  );
  const list = packagesToUnpack(await simulateInstall(packages), packages);
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, '.unpack-'));
  try {
    await unpack(list, work);
    // Servers of the tests may run under an account of their own.
    chmodSync(work, 0o755);
    const target = join(cache, 'server-programs');
    writeLaunchers(names, work, target);
    rmSync(target, { recursive: true, force: true });
    renameSync(work, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {readonly string[]} packages */
async function simulateInstall(packages) {
  const simulate = () =>
    readCommand('apt-get', ['--simulate', 'install', '--no-install-recommends', ...packages]);
  const first = simulate();
  if (first !== null) return first;
  // A system that was just set up has no lists of packages yet.
  await updatePackageLists();
  const second = simulate();
  if (second !== null) return second;
  throw new SetupError(
    `apt does not know how to install ${packages.join(' and ')}: "apt-get --simulate install ${packages.join(' ')}" says why.`,
  );
}

/**
 * @param {readonly string[]} packages
 * @param {string} folder
 */
async function unpack(packages, folder) {
  /** @type {import('./run-command.mjs').CommandOptions} */
  const options = { cwd: folder, output: 'errors-only' };
  // Run by root, apt would download as a user that may not write here, and warn that it cannot.
  const download = ['-o', 'APT::Sandbox::User=root', 'download', '-qq', ...packages];
  if ((await runCommand('apt-get', download, options)) !== 0) {
    throw new SetupError('apt-get could not download them; it says why above.');
  }
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb'))) {
    const code = await runCommand('dpkg-deb', ['--extract', file, '.'], options);
    if (code !== 0) throw new SetupError(`${file} could not be unpacked; dpkg-deb says why above.`);
    rmSync(join(folder, file));
  }
}

/**
 * Small scripts in "bin" that start the programs with the libraries that came along. The path has to
 * be absolute: sshd starts itself anew for each session.
 * @param {readonly ServerProgram[]} names
 * @param {string} unpacked
 * @param {string} target Where `unpacked` will be.
 */
function writeLaunchers(names, unpacked, target) {
  const libraries = libraryFolders(unpacked).map((folder) => join(target, folder));
  mkdirSync(join(unpacked, 'bin'));
  for (const name of names) {
    const program = join('usr', 'sbin', name);
    if (!existsSync(join(unpacked, program))) continue;
    const start = `LD_LIBRARY_PATH='${libraries.join(':')}' exec '${join(target, program)}' "$@"`;
    writeFileSync(join(unpacked, 'bin', name), `#!/bin/sh\n${start}\n`, { mode: 0o755 });
  }
}

/**
 * Libraries lie in "lib", or below it in a folder of the architecture's name.
 * @param {string} unpacked
 */
function libraryFolders(unpacked) {
  const roots = [join('usr', 'lib'), 'lib'].filter((folder) => existsSync(join(unpacked, folder)));
  const below = roots.flatMap((folder) =>
    readdirSync(join(unpacked, folder)).map((name) => join(folder, name)),
  );
  return [...roots, ...below];
}
