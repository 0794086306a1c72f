import type { ConnectionOptions } from 'node:tls';
import { Deadline } from '../deadline';
import { DatabaseError, toDatabaseError } from '../errors/database-error';
import { addressOf, type ErrorContext } from '../errors/error-context';
import type { RowBytesConnection } from '../wire/row-bytes-connection';
import type { ConnectionSettings } from './connection-settings';
import { Session } from './session';
import { applySessionSettings } from './session-settings';
import { loadTlsOptions } from './tls';

/** Options of connecting. */
export interface ConnectOptions {
  /** Limit over looking up the name, TCP, TLS, login and session settings. Milliseconds; 0 is none. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Done once it is logged in, within the limit; applies the profile's session settings by default. */
  readonly prepare?: (session: Session) => Promise<void>;
  /** Told of the wire of each attempt before it connects. */
  readonly onWire?: (wire: RowBytesConnection) => void;
}

/**
 * A session that is not connected yet, with `tls` as loadTlsOptions gives it. Raises DatabaseError
 * of kind InvalidInput for an empty field, which pg would fill from the environment.
 */
export function createClient(
  settings: ConnectionSettings,
  tls: ConnectionOptions | false,
  options: Pick<ConnectOptions, 'onWire'> = {},
): Session {
  for (const field of ['host', 'user', 'database'] as const) {
    // A NUL would end the field within the start-up packet and let the rest pass as parameters.
    if (settings[field] === '' || settings[field].includes('\0')) {
      throw new DatabaseError({
        kind: 'InvalidInput',
        field,
        message: `The ${field} is ${settings[field] === '' ? 'empty' : 'not valid'}.`,
        advice: 'Enter it in the connection.',
      });
    }
  }
  return new Session(settings, tls, options.onWire);
}

/**
 * Connects to the first host and logs in, then prepares the session. Raises DatabaseError:
 * ConnectionFailed, AuthenticationFailed, DatabaseNotFound, TooManyConnections, Timeout, Cancelled
 * (by the signal), InvalidInput (a certificate file).
 */
export async function connectClient(
  settings: ConnectionSettings,
  options: ConnectOptions,
): Promise<Session> {
  const limit = new Deadline(options.timeoutMs, options.signal);
  try {
    const tls = await loadTlsOptions(settings);
    try {
      return await attempt(settings, tls, options, limit);
    } catch (error) {
      if (settings.ssl.mode !== 'prefer' || tls === false || !isTlsRefusal(error)) throw error;
      return await attempt(settings, false, options, limit);
    }
  } finally {
    limit.clear();
  }
}

/** What is known of a server's address and login, for messages. It holds no secret. */
export function connectContext(settings: ConnectionSettings): ErrorContext {
  const { host, port, user, database } = settings;
  return { phase: 'connect', host, port, user, database };
}

async function attempt(
  settings: ConnectionSettings,
  tls: ConnectionOptions | false,
  options: ConnectOptions,
  limit: Deadline,
): Promise<Session> {
  const client = createClient(settings, tls, options);
  const context = { ...connectContext(settings), encrypted: tls !== false };
  const stop = limit.onPassed(() => client.destroy());
  let isLoggedIn = false;
  const timeoutError = (): DatabaseError => {
    if (client.isReadingPassword) return passwordTimeout(settings, options.timeoutMs);
    return isLoggedIn && hasStartupSql(settings)
      ? startupTimeout(options.timeoutMs)
      : connectTimeout(settings, options.timeoutMs);
  };
  try {
    limit.check(timeoutError);
    await client.connect();
    isLoggedIn = true;
    await (options.prepare?.(client) ?? applySessionSettings(client, settings));
    return client;
  } catch (error) {
    client.destroy();
    limit.check(timeoutError);
    throw toDatabaseError(error, context);
  } finally {
    stop();
    client.forgetPassword();
  }
}

/** libpq's "prefer" continues without TLS when the server answers 'N' to the request for it. */
function isTlsRefusal(error: unknown): boolean {
  return (
    error instanceof DatabaseError &&
    error.cause instanceof Error &&
    error.cause.message === 'The server does not support SSL connections'
  );
}

function connectTimeout(settings: ConnectionSettings, timeoutMs: number): DatabaseError {
  return new DatabaseError({
    kind: 'Timeout',
    message: `${addressOf(settings)} gave no session within ${timeoutMs} ms.`,
    advice: 'Check the host and the port. A firewall may drop the packets, or a VPN may be off.',
  });
}

function passwordTimeout({ user }: ConnectionSettings, timeoutMs: number): DatabaseError {
  return new DatabaseError({
    kind: 'Timeout',
    message: `The password of user "${user}" was not there within ${timeoutMs} ms.`,
    advice: 'If a window asks for the password of the keychain, answer it, then try again.',
  });
}

const hasStartupSql = ({ startupStatements }: ConnectionSettings): boolean =>
  startupStatements !== undefined && startupStatements.length > 0;

function startupTimeout(timeoutMs: number): DatabaseError {
  return new DatabaseError({
    kind: 'Timeout',
    field: 'startupSql',
    message: `The start-up SQL did not end within the ${timeoutMs} ms that opening a session may take.`,
    advice: 'Make it shorter, or let the connection wait longer for a session.',
  });
}
