import type { ErrorPhase } from './sqlstate';

/** What is known where an error surfaces; it makes the message and the advice concrete. */
export interface ErrorContext {
  readonly phase: ErrorPhase;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly user?: string | undefined;
  readonly database?: string | undefined;
  /** Whether the link was encrypted when the server answered. */
  readonly encrypted?: boolean | undefined;
  /** The statement as it was sent: without it the server's position cannot be converted. */
  readonly statement?: string | undefined;
  /** Where the statement begins in the submitted text, in UTF-16 units. */
  readonly statementOffset?: number | undefined;
  /** Where an offset of the sent statement was in the person's, when its parameters were numbered. */
  readonly originalOffset?: ((offset: number) => number) | undefined;
  /** What the person calls each parameter of the sent statement; null for one that is not used. */
  readonly parameters?: readonly (string | null)[] | undefined;
  /** Whether the user asked for this statement to stop; undefined where that is not known. */
  readonly cancelRequested?: boolean | undefined;
}

/** The server's address for a person: "host:port", or the socket's path. */
export function addressOf(context: Pick<ErrorContext, 'host' | 'port'>): string {
  const { host, port } = context;
  if (host === undefined) return 'the server';
  if (isSocket(context)) return `${host}/.s.PGSQL.${port ?? 5432}`;
  const name = host.includes(':') ? `[${host}]` : host;
  return port === undefined ? name : `${name}:${port}`;
}

/** Whether the host is a folder with a Unix socket. */
export function isSocket({ host }: Pick<ErrorContext, 'host'>): boolean {
  return host?.startsWith('/') === true;
}
