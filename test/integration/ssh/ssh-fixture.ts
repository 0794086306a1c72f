import { parseKnownHosts } from '../../../src/main/db/ssh/known-hosts';
import { readHostKey, type HostKey } from '../../../src/main/db/ssh/host-key';
import { SshTunnel } from '../../../src/main/db/ssh/ssh-tunnel';
import type {
  HostKeyQuestion,
  KnownHosts,
  SshAuthentication,
  SshTiming,
} from '../../../src/main/db/ssh/ssh-settings';
import type { SshServer } from './ssh-server';

/** What is known of hosts, in memory. */
export class MemoryKnownHosts implements KnownHosts {
  readonly added: { readonly name: string; readonly key: HostKey }[] = [];
  text: string;

  constructor(text = '') {
    this.text = text;
  }

  read() {
    return Promise.resolve(parseKnownHosts(this.text, '/known_hosts'));
  }

  add(name: string, key: HostKey) {
    this.added.push({ name, key });
    this.text += `${name} ${key.type} ${key.blob.toString('base64')}\n`;
    return Promise.resolve();
  }
}

/** The lines of a known_hosts file that make a server known. */
export function knownTo(server: SshServer): string {
  return server.hostKeys.map((key) => `[${server.host}]:${server.port} ${key}\n`).join('');
}

export function hostKeyOf(publicKey: string): HostKey {
  const key = readHostKey(Buffer.from(publicKey.split(' ')[1] ?? '', 'base64'));
  if (key === null) throw new Error('This is no public key.');
  return key;
}

export interface TunnelParts {
  readonly authentication: SshAuthentication;
  readonly knownHosts?: KnownHosts;
  readonly user?: string;
  readonly port?: number;
  readonly host?: string;
  readonly timing?: Partial<SshTiming>;
  readonly ask?: (question: HostKeyQuestion, signal: AbortSignal) => Promise<boolean>;
}

/** A tunnel through a server that is known, unless the parts say otherwise. */
export function tunnelThrough(server: SshServer, parts: TunnelParts): SshTunnel {
  return new SshTunnel({
    settings: {
      host: parts.host ?? server.host,
      port: parts.port ?? server.port,
      user: parts.user ?? server.user,
      authentication: parts.authentication,
      knownHosts: parts.knownHosts ?? new MemoryKnownHosts(knownTo(server)),
    },
    askAboutHostKey:
      parts.ask ?? (() => Promise.reject(new Error('Nobody is to be asked in this test.'))),
    ...(parts.timing !== undefined && { timing: parts.timing }),
  });
}
