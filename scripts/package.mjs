/**
 * `npm run package`: builds the application and makes, for the platform it runs on, a folder in
 * dist/ that starts without Node.js and without the source tree, an archive of it, and on Debian and
 * Ubuntu a package for apt.
 *
 *   npm run package                                  all of them
 *   npm run package -- --folder-only                 only the folder
 *   npm run package -- --refresh-runtime             tries again to download the pinned Electron
 *   npm run package -- --allow-development-runtime   packages the old runtime too, for a trial: its
 *                                                    results go to dist/development
 */
import { packageApplication } from './package/package-application.mjs';
import { projectRoot, SetupError } from './setup/project.mjs';

process.chdir(projectRoot);
try {
  const options = new Set(process.argv.slice(2));
  const known = ['--folder-only', '--refresh-runtime', '--allow-development-runtime'];
  const unknown = [...options].find((option) => !known.includes(option));
  if (unknown !== undefined) {
    throw new SetupError(`There is no option "${unknown}". The options are: ${known.join(', ')}.`);
  }
  await packageApplication({
    folderOnly: options.has('--folder-only'),
    refreshRuntime: options.has('--refresh-runtime'),
    allowDevelopmentRuntime: options.has('--allow-development-runtime'),
  });
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`\n${error.message}\n`);
  process.exitCode = 1;
}
