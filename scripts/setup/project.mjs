import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/** What the set-up fetches and remembers; git ignores it and it can be deleted at any time. */
export const cacheFolder = join(projectRoot, '.cache');

/** A reason to stop that a person can act on: shown as it is, without a stack trace. */
export class SetupError extends Error {
  /** @param {string} message What is wrong and what to do. */
  constructor(message) {
    super(message);
    this.name = 'SetupError';
  }
}

/**
 * One line about a step that is about to be taken; steps that have nothing to do are silent.
 * @param {string} message
 */
export function announce(message) {
  console.log(`[setup] ${message}`);
}
