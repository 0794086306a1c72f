import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [license]
 * @property {boolean} [dev] Whether only development needs it.
 */

const licenceFile = /^(?:licen[cs]e|copying|notice|copyright)/iu;
const line = '-'.repeat(80);

/**
 * Writes the licences of Postern and of everything in a package that others made. The packages of npm are those that
 * the lock file does not mark as for development: more than main loads, since the build of the page
 * has taken in the rest of them.
 * @param {string} root The project's root.
 * @param {string} file
 */
export function writeNotices(root, file) {
  /** @type {{ packages: Readonly<Record<string, LockedPackage>> }} */
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const shipped = Object.entries(lock.packages).filter(
    ([folder, { dev }]) => folder !== '' && dev !== true && existsSync(join(root, folder)),
  );
  const sections = [
    `Postern\n\n${readFileSync(join(root, 'LICENSE'), 'utf8')}`,
    'Postern contains software that others made. Their licences follow. Those of Electron and\nChromium lie beside the program, in files whose names begin with LICENSE.\n',
    readFileSync(join(root, 'resources', 'server-programs-licences.txt'), 'utf8'),
    ...shipped.map(([folder, entry]) => packageNotice(root, folder, entry)),
  ];
  writeFileSync(file, sections.join(`\n${line}\n\n`));
}

/**
 * @param {string} root
 * @param {string} folder
 * @param {LockedPackage} entry
 */
function packageNotice(root, folder, { version = '', license = 'not named' }) {
  const path = join(root, folder);
  const name = folder.replace(/^.*node_modules\//u, '');
  const texts = readdirSync(path)
    .filter((entry) => licenceFile.test(entry))
    .sort()
    .map((entry) => readFileSync(join(path, entry), 'utf8').trim());
  return `${[`${name} ${version}`, `Licence: ${license}`, ...authorOf(path, texts), ...texts].join('\n\n')}\n`;
}

/**
 * Who made a package that has no text of its licence: the licence asks for that name.
 * @param {string} path
 * @param {readonly string[]} texts
 */
function authorOf(path, texts) {
  if (texts.length > 0) return [];
  /** @type {{ author?: string | { name?: string } }} */
  const { author } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const name = typeof author === 'string' ? author : author?.name;
  return name === undefined ? [] : [`Copyright: ${name}`];
}
