import { readFile, stat } from 'node:fs/promises';
import { utils, type ParsedKey } from 'ssh2';
import { DatabaseError } from '../errors/database-error';
import { systemCodeOf } from '../errors/system-code';
import { isEncryptedPkcs8, isPkcs8, rewritePkcs8 } from './pkcs8';

/** The largest file that is read as a key, in bytes: that of RSA with 16384 bits has 13 KB. */
const largestKeyFile = 128 * 1024;

/**
 * Reads a private key file, with its passphrase where it has one. Raises DatabaseError of kind
 * InvalidInput with the field `ssh.keyFile`, or `ssh.secret` where the passphrase is missing or wrong.
 */
export async function loadPrivateKey(
  path: string,
  passphrase: () => Promise<string | null>,
): Promise<ParsedKey> {
  const bytes = await readKeyFile(path);
  const plain = parse(bytes);
  if (!(plain instanceof Error)) return asPrivateKey(path, plain);
  if (!/no passphrase given/.test(plain.message)) throw unusable(path, plain);
  const secret = await passphrase();
  if (secret === null || secret === '') {
    throw passphraseError(`The private key ${path} is protected by a passphrase.`, 'Enter it.');
  }
  const key = parse(bytes, secret);
  if (!(key instanceof Error)) return asPrivateKey(path, key);
  if (/unsupported|not supported/i.test(key.message)) throw unusable(path, key);
  throw passphraseError(
    `The passphrase does not open the private key ${path}.`,
    'Check the passphrase, and that it belongs to this key.',
  );
}

async function readKeyFile(path: string): Promise<Buffer> {
  try {
    const status = await stat(path);
    const { mode, size, uid } = status;
    if (!status.isFile()) {
      throw keyFileError(`The private key ${path} is no file.`, 'Choose a key file.');
    }
    if (size > largestKeyFile) {
      throw keyFileError(
        `The file ${path} is too large to be a private key.`,
        'Choose another file.',
      );
    }
    // As ssh does: a key that others could copy proves nothing (sshkey_perm_ok of OpenSSH's authfile.c).
    if (process.getuid?.() === uid && (mode & 0o077) !== 0) {
      throw keyFileError(
        `The private key ${path} can be read by other users of this computer.`,
        `Take their permissions away: chmod 600 "${path}"`,
      );
    }
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof DatabaseError) throw cause;
    const code = systemCodeOf(cause) ?? 'unknown reason';
    const reason =
      { ENOENT: 'was not found', EACCES: 'cannot be read by you' }[code] ??
      `cannot be read (${code})`;
    throw keyFileError(
      `The private key ${path} ${reason}.`,
      'Choose a key file that you can read.',
      cause,
    );
  }
}

/** ssh2 returns its refusals, but lets those of the system's cryptography through. */
function parse(bytes: Buffer, passphrase?: string): ParsedKey | Error {
  try {
    if (passphrase === undefined && isEncryptedPkcs8(bytes))
      return new Error('no passphrase given');
    const readable = isPkcs8(bytes) ? rewritePkcs8(bytes, passphrase) : bytes;
    const parsed = utils.parseKey(readable, passphrase);
    const key: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a file of several keys gives an array, which its types leave out
    return key as ParsedKey | Error;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function asPrivateKey(path: string, key: ParsedKey): ParsedKey {
  if (key.isPrivateKey()) return key;
  throw keyFileError(
    `The file ${path} holds a public key.`,
    'Choose the private one: the file of the same name without ".pub".',
  );
}

function unusable(path: string, cause: Error): DatabaseError {
  return keyFileError(
    `The file ${path} is no private key that can be used.`,
    'Choose a key of ed25519, ECDSA or RSA, as ssh-keygen or OpenSSL writes it, or of PuTTY up to version 2.',
    cause,
  );
}

function keyFileError(message: string, advice: string, cause?: unknown): DatabaseError {
  return new DatabaseError(
    { kind: 'InvalidInput', field: 'ssh.keyFile', message, advice },
    { cause },
  );
}

function passphraseError(message: string, advice: string): DatabaseError {
  return new DatabaseError({ kind: 'InvalidInput', field: 'ssh.secret', message, advice });
}
