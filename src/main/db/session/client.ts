import { TLSSocket, type ConnectionOptions } from 'node:tls';
import { Client } from 'pg';
import type { ConnectionSettings } from './connection-settings';
import { canBindTo } from './channel-binding';
import { Deadline } from '../deadline';
import { DualStackSocket } from './dual-stack-socket';
import { addressOf, type ErrorContext } from '../errors/error-context';
import { DatabaseError, toDatabaseError } from '../errors/database-error';
import { PreparedStatements } from '../statements/prepared-statements';
import { applySessionSettings } from './session-settings';
import { loadTlsOptions } from './tls';
import { TunnelSocket } from './tunnel-socket';
import { exactText } from '../statements/type-parsers';
import { RowBytesConnection } from '../wire/row-bytes-connection';

/** Silence after which TCP probes the link, in milliseconds: below the idle limits of usual firewalls. */
const keepAliveDelayMs = 30_000;

/**
 * The most rounds of hashing that a server may ask of a login. pg's own limit of 100,000 would keep
 * out servers with a strong scram_iterations; these take about a second, off the main thread.
 */
const scramMaxIterations = 2_000_000;

/**
 * A session with one backend. Nothing of it comes from the environment: pg would otherwise fill
 * empty fields from PGOPTIONS, PGREPLICATION, PGSSLMODE and others, and read ~/.pgpass.
 */
export class Session extends Client {
  /** The backend's process id; null until connected. Set by pg from BackendKeyData. */
  declare readonly processID: number | null;
  /** What a CancelRequest must carry. Set by pg from BackendKeyData. */
  declare readonly secretKey: number | null;
  /** Whether ReadyForQuery came after the last statement. Set by pg; undefined until connected. */
  declare readonly readyForQuery: boolean | undefined;

  /** What it is made with, see the constructor. */
  declare readonly connection: RowBytesConnection;

  /** pg's copy of what the session was made with. */
  declare private readonly connectionParameters: { password: unknown };

  /**
   * Binds the login to the server's certificate where both can: whoever sits in between is found out
   * even by modes that check no certificate. As libpq's channel_binding=prefer. Read by pg.
   */
  declare private enableChannelBinding: boolean;

  /** What this session has prepared of our own. */
  readonly prepared = new PreparedStatements();
  readonly #applicationName: string;

  constructor(
    settings: ConnectionSettings,
    tls: ConnectionOptions | false,
    onWire: (wire: RowBytesConnection) => void = () => undefined,
  ) {
    const { tunnel } = settings;
    const wire = new RowBytesConnection({
      ssl: tls,
      keepAlive: true,
      keepAliveInitialDelayMillis: keepAliveDelayMs,
      stream: () => (tunnel === undefined ? new DualStackSocket() : new TunnelSocket(tunnel)),
    });
    // Ahead of pg's own listener, which logs in.
    wire.on('authenticationSASL', () => {
      this.enableChannelBinding = canBindTo(wire.stream);
    });
    onWire(wire);
    const config = {
      ssl: tls,
      host: settings.host,
      port: settings.port,
      user: settings.user,
      database: settings.database,
      password: () => requirePassword(settings),
      sslnegotiation: 'postgres' as const,
      types: exactText,
      scramMaxIterations,
      // A ready-made wire: pg takes it under this name, its type declarations leave it out.
      connection: wire,
    };
    super(config);
    this.#applicationName = settings.applicationName;
    // An EventEmitter without a listener for 'error' ends the process.
    this.on('error', () => undefined);
  }

  /** The whole start-up packet beside client_encoding, which pg always sets to UTF8. */
  getStartupConf(): Record<string, string> {
    return {
      user: this.user ?? '',
      database: this.database ?? '',
      application_name: this.#applicationName,
    };
  }

  /** The TLS version in use, for example "TLSv1.3"; null on a plain link. */
  get tlsVersion(): string | null {
    const { stream } = this.connection;
    return stream instanceof TLSSocket ? stream.getProtocol() : null;
  }

  /** pg keeps the password that it was given; once logged in nobody needs it. */
  forgetPassword(): void {
    delete this.password;
    this.connectionParameters.password = null;
  }

  /** performance.now() when the server was last heard. */
  get heardAt(): number {
    return this.connection.heardAt;
  }

  /** Whether the server owes an answer: not between statements, nor between two pages of rows. */
  get isWaiting(): boolean {
    return this.readyForQuery === false && !this.connection.isHalted;
  }

  /** Says goodbye to the server; cuts the link when that is not done in time. */
  async endWithin(timeoutMs: number): Promise<void> {
    const cut = setTimeout(() => this.destroy(), timeoutMs);
    try {
      await this.end();
    } finally {
      clearTimeout(cut);
    }
  }

  /**
   * Cuts the link at once, without a goodbye: also where the network no longer answers. What runs
   * fails with `cause`.
   */
  destroy(cause?: Error): void {
    this.connection.stream.destroy(cause);
  }
}

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
  const timeoutError = (): DatabaseError =>
    isLoggedIn && hasStartupSql(settings)
      ? startupTimeout(options.timeoutMs)
      : connectTimeout(settings, options.timeoutMs);
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

async function requirePassword(settings: ConnectionSettings): Promise<string> {
  const { host, port } = settings;
  const password = await settings.password({ host, port });
  if (password !== null && password !== '') return password;
  throw new DatabaseError({
    kind: 'AuthenticationFailed',
    message: `The server asks for a password of user "${settings.user}", and none was given.`,
    advice: 'Enter the password.',
    field: 'password',
  });
}

function connectTimeout(settings: ConnectionSettings, timeoutMs: number): DatabaseError {
  return new DatabaseError({
    kind: 'Timeout',
    message: `${addressOf(settings)} gave no session within ${timeoutMs} ms.`,
    advice: 'Check the host and the port. A firewall may drop the packets, or a VPN may be off.',
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
