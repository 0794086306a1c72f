import type { DatabaseErrorData } from '@shared/models/database-error';
import { addressOf, type ErrorContext } from './error-context';
import { systemCodeOf } from './system-code';

type Description = Pick<DatabaseErrorData, 'kind' | 'message' | 'advice' | 'systemCode' | 'field'>;

/** What the system says of a link that could not be made, in words. */
const connectFailures: Readonly<
  Record<string, (context: ErrorContext) => readonly [message: string, advice: string]>
> = {
  ECONNREFUSED: (context) => [
    `Nothing accepts connections at ${addressOf(context)}.`,
    'Check the host and the port, and that the server runs and listens on this address (listen_addresses).',
  ],
  ENOTFOUND: ({ host }) => [
    `The host name "${host ?? ''}" was not found.`,
    'Check its spelling. A name of a private network may need a VPN.',
  ],
  EAI_AGAIN: ({ host }) => [
    `The host name "${host ?? ''}" could not be looked up: the name server does not answer.`,
    'Check the network connection, then try again.',
  ],
  ETIMEDOUT: (context) => [
    `${addressOf(context)} does not answer.`,
    'Check the host and the port. A firewall may drop the packets, or a VPN may be off.',
  ],
  ECONNRESET: (context) => [
    `${addressOf(context)} closed the connection before a session was made.`,
    'Check that a PostgreSQL server, not another service, listens on this port. A proxy or a connection limit can do this too.',
  ],
  EPIPE: (context) => [
    `${addressOf(context)} closed the connection before a session was made.`,
    'Check that a PostgreSQL server, not another service, listens on this port.',
  ],
  EHOSTUNREACH: (context) => [
    `${addressOf(context)} cannot be reached.`,
    'Check the network connection and the address. A VPN may be off.',
  ],
  ENETUNREACH: (context) => [
    `There is no network route to ${addressOf(context)}.`,
    'Check the network connection. A VPN may be off.',
  ],
  EADDRNOTAVAIL: (context) => [
    `This computer has no address from which to reach ${addressOf(context)}.`,
    'Check the host and the network connection.',
  ],
  ENOENT: (context) => [
    `There is no socket ${addressOf(context)}.`,
    'Check the folder and the port, and that the server runs (unix_socket_directories).',
  ],
  EACCES: (context) => [
    `The system does not allow access to ${addressOf(context)}.`,
    'Check the permissions of the socket and its folder (unix_socket_permissions).',
  ],
};

/** TLS failures by the code that OpenSSL or Node gives them. */
const tlsFailures: Readonly<Record<string, readonly [message: string, advice: string]>> = {
  CERT_HAS_EXPIRED: [
    "The server's certificate has expired.",
    'An administrator has to renew it. Until then, SSL mode "require" encrypts without checking who answers.',
  ],
  CERT_NOT_YET_VALID: [
    "The server's certificate is not valid yet.",
    'Check the clock of this computer and of the server.',
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    "The server's certificate was issued for another host name.",
    'Connect by the name in the certificate, or use SSL mode "verify-ca", which checks the issuer only.',
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    "The server's certificate is self-signed and not among the trusted ones.",
    "Give the certificate's file as root certificate.",
  ],
  SELF_SIGNED_CERT_IN_CHAIN: [
    "The server's certificate was issued by an authority that is not trusted.",
    "Give the file of the authority's certificate as root certificate.",
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    "The issuer of the server's certificate is not known.",
    "Give the file of the authority's certificate as root certificate.",
  ],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    "The issuer of the server's certificate is not known.",
    "Give the file of the authority's certificate as root certificate.",
  ],
  UNABLE_TO_GET_ISSUER_CERT: [
    "The chain of the server's certificate is incomplete.",
    'Give a root certificate file with the whole chain.',
  ],
  CERT_SIGNATURE_FAILURE: [
    "The signature of the server's certificate does not fit the root certificate.",
    'Check that the root certificate file belongs to this server.',
  ],
  CERT_REVOKED: ["The server's certificate was revoked.", 'An administrator has to replace it.'],
};

