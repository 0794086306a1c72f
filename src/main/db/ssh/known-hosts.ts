import { createHmac, randomBytes } from 'node:crypto';
import { readHostKey, type HostKey } from './host-key';

/** One line of a known_hosts file that names a key (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). */
export interface KnownHost {
  /** `cert-authority` lines name who may sign host keys, never a host's own key. */
  readonly marker: 'cert-authority' | 'revoked' | null;
  /** The hosts that it holds for: patterns separated by commas, or one hashed name. */
  readonly patterns: string;
  readonly key: HostKey;
  /** The file, and the number of the line in it from 1. */
  readonly path: string;
  readonly line: number;
}

/** The lines of a known_hosts file. As in OpenSSH, lines that cannot be understood are left out. */
export function parseKnownHosts(text: string, path: string): KnownHost[] {
  return text.split('\n').flatMap((raw, index) => {
    const fields = raw.trim().split(/[ \t]+/);
    if (fields[0] === '' || fields[0]?.startsWith('#')) return [];
    const marker = fields[0]?.startsWith('@') ? fields.shift()?.slice(1) : null;
    if (marker !== null && marker !== 'revoked' && marker !== 'cert-authority') return [];
    const [patterns, type, base64] = fields;
    if (patterns === undefined || type === undefined || base64 === undefined) return [];
    const key = readHostKey(Buffer.from(base64, 'base64'));
    if (key === null || key.type !== type) return [];
    return [{ marker, patterns, key, path, line: index + 1 }];
  });
}

/** A host as known_hosts files name it: the port is left out where it is 22. */
export function knownHostName(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

/** Whether a line's patterns name the host. A negated pattern that fits takes the whole line away. */
export function namesHost(patterns: string, name: string): boolean {
  if (patterns.startsWith('|')) return isHashOf(patterns, name);
  let isNamed = false;
  for (const raw of patterns.toLowerCase().split(',')) {
    const isNegated = raw.startsWith('!');
    if (!fits(isNegated ? raw.slice(1) : raw, name)) continue;
    if (isNegated) return false;
    isNamed = true;
  }
  return isNamed;
}

/**
 * The line that makes a key known for a host. The name is hashed, as with HashKnownHosts of
 * ssh_config(5): whoever reads the file learns no host from it.
 */
export function knownHostLine(name: string, { type, blob }: HostKey): string {
  const salt = randomBytes(20);
  const hash = hostHash(salt, name).toString('base64');
  return `|1|${salt.toString('base64')}|${hash} ${type} ${blob.toString('base64')}`;
}

function isHashOf(hashed: string, name: string): boolean {
  const [, magic, salt, hash] = hashed.split('|');
  if (magic !== '1' || salt === undefined || hash === undefined) return false;
  return hostHash(Buffer.from(salt, 'base64'), name).equals(Buffer.from(hash, 'base64'));
}

/** HMAC with SHA-1, keyed by the salt: the one way of hashing that the format has. */
const hostHash = (salt: Buffer, name: string): Buffer =>
  createHmac('sha1', salt).update(name).digest();

/**
 * `*` and `?` stand for any characters and one (ssh_config(5), PATTERNS). Of several `*` only the last
 * is tried anew, which is enough, and takes no more than the product of both lengths.
 */
function fits(pattern: string, name: string): boolean {
  let at = 0;
  let star = -1;
  let taken = 0;
  for (let index = 0; index < name.length;) {
    if (pattern[at] === '*') {
      star = at;
      taken = index;
      at += 1;
    } else if (pattern[at] === '?' || pattern[at] === name[index]) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      taken += 1;
      index = taken;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
