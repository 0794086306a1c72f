import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { announce, projectRoot, SetupError } from './project.mjs';
import { runCommand } from './run-command.mjs';

const inputs = [
  'src',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'tsconfig.json',
  'tsconfig.base.json',
  'tsconfig.node.json',
  'tsconfig.web.json',
];
const outputs = ['main/index.cjs', 'preload/index.cjs', 'renderer/index.html'];

/**
 * A digest of the contents and names of files and folders below `root`; absent ones are left out.
 * @param {string} root
 * @param {readonly string[]} names
 */
export function hashInputs(root, names) {
  const hash = createHash('sha256');
  for (const file of names.flatMap((name) => filesBelow(join(root, name)))) {
    const contents = readFileSync(file);
    hash
      .update(`${relative(root, file).split(sep).join('/')}\0${contents.length}\0`)
      .update(contents);
  }
  return hash.digest('hex');
}

/**
 * The stamp that a build of these inputs leaves. It names the modification time of each output, so
 * that a build made by other means does not pass for this one; null where an output is missing.
 * @param {string} inputHash
 * @param {readonly (number | null)[]} outputTimes Modification times in milliseconds.
 * @returns {string | null}
 */
export function buildStamp(inputHash, outputTimes) {
  return outputTimes.includes(null) ? null : `${inputHash} ${outputTimes.join(' ')}`;
}

/** Builds into out/ unless out/ holds the build of the present sources. Raises SetupError. */
export async function ensureBuild() {
  const folder = join(projectRoot, 'out');
  const stampFile = join(folder, '.stamp');
  const inputHash = hashInputs(projectRoot, inputs);
  const outputTimes = () => outputs.map((name) => modificationTime(join(folder, name)));
  const wanted = buildStamp(inputHash, outputTimes());
  const found = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  if (wanted !== null && wanted === found) return;

  announce(
    `Building the application into out/: ${found === '' ? 'there is no build yet' : 'the sources changed'}.`,
  );
  forgetBuild();
  const electronVite = join(
    projectRoot,
    'node_modules',
    'electron-vite',
    'bin',
    'electron-vite.js',
  );
  const code = await runCommand(process.execPath, [electronVite, 'build', '--logLevel', 'warn']);
  if (code !== 0) throw new SetupError('The build failed; the compiler says why above.');
  const stamp = buildStamp(inputHash, outputTimes());
  if (stamp === null) {
    throw new SetupError(
      `The build ended without an error, yet one of ${outputs.join(', ')} is missing from out/.`,
    );
  }
  writeFileSync(stampFile, stamp);
}

/** Makes the next ensureBuild build anew; called before anything else writes into out/. */
export function forgetBuild() {
  rmSync(join(projectRoot, 'out', '.stamp'), { force: true });
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** @param {string} file */
function modificationTime(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
