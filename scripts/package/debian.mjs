import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { SetupError } from '../setup/project.mjs';
import { isInstalled, runCommand } from '../setup/run-command.mjs';
import { runtimePackages } from '../setup/system-packages.mjs';

/** @typedef {import('./application-files.mjs').Description} Description */

/** What Debian calls the architectures of Node.js. @type {Readonly<Record<string, string>>} */
const architectures = { x64: 'amd64', arm64: 'arm64', arm: 'armhf', ia32: 'i386' };
/** Sizes of the icon theme, in pixels. */
export const iconSizes = [16, 24, 32, 48, 64, 128, 256, 512];

/** Whether this system can make packages for apt. */
export function canMakeDebian() {
  return process.platform === 'linux' && isInstalled('dpkg-deb');
}

/**
 * Whoever makes the package answers for it, and is named as to Debian's own tools (dch(1)); a package
 * for oneself needs no name.
 * @param {Readonly<Record<string, string | undefined>>} environment
 */
function maintainerIn({ DEBFULLNAME: name, DEBEMAIL: email }) {
  return `${name || 'Whoever built it'} <${email || 'root@localhost'}>`;
}

/**
 * The control file of the package.
 * @param {Description} description
 * @param {object} facts
 * @param {string} facts.arch As process.arch says it.
 * @param {number} facts.sizeKiB
 * @param {Readonly<Record<string, string | undefined>>} facts.environment
 */
export function controlFile({ name, version, description }, { arch, sizeKiB, environment }) {
  // Debian 13 and Ubuntu 24.04 renamed some libraries with the suffix t64; either will do.
  const libraries = runtimePackages.map((library) => `${library} | ${library}t64`);
  return [
    `Package: ${name}`,
    // A hyphen would begin the revision of a Debian package, and 1.0.0~beta comes before 1.0.0.
    `Version: ${version.replaceAll('-', '~')}`,
    `Architecture: ${architectures[arch] ?? arch}`,
    `Maintainer: ${maintainerIn(environment)}`,
    `Installed-Size: ${sizeKiB}`,
    `Depends: ${['libc6', ...libraries, 'xdg-utils'].join(', ')}`,
    'Recommends: gnome-keyring | org.freedesktop.secrets',
    'Section: database',
    'Priority: optional',
    `Description: ${description}`,
    ' Postern shows every value as the server sent it, reads results of any length',
    ' in bounded memory, and asks before it sends what may destroy data.',
    '',
  ].join('\n');
}

/**
 * What desktops show the application by.
 * @param {Description} description
 */
export function desktopEntry({ name, productName, description }) {
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${productName}`,
    'GenericName=PostgreSQL Client',
    `Comment=${description}`,
    `Exec=${name}`,
    `Icon=${name}`,
    'Categories=Development;Database;',
    'Keywords=postgres;postgresql;sql;query;',
    // X11 names windows by the product, Wayland by the file of this entry.
    `StartupWMClass=${productName}`,
    'Terminal=false',
    '',
  ].join('\n');
}

/**
 * Makes a package for apt from the folder of the packaged application and returns its path. Raises
 * SetupError.
 * @param {object} options
 * @param {string} options.folder
 * @param {Description} options.description
 * @param {string} options.icons The folder of the icons.
 * @param {string} options.notices The file of the licences.
 * @param {string} options.work A folder for what is in between.
 * @param {string} options.out
 */
export async function makeDebian({ folder, description, icons, notices, work, out }) {
  const { name, version } = description;
  const root = join(work, 'debian');
  layOutDebian({ root, folder, description, icons, notices });
  const file = join(out, `${name}_${version}_${architectures[process.arch] ?? process.arch}.deb`);
  // xz makes it a quarter smaller, and takes ten times as long.
  const options = ['--root-owner-group', '-Zgzip'];
  const code = await runCommand('dpkg-deb', [...options, '--build', root, file], {
    output: 'errors-only',
  });
  if (code !== 0) throw new SetupError(`${file} could not be made; dpkg-deb says why above.`);
  return file;
}

/**
 * Lays out the files of the package below `root` as they lie on the system.
 * @param {{ root: string, folder: string, description: Description, icons: string, notices: string }} options
 */
export function layOutDebian({ root, folder, description, icons, notices }) {
  const { name } = description;
  /** @param {string} path */
  const place = (path) => {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    return target;
  };
  const installed = place(`usr/lib/${name}`);
  cpSync(folder, installed, { recursive: true, verbatimSymlinks: true });
  // Where a normal user may create no namespaces, as on Ubuntu, the sandbox needs this bit.
  chmodSync(join(installed, 'chrome-sandbox'), 0o4755);
  symlinkSync(`../lib/${name}/${name}`, place(`usr/bin/${name}`));
  writeFileSync(place(`usr/share/applications/${name}.desktop`), desktopEntry(description));
  for (const size of iconSizes) {
    const themed = place(`usr/share/icons/hicolor/${size}x${size}/apps/${name}.png`);
    copyFileSync(join(icons, `${size}.png`), themed);
  }
  copyFileSync(
    join(icons, `${name}.svg`),
    place(`usr/share/icons/hicolor/scalable/apps/${name}.svg`),
  );
  copyFileSync(notices, place(`usr/share/doc/${name}/copyright`));
  writeFileSync(
    place('DEBIAN/control'),
    controlFile(description, {
      arch: process.arch,
      sizeKiB: sizeKiB(root),
      environment: process.env,
    }),
  );
}

/** @param {string} folder */
function sizeKiB(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const bytes = files
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  return Math.ceil(bytes / 1024);
}
