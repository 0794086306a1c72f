import { fileURLToPath } from 'node:url';
import { serverProgram, type ServerProgram } from '../../scripts/setup/server-programs.mjs';

const cache = fileURLToPath(new URL('../../.cache', import.meta.url));

/**
 * The path of a server beside PostgreSQL that tests talk to: the system's, or the one that `npm test`
 * unpacked. Raises an Error where there is none.
 */
export function findProgram(name: ServerProgram): string {
  const path = serverProgram(name, cache);
  if (path === null) throw new Error(`${name} is missing: "npm test" fetches it.`);
  return path;
}
