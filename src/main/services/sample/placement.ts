import { createHash, randomUUID } from 'node:crypto';
import { chmod, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sampleServerFailed } from './sample-error';
import { findServerPrograms, type ServerPrograms } from './programs';

/** The system user that the server runs as, where it may not be the user of the app. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/** Where the sample server keeps its files and how it is run. */
export interface Placement {
  /** Holds the data directories and the log; exists. */
  readonly directory: string;
  /** The folder of the programs; the server's user can reach it. */
  readonly programs: string;
  /** null: the server runs as the user of the app. */
  readonly account: ServerAccount | null;
}

/** Names, for root, the folder of the app that the files belong to. */
export const originFile = 'origin';

/** Only root can write here, so nobody can put a folder of that name in the way beforehand. */
const rootFolder = '/var/lib/postern';

/**
 * Where the files of the sample with this folder really lie. PostgreSQL refuses to run as root, and
 * another user cannot reach a folder below a home of mode 0700 such as /root. So for root, as in
 * containers and in continuous integration, and for root only, they lie under /var/lib/postern.
 */
export function sampleDirectory(dataDirectory: string): string {
  if (process.getuid?.() !== 0) return dataDirectory;
  const hash = createHash('sha256').update(dataDirectory).digest('hex').slice(0, 16);
  return join(rootFolder, `sample-${hash}`);
}

/** Makes the folder and finds programs and user. Raises DatabaseError of kind SampleServerFailed. */
export async function preparePlacement(dataDirectory: string): Promise<Placement> {
  const found = await findServerPrograms();
  const directory = sampleDirectory(dataDirectory);
  try {
    const account = process.getuid?.() === 0 ? await accountForRoot() : null;
    await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
    if (account === null) return { directory, programs: found.root, account };
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, originFile), dataDirectory, { mode: 0o600 });
    // A strict umask would keep the server's user out.
    await chmod(rootFolder, 0o711);
    await chmod(directory, 0o711);
    return { directory, programs: await reachablePrograms(found), account };
  } catch (error) {
    throw sampleServerFailed({
      message: 'The folder of the sample database could not be prepared.',
      detail: error instanceof Error ? error.message : String(error),
      advice: `Check that ${directory} can be written, then start the sample database again.`,
      cause: error,
    });
  }
}

/** initdb looks its user up by name, so it must be one that exists; none is created for a sample. */
async function accountForRoot(): Promise<ServerAccount> {
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find((fields) => fields[0] === name) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody.');
}

/** The programs themselves, or a copy of them where the server's user cannot reach them. */
async function reachablePrograms(found: ServerPrograms): Promise<string> {
  if (await isReachableByOthers(found.root)) return found.root;
  const copy = join(rootFolder, `postgresql-${found.version}`);
  const isThere = await stat(copy).then(
    () => true,
    () => false,
  );
  if (isThere) return copy;
  const unfinished = `${copy}-${randomUUID()}`;
  try {
    await cp(found.root, unfinished, { recursive: true, verbatimSymlinks: true });
    await chmod(unfinished, 0o755);
    await rename(unfinished, copy);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return copy;
}

/** Whether every folder on the way may be entered by everybody. */
export async function isReachableByOthers(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  if ((mode & 0o001) === 0) return false;
  const parent = dirname(path);
  return parent === path || isReachableByOthers(parent);
}
