import type { HostKey } from './host-key';
import type { KnownHost } from './known-hosts';

/** How a person is known to an SSH server. Secrets are asked for when they are needed, and not kept. */
export type SshAuthentication =
  | {
      readonly method: 'agent';
      /** The socket or pipe of the agent; null where there is none. */
      readonly socket: string | null;
    }
  | {
      readonly method: 'key';
      readonly path: string;
      /** Only called for a key that has a passphrase. */
      readonly passphrase: () => Promise<string | null>;
    }
  | { readonly method: 'password'; readonly password: () => Promise<string | null> };

/** The keys of hosts that are known, in whatever files. */
export interface KnownHosts {
  /** Every line of every file. Raises StorageFailed. */
  read(): Promise<readonly KnownHost[]>;
  /** Makes the key of a host known, by its name in such files. Raises StorageFailed. */
  add(name: string, key: HostKey): Promise<void>;
}

/** What a person is asked before a key of an unknown host is trusted. */
export interface HostKeyQuestion {
  readonly host: string;
  readonly port: number;
  readonly key: HostKey;
}

/** Whether the key is to be trusted. Once the signal fires, the answer no longer matters. */
export type AskAboutHostKey = (question: HostKeyQuestion, signal: AbortSignal) => Promise<boolean>;

/** Everything that an SSH connection takes. */
export interface SshSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly authentication: SshAuthentication;
  readonly knownHosts: KnownHosts;
}

/** Limits in milliseconds. */
export interface SshTiming {
  /** Over looking up the name, TCP, key exchange and login, without the time of a question. */
  readonly connectTimeoutMs: number;
  /** How often the server is asked for a sign of life. */
  readonly keepAliveMs: number;
  /** After so many intervals without a byte the link is dead. */
  readonly silentIntervals: number;
}

export const defaultSshTiming: SshTiming = {
  connectTimeoutMs: 15_000,
  keepAliveMs: 2_500,
  silentIntervals: 3,
};
