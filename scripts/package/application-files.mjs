import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { runTimePackages } from './run-time-packages.mjs';

/**
 * @typedef {object} Description What package.json says of the application.
 * @property {string} name
 * @property {string} productName
 * @property {string} version
 * @property {string} description
 * @property {string} license
 * @property {string} main
 */

/** Folders and files that only whoever develops a package needs. */
const forDevelopers =
  /^(?:test|tests|examples?|pkgconfig|\.github)$|\.(?:d\.[cm]?ts|map|md|a|cc|h|gyp)$/u;

/**
 * Whether a file or folder is needed when the application runs.
 * @param {string} path
 * @param {string} platform As process.platform and process.arch say it, such as "linux-x64".
 */
export function isNeeded(path, platform) {
  if (forDevelopers.test(basename(path))) return false;
  const parts = path.split(sep);
  // Packages with binaries for every platform have one folder for each.
  const built = parts[parts.lastIndexOf('prebuilds') + 1];
  return !parts.includes('prebuilds') || built === undefined || built === platform;
}

/**
 * The package.json of the packaged application. The product's name decides where settings are kept,
 * so a packaged application and one from the source tree have the same.
 * @param {Description & Readonly<Record<string, unknown>>} manifest That of the source tree.
 */
export function packagedManifest({ name, productName, version, description, license, main }) {
  const desktopName = `${name}.desktop`;
  return { name, productName, version, description, license, type: 'module', main, desktopName };
}

/**
 * Lays out in `target` what goes into the archive of the application: the build, the icon of the
 * window, a package.json and the packages that main loads when it runs. Everything of the page is in
 * the build.
 * @param {{ root: string, target: string, platform: string }} options
 */
export function layOutApplication({ root, target, platform }) {
  /** @param {string} from */
  const copy = (from) =>
    cpSync(join(root, from), join(target, from), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => isNeeded(path.slice(root.length), platform),
    });
  mkdirSync(target, { recursive: true });
  for (const folder of ['main', 'preload', 'renderer']) copy(join('out', folder));
  copy(join('resources', 'icons', '256.png'));
  const main = join(root, 'out', 'main');
  const programs = readdirSync(main).filter((name) => name.endsWith('.cjs'));
  const packages = runTimePackages(
    root,
    programs.map((name) => readFileSync(join(main, name), 'utf8')),
  );
  for (const { folder } of packages) copy(folder);
  /** @type {Description & Record<string, unknown>} */
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(
    join(target, 'package.json'),
    `${JSON.stringify(packagedManifest(manifest), null, 2)}\n`,
  );
}
