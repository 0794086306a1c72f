import { certificateNames, listOfNames } from './certificate-names';
import { addressOf, type ErrorContext } from './error-context';

type Failure = readonly [message: string, advice: string];

/** What is wrong with the server's certificate, by the code that OpenSSL or Node gives it. */
const certificateFailures: Readonly<Record<string, Failure>> = {
  CERT_HAS_EXPIRED: [
    "The server's certificate has expired.",
    'An administrator has to renew it. Until then, SSL mode "require" encrypts without checking who answers.',
  ],
  CERT_NOT_YET_VALID: [
    "The server's certificate is not valid yet.",
    'Check the clock of this computer and of the server.',
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

/** Why a handshake failed, by OpenSSL's words for it (its source, ssl/ssl_err.c). */
const handshakeFailures: readonly {
  readonly reason: RegExp;
  readonly describe: (context: ErrorContext, reason: string) => Failure;
}[] = [
  {
    reason: /wrong version number|packet length too long|http request|unexpected message/,
    describe: (context) => [
      `${addressOf(context)} agreed to TLS and then sent something else.`,
      'Check the host and the port: a proxy that changes what it passes on may stand in between.',
    ],
  },
  {
    reason: /protocol version|unsupported protocol|no protocols|handshake failure|shared cipher/,
    describe: (context, reason) => [
      `${addressOf(context)} and this computer have no way of TLS in common: ${reason}.`,
      'An administrator can allow TLS 1.2 or newer at the server (ssl_min_protocol_version, ssl_max_protocol_version, ssl_ciphers).',
    ],
  },
  {
    reason: /alert.*(unknown ca|certificate|decrypt error|access denied)/,
    describe: (context, reason) => [
      `${addressOf(context)} refused the client certificate: ${reason}.`,
      'Check the client certificate and its key in the connection, and that the server trusts the authority that issued it (ssl_ca_file).',
    ],
  },
];

/** Describes a failure of TLS by its code, the error and its message; null for any other. */
export function describeTlsFailure(
  code: string,
  { error, text }: { readonly error: unknown; readonly text: string },
  context: ErrorContext,
): Failure | null {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return otherHostName(error, context);
  const certificate = certificateFailures[code];
  if (certificate !== undefined) return certificate;
  if (!/^(ERR_SSL|ERR_TLS|ERR_OSSL|EPROTO)/.test(code)) return null;
  const reason = reasonIn(text);
  const handshake = handshakeFailures.find((failure) => failure.reason.test(reason));
  if (handshake !== undefined) return handshake.describe(context, reason);
  return [
    `TLS with ${addressOf(context)} failed: ${reason}`,
    'Check the certificates, and which TLS versions the server allows.',
  ];
}

/** The certificate is good, and for another host than the one that was asked for. */
function otherHostName(error: unknown, { host = 'the host' }: ErrorContext): Failure {
  const names = certificateNames(error);
  if (names.length === 0) {
    return [
      "The server's certificate was issued for another host name.",
      `An administrator has to have one issued for "${host}". SSL mode "verify-ca" checks the issuer only.`,
    ];
  }
  const name = names.length === 1 ? 'the name' : 'a name';
  return [
    `The server's certificate was not issued for "${host}", but for ${listOfNames(names)}.`,
    `If that is the server you mean, enter ${name} of the certificate as host, or have "${host}" added to the certificate. SSL mode "verify-ca" checks the issuer only.`,
  ];
}

/**
 * The reason within "write EPROTO 80FC:error:0A000410:SSL routines:function:reason:file:line:…".
 * BoringSSL, which Electron has, writes its reasons like WRONG_VERSION_NUMBER.
 */
function reasonIn(text: string): string {
  const reason = /:SSL routines:[^:]*:([^:]+)/.exec(text)?.[1];
  return reason?.replaceAll('_', ' ').toLowerCase() ?? text;
}
