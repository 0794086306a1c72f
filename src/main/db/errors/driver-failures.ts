import { linkEnded, linkTimedOut, type LinkDescription } from './ended-link';
import { addressOf, type ErrorContext } from './error-context';

/** The methods of a login that pg does not know, by the protocol's number for each. */
const otherLogins: Readonly<Record<string, string>> = {
  2: 'Kerberos 5',
  4: 'crypt',
  7: 'GSSAPI (Kerberos)',
  9: 'SSPI (Windows)',
};

const passwordAdvice =
  'Have the user set up for a password by SCRAM-SHA-256 (password_encryption, pg_hba.conf).';

/** What pg itself raises as a plain Error, by how its message begins. The first that fits counts. */
const driverFailures: readonly {
  readonly prefix: string;
  readonly describe: (context: ErrorContext, rest: string) => LinkDescription;
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
    prefix: 'Unknown authenticationOk message type ',
    describe: (_context, number) => ({
      kind: 'AuthenticationFailed',
      message: `The server asks for a login by ${otherLogins[number] ?? `method ${number}`}, which is not supported.`,
      advice: passwordAdvice,
    }),
  },
  {
    prefix: 'SASL: Only mechanism',
    describe: () => ({
      kind: 'AuthenticationFailed',
      message: 'The server asks for a login method that is not supported.',
      advice: passwordAdvice,
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
    prefix: 'SASL: SCRAM-SERVER-FIRST-MESSAGE: iteration count ',
    describe: (context, counts) => ({
      kind: 'AuthenticationFailed',
      message: `${addressOf(context)} asks for too much hashing of the password: ${Number.parseInt(counts, 10)} rounds.`,
      advice: 'An administrator can lower scram_iterations and have the password set again.',
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
    prefix: 'SASL',
    describe: (context, rest) => ({
      kind: 'AuthenticationFailed',
      message: `The login at ${addressOf(context)} went wrong: its part of SCRAM-SHA-256 cannot be used.`,
      detail: `SASL${rest}`,
      advice: 'Check that a PostgreSQL server, or a pooler of its kind, listens on this port.',
    }),
  },
  { prefix: 'timeout expired', describe: linkTimedOut },
  { prefix: 'Query read timeout', describe: linkTimedOut },
  { prefix: 'Connection terminated', describe: linkEnded },
  { prefix: 'Client has encountered a connection error', describe: linkEnded },
  { prefix: 'Client was closed', describe: linkEnded },
  { prefix: 'Received unexpected', describe: linkEnded },
];

/** Describes an error of pg by its message; null for any other. */
export function describeDriverFailure(text: string, context: ErrorContext): LinkDescription | null {
  const failure = driverFailures.find(({ prefix }) => text.startsWith(prefix));
  return failure?.describe(context, text.slice(failure.prefix.length)) ?? null;
}
