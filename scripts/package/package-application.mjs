import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureBuild } from '../setup/build.mjs';
import { projectRoot, SetupError } from '../setup/project.mjs';
import { setUp } from '../setup/set-up.mjs';
import { runtimePackages } from '../setup/system-packages.mjs';

/** @typedef {import('./application-files.mjs').Description} Description */

/**
 * Sets up whatever is missing, builds, and packages; says what it does. Returns the executable of the
 * packaged application. Raises SetupError.
 * @param {object} options
 * @param {boolean} options.folderOnly
 * @param {boolean} options.refreshRuntime
 * @param {boolean} options.allowDevelopmentRuntime
 * @param {string} [options.dist] Where the results go.
 */
export async function packageApplication({
  folderOnly,
  refreshRuntime,
  allowDevelopmentRuntime,
  dist = join(projectRoot, 'dist'),
}) {
  const runtime = await setUp({
    packages: runtimePackages,
    purpose: 'Electron and the keychain load them',
    refreshRuntime,
  });
  checkRuntime(runtime, allowDevelopmentRuntime);
  await ensureBuild();

  // They are npm packages: before the set-up they may be missing.
  const { layOutApplication } = await import('./application-files.mjs');
  const { executableIn, makeBundle } = await import('./bundle.mjs');
  const { makeArchive } = await import('./archive.mjs');
  const { canMakeDebian, makeDebian } = await import('./debian.mjs');
  const { writeNotices } = await import('./third-party-notices.mjs');

  /** @type {Description} */
  const description = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  const platform = `${process.platform}-${process.arch}`;
  const out = runtime.kind === 'pinned' ? dist : join(dist, 'development');
  mkdirSync(out, { recursive: true });
  // Beside the results, so that these are moved and not copied.
  const work = mkdtempSync(join(dist, '.work-'));
  try {
    say(`Packaging ${description.productName} ${description.version} for ${platform}.`);
    const notices = join(work, 'THIRD-PARTY-NOTICES.txt');
    writeNotices(projectRoot, notices);
    const icons = join(projectRoot, 'resources', 'icons');
    const folder = await makeBundle({
      runtime,
      layOut: (target) => layOutApplication({ root: projectRoot, target, platform }),
      description,
      icons,
      notices,
      work,
      out,
    });
    tell(folder);
    const executable = join(folder, executableIn(description));
    if (folderOnly) return executable;
    tell(await makeArchive({ folder, description, platform, out }));
    if (canMakeDebian()) {
      tell(await makeDebian({ folder, description, icons, notices, work, out }));
    }
    return executable;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Refuses what must not reach a user. Raises SetupError.
 * @param {{ kind: 'pinned' | 'fallback', version: string }} runtime
 * @param {boolean} allowDevelopmentRuntime
 */
export function checkRuntime(runtime, allowDevelopmentRuntime) {
  if (runtime.kind === 'pinned' || allowDevelopmentRuntime) return;
  throw new SetupError(
    `Only Electron ${runtime.version} is here, which is old and for development and tests alone: a package for others must not contain it.\n` +
      '  To package:     run "npm run package -- --refresh-runtime" where the pinned Electron can be downloaded.\n' +
      '  For a trial:    run "npm run package -- --allow-development-runtime"; do not pass on what it makes.',
  );
}

/** @param {string} path What was made. */
function tell(path) {
  const short = relative(projectRoot, path);
  say(`Made ${short.startsWith('..') ? path : short}`);
}

/** @param {string} message */
function say(message) {
  console.log(`[package] ${message}`);
}
