import { addressOf, isSocket, type ErrorContext } from './error-context';

type Failure = readonly [message: string, advice: string];

const unreachable = (context: ErrorContext): Failure => [
  `${addressOf(context)} cannot be reached.`,
  'Check the network connection and the address. A VPN may be off.',
];

/** Where the host has nothing but IPv6 addresses, which many networks do not have. */
const onlyIpv6 = (context: ErrorContext): Failure => [
  `${addressOf(context)} cannot be reached: it has an IPv6 address only, and this network seems to have no IPv6.`,
  'Use a network with IPv6, or a name of the server with an IPv4 address. Hosted databases often have one for their pooler.',
];

function refusedAdvice(context: ErrorContext): string {
  if (isSocket(context)) {
    return 'Check the folder and the port, and that the server runs: a crash leaves its socket behind.';
  }
  return /^(?:localhost|127\..*|::1)$/i.test(context.host ?? '')
    ? 'Check the port, and that the server runs. One in a container is reached only if its port is published (docker run -p 5432:5432).'
    : 'Check the host and the port, and that the server runs and listens on this address (listen_addresses).';
}

const closedEarly = (context: ErrorContext): Failure => [
  `${addressOf(context)} closed the connection before a session was made.`,
  'Check that a PostgreSQL server, not another service, listens on this port. A proxy or a connection limit can do this too.',
];

const tooManyFiles = (): Failure => [
  'This computer has too many files and connections open for another one.',
  'Close connections or programs that are not needed, or raise the limit of open files (ulimit -n).',
];

const noSocket = (context: ErrorContext): Failure => [
  `There is no socket ${addressOf(context)}.`,
  'Check the folder and the port, and that the server runs (unix_socket_directories).',
];

const notAllowed = (context: ErrorContext): Failure => [
  `The system does not allow access to ${addressOf(context)}.`,
  isSocket(context)
    ? 'Check the permissions of the socket and its folder (unix_socket_permissions).'
    : 'Check the address. A firewall or another protection of this computer may forbid the connection.',
];

const withoutRoute: ReadonlySet<string> = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL']);

/** Describes what the system said of a link that could not be made; undefined for a code without words. */
export function describeSystemFailure(
  code: string,
  error: unknown,
  context: ErrorContext,
): Failure | undefined {
  const addresses = attemptedAddresses(error);
  const isIpv6 = addresses.length > 0 && addresses.every((address) => address.includes(':'));
  if (isIpv6 && withoutRoute.has(code)) return onlyIpv6(context);
  return systemFailures[code]?.(context);
}

/** The addresses that were tried: Node names them in the errors of the attempts. */
function attemptedAddresses(error: unknown): string[] {
  if (error instanceof AggregateError) {
    const attempts: readonly unknown[] = error.errors;
    return attempts.flatMap(attemptedAddresses);
  }
  const address = error instanceof Error && 'address' in error ? error.address : undefined;
  return typeof address === 'string' ? [address] : [];
}

/** What the system says of a link that could not be made, in words, by its errno name or DNS code. */
const systemFailures: Readonly<Record<string, (context: ErrorContext) => Failure>> = {
  ECONNREFUSED: (context) => [
    `Nothing accepts connections at ${addressOf(context)}.`,
    refusedAdvice(context),
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
  ECONNRESET: closedEarly,
  ECONNABORTED: closedEarly,
  EPIPE: closedEarly,
  EHOSTUNREACH: unreachable,
  EHOSTDOWN: unreachable,
  ENETDOWN: unreachable,
  ENETUNREACH: (context) => [
    `There is no network route to ${addressOf(context)}.`,
    'Check the network connection. A VPN may be off.',
  ],
  EADDRNOTAVAIL: (context) => [
    `This computer has no address from which to reach ${addressOf(context)}.`,
    'Check the host and the network connection.',
  ],
  EMFILE: tooManyFiles,
  ENFILE: tooManyFiles,
  ENOENT: noSocket,
  ENOTDIR: noSocket,
  EACCES: notAllowed,
  EPERM: notAllowed,
};
