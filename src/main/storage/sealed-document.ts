import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Bytes of an AES-256 key. */
export const keyBytes = 32;

const magic = Buffer.from('POSTERN\n', 'ascii');
const version = 1;
const keyNameBytes = 8;
/** 96 bits, the length that GCM is made for (NIST SP 800-38D, 8.2). */
const nonceBytes = 12;
const tagBytes = 16;
const headerBytes = magic.length + 1 + keyNameBytes + nonceBytes;

/** Why a sealed document cannot be opened, told apart by what a person can do about it. */
export type UnsealFailure = 'foreign' | 'newer' | 'other key' | 'damaged';

/** Raised by `unseal`. */
export class UnsealError extends Error {
  override readonly name = 'UnsealError';
  readonly failure: UnsealFailure;

  constructor(failure: UnsealFailure) {
    super(`The sealed document cannot be opened: ${failure}.`);
    this.failure = failure;
  }
}

/**
 * Encrypts and authenticates bytes with AES-256-GCM.
 *
 * Layout: magic (8), version (1), name of the key (8), nonce (12), ciphertext, tag (16). All that
 * stands before the ciphertext is associated data, so that no bit of the file can change unnoticed.
 * The nonce is random for each call: with 96 bits, 2^32 writes under one key stay safe
 * (NIST SP 800-38D, 8.3).
 */
export function seal(plaintext: Uint8Array, key: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes);
  const header = Buffer.concat([magic, Buffer.from([version]), keyName(key), nonce]);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(header);
  return Buffer.concat([header, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** The plaintext of what `seal` made. Raises UnsealError; nothing unauthenticated is ever returned. */
export function unseal(sealed: Uint8Array, key: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (!bytes.subarray(0, magic.length).equals(magic)) throw new UnsealError('foreign');
  if (isOfNewerVersion(bytes)) throw new UnsealError('newer');
  if (bytes.length < headerBytes + tagBytes) throw new UnsealError('damaged');
  const header = bytes.subarray(0, headerBytes);
  const nameStart = magic.length + 1;
  const nonceStart = nameStart + keyNameBytes;
  if (!header.subarray(nameStart, nonceStart).equals(keyName(key))) {
    throw new UnsealError('other key');
  }
  const decipher = createDecipheriv('aes-256-gcm', key, header.subarray(nonceStart), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(header);
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  const plaintext = decipher.update(bytes.subarray(headerBytes, -tagBytes));
  try {
    return Buffer.concat([plaintext, decipher.final()]);
  } catch {
    // final() raises only when the tag does not match (Node.js manual, decipher.final).
    throw new UnsealError('damaged');
  }
}

/** Whether a newer version of the app sealed it, in a way that is not known here. */
export function isOfNewerVersion(sealed: Uint8Array): boolean {
  return magic.equals(sealed.subarray(0, magic.length)) && (sealed[magic.length] ?? 0) > version;
}

/** Tells one key from another without telling anything of it: keys are random, so no guess is tested. */
function keyName(key: Uint8Array): Buffer {
  return createHash('sha256')
    .update('postern key name')
    .update(key)
    .digest()
    .subarray(0, keyNameBytes);
}
