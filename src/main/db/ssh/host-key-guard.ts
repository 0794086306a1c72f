import type { ServerHostKeyAlgorithm } from 'ssh2';
import { addressOf } from '../errors/error-context';
import { cancelledError, DatabaseError } from '../errors/database-error';
import { describeHostKey, readHostKey, type HostKey } from './host-key';
import { hostKeyAlgorithms, judgeHostKey } from './host-key-policy';
import { knownHostName, type KnownHost } from './known-hosts';
import type { AskAboutHostKey, SshSettings } from './ssh-settings';

/** Decides about the host key of one SSH connection. */
export class HostKeyGuard {
  readonly #settings: SshSettings;
  readonly #name: string;
  readonly #ask: AskAboutHostKey | null;
  readonly #knownHosts: readonly KnownHost[];
  #accepted: HostKey | null = null;
  #isNew = false;

  private constructor(
    settings: SshSettings,
    knownHosts: readonly KnownHost[],
    ask: AskAboutHostKey | null,
  ) {
    this.#settings = settings;
    this.#name = knownHostName(settings.host, settings.port);
    this.#knownHosts = knownHosts;
    this.#ask = ask;
  }

  /** Reads what is known. Without `ask` the key of an unknown host is refused. Raises StorageFailed. */
  static async prepare(settings: SshSettings, ask: AskAboutHostKey | null): Promise<HostKeyGuard> {
    return new HostKeyGuard(settings, await settings.knownHosts.read(), ask);
  }

  get algorithms(): ServerHostKeyAlgorithm[] {
    return hostKeyAlgorithms(this.#name, this.#knownHosts);
  }

  /** The key that was accepted; null until one was. */
  get accepted(): HostKey | null {
    return this.#accepted;
  }

  /**
   * Raises DatabaseError of kind HostKeyRefused unless the key is known, or the person trusts it.
   * The server has not proven yet that it owns the key: see `keep`.
   */
  async check(blob: Buffer, signal: AbortSignal): Promise<void> {
    const key = readHostKey(blob);
    if (key === null) throw this.#refused('sent no host key that can be read', undefined, '');
    // Keys are exchanged anew now and then: the server is to stay the same.
    if (this.#accepted !== null) {
      if (this.#accepted.blob.equals(blob)) return;
      throw this.#changed(key, [describeHostKey(this.#accepted)], null);
    }
    const verdict = judgeHostKey(key, this.#name, this.#knownHosts);
    switch (verdict.state) {
      case 'trusted':
        break;
      case 'revoked':
        throw this.#revoked(key, verdict.by);
      case 'changed':
        throw this.#changed(key, verdict.known.map(describeKnown), verdict.known[0] ?? null);
      case 'unknown':
        await this.#consent(key, signal);
        this.#isNew = true;
    }
    this.#accepted = key;
  }

  /** Once the server has proven that the key is its own: makes a key known that was trusted just now. */
  async keep(): Promise<void> {
    if (!this.#isNew || this.#accepted === null) return;
    this.#isNew = false;
    await this.#settings.knownHosts.add(this.#name, this.#accepted);
  }

  async #consent(key: HostKey, signal: AbortSignal): Promise<void> {
    const { host, port } = this.#settings;
    if (this.#ask === null) {
      throw this.#refused(
        'shows a host key that is not known',
        `Offered: ${describeHostKey(key)}`,
        'Open the connection again: it then asks whether to trust the key.',
      );
    }
    if (await this.#ask({ host, port, key }, signal)) return;
    if (signal.aborted) throw cancelledError();
    throw this.#refused(
      'shows a host key that was not trusted',
      `Offered: ${describeHostKey(key)}`,
      'Ask the administrator of the SSH server for its fingerprint, and connect again when it is this one.',
    );
  }

  #revoked(key: HostKey, { path, line }: KnownHost): DatabaseError {
    return this.#refused(
      'shows a host key that was revoked',
      `Revoked in ${path}, line ${line}: ${describeHostKey(key)}`,
      'Do not connect: whoever has stolen this key may be answering. Ask the administrator of the SSH server.',
    );
  }

  #changed(key: HostKey, known: readonly string[], removable: KnownHost | null): DatabaseError {
    const remove =
      removable === null
        ? ''
        : ` If the new key is right, remove the old one, then connect again: ssh-keygen -R "${this.#name}" -f "${removable.path}"`;
    return this.#refused(
      'shows another host key than the one that is known',
      [...known.map((text) => `Known: ${text}`), `Offered: ${describeHostKey(key)}`].join('\n'),
      `Somebody may be intercepting the connection, or the server was set up anew. Ask its administrator for the fingerprint.${remove}`,
    );
  }

  #refused(what: string, detail: string | undefined, advice: string): DatabaseError {
    return new DatabaseError({
      kind: 'HostKeyRefused',
      message: `The SSH host ${addressOf(this.#settings)} ${what}.`,
      ...(detail !== undefined && { detail }),
      advice,
    });
  }
}

function describeKnown({ key, path, line }: KnownHost): string {
  return `${describeHostKey(key)} (${path}, line ${line})`;
}
