import { createPrivateKey, type KeyObject } from 'node:crypto';

/** How a private key file in PKCS#8 begins, with and without a passphrase (RFC 7468, sections 10 and 11). */
const label = /^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/m;

/** Whether a file is a private key in PKCS#8, the format of `ssh-keygen -m PKCS8` and of OpenSSL. */
export function isPkcs8(bytes: Buffer): boolean {
  return label.test(bytes.toString('latin1'));
}

/** Whether a passphrase is needed to read it. */
export function isEncryptedPkcs8(bytes: Buffer): boolean {
  return label.exec(bytes.toString('latin1'))?.[1] !== undefined;
}

/**
 * Rewrites a private key in PKCS#8, which ssh2 does not read, in a format that it reads, without a
 * passphrase. Raises what the system's cryptography says of a key that it cannot read, such as one
 * with another passphrase, and "Unsupported" for a kind of key that SSH does not use.
 */
export function rewritePkcs8(bytes: Buffer, passphrase = ''): string | Buffer {
  const key = createPrivateKey({ key: bytes, format: 'pem', passphrase });
  const kind = key.asymmetricKeyType;
  if (kind === 'rsa') return key.export({ type: 'pkcs1', format: 'pem' });
  if (kind === 'ec') return key.export({ type: 'sec1', format: 'pem' });
  if (kind === 'ed25519') return openSshEd25519(key);
  throw new Error(`Unsupported kind of key: ${kind ?? 'unknown'}`);
}

/** The one format that ssh2 reads an ed25519 key in: OpenSSH's own (PROTOCOL.key of OpenSSH). */
function openSshEd25519(key: KeyObject): string {
  const { d = '', x = '' } = key.export({ format: 'jwk' });
  const seed = Buffer.from(d, 'base64url');
  const point = Buffer.from(x, 'base64url');
  const type = field('ssh-ed25519');
  // Equal numbers tell a reader that what it has decrypted is whole; nothing is encrypted here.
  const checks = Buffer.alloc(8);
  const secret = Buffer.concat([
    checks,
    type,
    field(point),
    field(Buffer.concat([seed, point])),
    field(''),
  ]);
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7]).subarray(0, (8 - (secret.length % 8)) % 8);
  const count = Buffer.from([0, 0, 0, 1]);
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    // No cipher, no key derivation and no options of it.
    field('none'),
    field('none'),
    field(''),
    count,
    field(Buffer.concat([type, field(point)])),
    field(Buffer.concat([secret, padding])),
  ]);
  const lines = file.toString('base64').replaceAll(/.{70}/g, '$&\n');
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines}\n-----END OPENSSH PRIVATE KEY-----\n`;
}

/** A field with its length in front (RFC 4251, section 5, "string"). */
function field(content: string | Buffer): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
