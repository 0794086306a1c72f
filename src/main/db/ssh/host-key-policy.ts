import type { ServerHostKeyAlgorithm } from 'ssh2';
import type { HostKey } from './host-key';
import { namesHost, type KnownHost } from './known-hosts';

/** What is to be thought of the key that a host shows. */
export type HostKeyVerdict =
  | { readonly state: 'trusted' }
  | { readonly state: 'unknown' }
  /** Other keys are known for the host; `known` names them. */
  | { readonly state: 'changed'; readonly known: readonly KnownHost[] }
  | { readonly state: 'revoked'; readonly by: KnownHost };

/**
 * Judges as OpenSSH does (hostfile.c): a revoked key is refused whatever else is known, a known one
 * is trusted, and where a host is known by other keys alone, of whatever type, its key has changed.
 * Keys of certificate authorities are no keys of hosts.
 */
export function judgeHostKey(
  key: HostKey,
  name: string,
  knownHosts: readonly KnownHost[],
): HostKeyVerdict {
  const ofHost = knownHosts.filter(({ patterns }) => namesHost(patterns, name));
  const isSame = (other: KnownHost): boolean => other.key.blob.equals(key.blob);
  const by = ofHost.find((other) => other.marker === 'revoked' && isSame(other));
  if (by !== undefined) return { state: 'revoked', by };
  const known = ofHost.filter(({ marker }) => marker === null);
  if (known.some(isSame)) return { state: 'trusted' };
  return known.length === 0 ? { state: 'unknown' } : { state: 'changed', known };
}

/**
 * The signature algorithms for host keys, best first. As in OpenSSH, `ssh-rsa` is not among them:
 * it signs with SHA-1, which no longer proves anything (OpenSSH 8.8 release notes).
 */
const algorithms = [
  ['ssh-ed25519', 'ssh-ed25519'],
  ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp256'],
  ['ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp384'],
  ['ecdsa-sha2-nistp521', 'ecdsa-sha2-nistp521'],
  ['rsa-sha2-512', 'ssh-rsa'],
  ['rsa-sha2-256', 'ssh-rsa'],
] as const satisfies readonly (readonly [ServerHostKeyAlgorithm, string])[];

/**
 * The algorithms to offer to a host: those of the keys that are known for it come first, so that a
 * server with several keys shows one that can be compared.
 */
export function hostKeyAlgorithms(
  name: string,
  knownHosts: readonly KnownHost[],
): ServerHostKeyAlgorithm[] {
  const types = new Set(
    knownHosts
      .filter(({ marker, patterns }) => marker === null && namesHost(patterns, name))
      .map(({ key }) => key.type),
  );
  const known = algorithms.filter(([, type]) => types.has(type));
  const others = algorithms.filter(([, type]) => !types.has(type));
  return [...known, ...others].map(([algorithm]) => algorithm);
}
