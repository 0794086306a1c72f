import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureRuntime } from './electron-runtime.mjs';
import { ensureNodeModules } from './node-modules.mjs';
import { checkNodeVersion } from './node-version.mjs';
import { projectRoot } from './project.mjs';
import { checkLibraries, ensureSystemPackages } from './system-packages.mjs';

/**
 * What `npm start`, `npm test` and `npm run bench` share: Node, the npm packages, the system's
 * libraries and Electron. Steps that are already done are silent. Raises SetupError.
 * @param {{ packages: readonly string[], purpose: string, refreshRuntime: boolean }} options
 *   `packages` are Debian packages; `purpose` says what needs them.
 */
export async function setUp({ packages, purpose, refreshRuntime }) {
  /** @type {{ engines: { node: string } }} */
  const { engines } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  checkNodeVersion(engines.node);
  await ensureNodeModules();
  await ensureSystemPackages(packages, purpose);
  const runtime = await ensureRuntime({ refresh: refreshRuntime });
  checkLibraries(runtime.executable);
  return runtime;
}
