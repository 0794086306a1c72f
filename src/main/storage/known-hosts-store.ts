import { readFile } from 'node:fs/promises';
import type { HostKey } from '../db/ssh/host-key';
import { knownHostLine, parseKnownHosts, type KnownHost } from '../db/ssh/known-hosts';
import type { KnownHosts } from '../db/ssh/ssh-settings';
import { SerialQueue } from '../serial-queue';
import { systemCodeOf } from '../db/errors/system-code';
import type { AtomicFile } from './atomic-file';
import { storageFailed } from './storage-error';

export interface KnownHostsStoreOptions {
  /** The app's own file, in the format of OpenSSH: what a person trusted here. */
  readonly file: AtomicFile;
  /** Files of OpenSSH, which are only read. One that is missing knows nothing. */
  readonly others: readonly string[];
}

/** The host keys that OpenSSH knows on this computer, and those that were trusted here. */
export class KnownHostsStore implements KnownHosts {
  readonly #file: AtomicFile;
  readonly #others: readonly string[];
  readonly #queue = new SerialQueue();

  constructor({ file, others }: KnownHostsStoreOptions) {
    this.#file = file;
    this.#others = others;
  }

  /**
   * Every line of every file. Raises StorageFailed for a file that is there and cannot be read: what
   * it says of a changed or revoked key must not be missed.
   */
  read(): Promise<readonly KnownHost[]> {
    return this.#queue.run(async () => {
      const others = await Promise.all(
        this.#others.map(async (path) => parseKnownHosts(await readIfPresent(path), path)),
      );
      return [...others.flat(), ...parseKnownHosts(await this.#own(), this.#file.path)];
    });
  }

  /** Remembers a key in the app's own file. The name of the host is not readable in it. */
  add(name: string, key: HostKey): Promise<void> {
    return this.#queue.run(async () => {
      const text = await this.#own();
      const separator = text === '' || text.endsWith('\n') ? '' : '\n';
      await this.#file.write(`${text}${separator}${knownHostLine(name, key)}\n`);
    });
  }

  async #own(): Promise<string> {
    return (await this.#file.read())?.toString('utf8') ?? '';
  }
}

/** Where OpenSSH keeps the keys that it knows (ssh_config(5), UserKnownHostsFile and GlobalKnownHostsFile). */
export function openSshKnownHosts(home: string, platform: NodeJS.Platform): readonly string[] {
  if (platform === 'win32') {
    const system = process.env['ProgramData'] ?? 'C:\\ProgramData';
    return [`${home}\\.ssh\\known_hosts`, `${system}\\ssh\\ssh_known_hosts`];
  }
  return [`${home}/.ssh/known_hosts`, `${home}/.ssh/known_hosts2`, '/etc/ssh/ssh_known_hosts'];
}

async function readIfPresent(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return '';
    throw storageFailed(`The known SSH hosts in ${path} could not be read`, error);
  }
}
