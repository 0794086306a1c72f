import { addressOf, isSocket, type ErrorContext } from './error-context';

type Failure = readonly [message: string, advice: string];

const unreachable = (context: ErrorContext): Failure => [
  `${addressOf(context)} cannot be reached.`,
  'Check the network connection and the address. A VPN may be off.',
];

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

/** What the system says of a link that could not be made, in words, by its errno name or DNS code. */
export const systemFailures: Readonly<Record<string, (context: ErrorContext) => Failure>> = {
  ECONNREFUSED: (context) => [
    `Nothing accepts connections at ${addressOf(context)}.`,
    isSocket(context)
      ? 'Check the folder and the port, and that the server runs: a crash leaves its socket behind.'
      : 'Check the host and the port, and that the server runs and listens on this address (listen_addresses).',
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
