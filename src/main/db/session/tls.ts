import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { ConnectionSettings } from './connection-settings';
import { DatabaseError } from '../errors/database-error';
import { systemCodeOf } from '../errors/system-code';

/** The profile fields that name PEM files, and what a person calls them. */
const fileNames = {
  sslRootCertificate: 'root certificate',
  sslClientCertificate: 'client certificate',
  sslClientKey: 'client key',
} as const;
type FileField = keyof typeof fileNames;

/**
 * The options of TLS for one session, or false for a plain one, with the meaning that libpq gives to
 * each mode (PostgreSQL manual, libpq, "SSL Support", table "SSL Mode Descriptions"):
 * - `disable`: plain. A Unix socket is always plain.
 * - `prefer`: TLS without any check; whoever connects falls back to plain when the server has no TLS.
 * - `require`: TLS without any check, but the chain is checked when a root certificate is given.
 * - `verify-ca`: the chain is checked against the root certificate, the host name is not.
 * - `verify-full`: the host name is checked too. Without a root certificate the well-known public
 *   authorities are trusted, as with libpq's sslrootcert=system.
 *
 * Files are read at each connect, so that a renewed certificate counts at once. Raises DatabaseError
 * of kind InvalidInput, naming the field, for a file that is missing, unreadable, no PEM, or a key
 * that other users of this computer can read.
 */
export async function loadTlsOptions(
  settings: Pick<ConnectionSettings, 'host' | 'ssl'>,
): Promise<ConnectionOptions | false> {
  const { host, ssl } = settings;
  if (ssl.mode === 'disable' || host.startsWith('/')) return false;
  const checksChain =
    ssl.mode === 'verify-ca' ||
    ssl.mode === 'verify-full' ||
    (ssl.mode === 'require' && ssl.rootCertificate !== undefined);
  if (ssl.mode === 'verify-ca' && ssl.rootCertificate === undefined) {
    // Anyone can have a certificate of a public authority: without the host name it proves nothing.
    throw invalidFile('sslRootCertificate', {
      message: 'SSL mode "verify-ca" needs a root certificate.',
      advice: 'Give the file of your authority\'s certificate, or use "verify-full".',
    });
  }
  return {
    rejectUnauthorized: checksChain,
    // The name of the server for its choice of certificate; RFC 6066, section 3 forbids addresses.
    ...(isIP(host) === 0 && { servername: host }),
    ...(checksChain && ssl.mode !== 'verify-full' && { checkServerIdentity: () => undefined }),
    ...(checksChain &&
      ssl.rootCertificate !== undefined && { ca: await readRootCertificate(ssl.rootCertificate) }),
    ...(await readClientCertificate(ssl)),
  };
}

async function readRootCertificate(path: string): Promise<string> {
  const pem = await readPem('sslRootCertificate', path);
  const certificates = pem.match(/-----BEGIN (TRUSTED )?CERTIFICATE-----[^-]+-----END/g) ?? [];
  if (certificates.length === 0) throw notPem('sslRootCertificate', path);
  for (const certificate of certificates) {
    parseCertificate('sslRootCertificate', path, `${certificate} CERTIFICATE-----\n`);
  }
  return pem;
}

async function readClientCertificate(
  ssl: ConnectionSettings['ssl'],
): Promise<Pick<ConnectionOptions, 'cert' | 'key'>> {
  const { clientCertificate, clientKey } = ssl;
  if (clientCertificate === undefined && clientKey === undefined) return {};
  if (clientCertificate === undefined || clientKey === undefined) {
    const missing = clientKey === undefined ? 'sslClientKey' : 'sslClientCertificate';
    throw invalidFile(missing, {
      message: `The ${fileNames[missing]} is missing.`,
      advice: 'A client certificate and its key are used together: give both or neither.',
    });
  }
  const cert = await readPem('sslClientCertificate', clientCertificate);
  const certificate = parseCertificate('sslClientCertificate', clientCertificate, cert);
  await refuseKeyOpenToOthers(clientKey);
  const key = await readPem('sslClientKey', clientKey);
  if (!certificate.checkPrivateKey(parseKey(clientKey, key))) {
    throw invalidFile('sslClientKey', {
      message: `The client key ${clientKey} does not belong to the client certificate.`,
      advice: 'Give the key that the certificate was made with.',
    });
  }
  return { cert, key };
}

async function readPem(field: FileField, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = systemCodeOf(cause) ?? 'unknown reason';
    const reason =
      { ENOENT: 'was not found', EACCES: 'cannot be read by you', EISDIR: 'is a folder' }[code] ??
      `cannot be read (${code})`;
    throw invalidFile(
      field,
      {
        message: `The ${fileNames[field]} ${path} ${reason}.`,
        advice: 'Choose a PEM file that you can read.',
      },
      cause,
    );
  }
}

/** libpq's rule (fe-secure-openssl.c): nobody else reads it; a file of root may be read by its group. */
async function refuseKeyOpenToOthers(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const status = await stat(path).catch(() => null);
  if (status === null) return; // Reading it tells why.
  const forbidden = status.uid === 0 ? 0o037 : 0o077;
  if ((status.mode & forbidden) !== 0) {
    throw invalidFile('sslClientKey', {
      message: `The client key ${path} can be read by other users of this computer.`,
      advice: `Take their permissions away: chmod 600 "${path}"`,
    });
  }
}

function parseCertificate(field: FileField, path: string, pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw notPem(field, path, cause);
  }
}

function parseKey(path: string, pem: string): ReturnType<typeof createPrivateKey> {
  if (pem.includes('ENCRYPTED')) {
    throw invalidFile('sslClientKey', {
      message: `The client key ${path} is encrypted with a passphrase, which is not supported.`,
      advice: 'Make a copy without passphrase: openssl pkey -in KEY -out COPY, then chmod 600 COPY',
    });
  }
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw notPem('sslClientKey', path, cause);
  }
}

function notPem(field: FileField, path: string, cause?: unknown): DatabaseError {
  return invalidFile(
    field,
    {
      message: `The file ${path} is no ${fileNames[field]} in PEM form.`,
      advice: 'Choose a file that begins with "-----BEGIN".',
    },
    cause,
  );
}

function invalidFile(
  field: FileField,
  text: { readonly message: string; readonly advice: string },
  cause?: unknown,
): DatabaseError {
  return new DatabaseError({ kind: 'InvalidInput', field, ...text }, { cause });
}
