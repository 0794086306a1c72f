import { createHash } from 'node:crypto';

/** The public key of an SSH server as it crosses the wire (RFC 4253, section 6.6). */
export interface HostKey {
  /** For example "ssh-ed25519". */
  readonly type: string;
  readonly blob: Buffer;
}

/** Reads the type that a key begins with; null where the bytes are no key. */
export function readHostKey(blob: Buffer): HostKey | null {
  if (blob.length < 4) return null;
  const length = blob.readUInt32BE(0);
  if (length === 0 || length > 64 || blob.length <= 4 + length) return null;
  const type = blob.toString('latin1', 4, 4 + length);
  return /^[\x21-\x7e]+$/.test(type) ? { type, blob } : null;
}

/** The fingerprint as OpenSSH prints it: base64 of SHA-256 without padding (ssh-keygen(1), -l). */
export function fingerprintOf({ blob }: HostKey): string {
  const hash = createHash('sha256').update(blob).digest('base64');
  return `SHA256:${hash.replace(/=+$/, '')}`;
}

/** The type as OpenSSH calls it in its questions: "ED25519", "ECDSA", "RSA". */
export function keyTypeName({ type }: Pick<HostKey, 'type'>): string {
  return (/^(?:ssh-|sk-ssh-|sk-)?([a-z0-9]+)/i.exec(type)?.[1] ?? type).toUpperCase();
}

/** Type and fingerprint, for a person to compare. */
export function describeHostKey(key: HostKey): string {
  return `${keyTypeName(key)} ${fingerprintOf(key)}`;
}
