import type { Duplex } from 'node:stream';
import { unlessAborted } from '../deadline';
import { cancelledError } from '../errors/database-error';
import type { Tunnel, TunnelFacts, TunnelTarget } from '../session/tunnel';
import type { SshLink, SshLinkOptions } from './ssh-link';
import {
  defaultSshTiming,
  type AskAboutHostKey,
  type SshAuthentication,
  type SshSettings,
  type SshTiming,
} from './ssh-settings';

export interface SshTunnelOptions {
  readonly settings: SshSettings;
  /** Only `open` asks: a tunnel that is made anew behind the scenes has to meet a known key. */
  readonly askAboutHostKey: AskAboutHostKey;
  readonly timing?: Partial<SshTiming>;
}

/**
 * The SSH connection of one open connection to a database. It listens on no port: each socket is a
 * channel of its own (RFC 4254, section 7.2, "direct-tcpip"). A link that is lost is made anew when
 * the next stream is wanted, at the pace at which pool and monitor want one.
 */
export class SshTunnel implements Tunnel {
  #settings: SshSettings;
  readonly #ask: AskAboutHostKey;
  readonly #timing: SshTiming;
  readonly #closing = new AbortController();
  #link: Promise<SshLink> | null = null;
  #askedMs = 0;

  constructor({ settings, askAboutHostKey, timing }: SshTunnelOptions) {
    this.#settings = settings;
    this.#ask = async (question, signal) => {
      const beganAt = performance.now();
      const isTrusted = await askAboutHostKey(question, signal);
      this.#askedMs += performance.now() - beganAt;
      return isTrusted;
    };
    this.#timing = { ...defaultSshTiming, ...timing };
  }

  get name(): string {
    return this.#settings.host;
  }

  get askedMs(): number {
    return this.#askedMs;
  }

  async open(signal?: AbortSignal): Promise<TunnelFacts> {
    const link = await this.#reach(this.#ask, signal);
    return link.facts;
  }

  async openStream(target: TunnelTarget, signal: AbortSignal): Promise<Duplex> {
    const link = await this.#reach(null, signal);
    return await link.openStream(target, signal);
  }

  renewSecret(secret: string): void {
    const authentication = withSecret(this.#settings.authentication, secret);
    this.#settings = { ...this.#settings, authentication };
  }

  close(): void {
    this.#closing.abort();
    // One that fails to come about has nothing to close.
    void this.#link?.then(
      (link) => link.close(),
      () => undefined,
    );
  }

  /** The link that there is, or the one that is on its way, or a new one. */
  async #reach(ask: AskAboutHostKey | null, signal?: AbortSignal): Promise<SshLink> {
    if (this.#closing.signal.aborted || signal?.aborted === true) throw cancelledError();
    this.#link ??= this.#connect(ask);
    return signal === undefined ? await this.#link : await unlessAborted(this.#link, signal);
  }

  #connect(ask: AskAboutHostKey | null): Promise<SshLink> {
    const connecting = connect(this.#settings, {
      timing: this.#timing,
      ask,
      signal: this.#closing.signal,
    });
    const forget = (): void => {
      if (this.#link === connecting) this.#link = null;
    };
    connecting.then((link) => void link.closed.then(forget), forget);
    return connecting;
  }
}

function withSecret(authentication: SshAuthentication, secret: string): SshAuthentication {
  const read = (): Promise<string> => Promise.resolve(secret);
  switch (authentication.method) {
    case 'agent':
      return authentication;
    case 'key':
      return { ...authentication, passphrase: read };
    case 'password':
      return { ...authentication, password: read };
  }
}

/** The client of SSH is loaded where it is used: the app starts without it. */
async function connect(settings: SshSettings, options: SshLinkOptions): Promise<SshLink> {
  const { SshLink } = await import('./ssh-link');
  return SshLink.connect(settings, options);
}
