import { SetupError } from './project.mjs';

/**
 * Whether version `actual` ("v20.19.2") is at least `minimum` ("20.19.0").
 * @param {string} actual
 * @param {string} minimum
 */
export function isAtLeast(actual, minimum) {
  const left = actual.replace(/^v/u, '').split('.').map(Number);
  const right = minimum.split('.').map(Number);
  for (const [index, wanted] of right.entries()) {
    const found = left[index] ?? 0;
    if (found !== wanted) return found > wanted;
  }
  return true;
}

/**
 * Raises SetupError when this Node is too old for the build tools.
 * @param {string} engines The "engines.node" of package.json, such as ">=20.19.0".
 * @param {string} [actual]
 */
export function checkNodeVersion(engines, actual = process.version) {
  const minimum = engines.replace(/^>=\s*/u, '');
  if (isAtLeast(actual, minimum)) return;
  throw new SetupError(
    `Node.js ${minimum} or newer is needed; this is ${actual}. ` +
      'Install a current version (for example from nodejs.org, or with nvm or fnm) and run the command again.',
  );
}