/** What pg itself raises as a plain Error, by how its message begins. */
const driverFailures: readonly {
  readonly prefix: string;
  readonly describe: (context: ErrorContext) => Description;
}[] = [
  {
    prefix: 'The server does not support SSL connections',
    describe: (context) => ({
      kind: 'ConnectionFailed',
      message: `${addressOf(context)} does not offer TLS.`,
      advice:
        'Set the SSL mode to "prefer" or "disable" if an unencrypted connection is acceptable, or have TLS switched on at the server.',
    }),
  },
  {
    prefix: 'There was an error establishing an SSL connection',
    describe: (context) => ({
      kind: 'ConnectionFailed',
      message: `${addressOf(context)} did not answer the request for TLS as PostgreSQL does.`,
      advice: 'Check that a PostgreSQL server listens on this port.',
    }),
  },
  {
    prefix: 'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password',
    describe: ({ user }) => ({
      kind: 'AuthenticationFailed',
      message: `The server asks for a password of user "${user ?? ''}", and none was given.`,
      advice: 'Enter the password.',
      field: 'password',
    }),
  },
  {
    prefix: 'SASL: SCRAM-SERVER-FINAL-MESSAGE: server signature does not match',
    describe: (context) => ({
      kind: 'AuthenticationFailed',
      message: `${addressOf(context)} could not prove that it knows the password.`,
      advice:
        'Something else than the server may be answering. Check the host, and use SSL mode "verify-full".',
    }),
  },
  {
    prefix: 'SASL:',
    describe: () => ({
      kind: 'AuthenticationFailed',
      message: 'The server asks for a login method that is not supported.',
      advice: 'Have the user set up for SCRAM-SHA-256 (password_encryption, pg_hba.conf).',
    }),
  },
  { prefix: 'timeout expired', describe: timedOut },
  { prefix: 'Query read timeout', describe: timedOut },
  { prefix: 'Connection terminated', describe: linkEnded },
  { prefix: 'Client has encountered a connection error', describe: linkEnded },
  { prefix: 'Client was closed', describe: linkEnded },
  { prefix: 'Received unexpected', describe: linkEnded },
];

const lostAdvice =
  'An open transaction was rolled back. Whether a statement that was running took effect is not known: look before you run it again.';

/**
 * Describes a failure of the link, of TLS or of pg itself. Returns null for an error that is none
 * of these.
 */
export function describeLinkError(error: unknown, context: ErrorContext): Description | null {
  const code = systemCodeOf(error);
  if (code !== undefined) {
    const description = describeCode(code, messageOf(error), context);
    if (description !== null) return { ...description, systemCode: code };
  }
  const text = messageOf(error);
  return driverFailures.find(({ prefix }) => text.startsWith(prefix))?.describe(context) ?? null;
}

function describeCode(code: string, text: string, context: ErrorContext): Description | null {
  const tls = tlsFailures[code];
  if (tls !== undefined) return { kind: 'ConnectionFailed', message: tls[0], advice: tls[1] };
  const isErrno = /^E[A-Z]+$/.test(code);
  if (context.phase === 'query' && isErrno) return linkEnded(context, code);
  const failure = connectFailures[code]?.(context);
  if (failure !== undefined) {
    return { kind: 'ConnectionFailed', message: failure[0], advice: failure[1] };
  }
  if (/^(ERR_SSL|ERR_TLS|ERR_OSSL|EPROTO)/.test(code)) {
    return {
      kind: context.phase === 'connect' ? 'ConnectionFailed' : 'ConnectionLost',
      message: `TLS with ${addressOf(context)} failed: ${text}`,
      advice: 'Check the certificates, and which TLS versions the server allows.',
    };
  }
  // Codes of Node itself begin with ERR_: those are defects. The rest is the system's or OpenSSL's.
  if (context.phase === 'query' || code.startsWith('ERR_')) return null;
  return {
    kind: 'ConnectionFailed',
    message: `Connecting to ${addressOf(context)} failed: ${text}`,
    advice: 'Check the host, the port and the network connection.',
  };
}

function linkEnded(context: ErrorContext, code?: string): Description {
  return context.phase === 'connect'
    ? {
        kind: 'ConnectionFailed',
        message: `${addressOf(context)} closed the connection before a session was made.`,
        advice:
          'Check that a PostgreSQL server, not another service, listens on this port. A proxy or a connection limit can do this too.',
      }
    : {
        kind: 'ConnectionLost',
        message: `The connection to ${addressOf(context)} was lost${code === 'ETIMEDOUT' ? ': it no longer answers' : ''}.`,
        advice: lostAdvice,
      };
}

function timedOut(context: ErrorContext): Description {
  return {
    kind: 'Timeout',
    message: `${addressOf(context)} did not answer in time.`,
    advice:
      context.phase === 'connect'
        ? 'Check the host and the port. A firewall may drop the packets, or a VPN may be off.'
        : 'Check the network connection, then try again.',
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
