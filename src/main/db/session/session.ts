import { TLSSocket, type ConnectionOptions } from 'node:tls';
import { Client } from 'pg';
import { DatabaseError } from '../errors/database-error';
import { PreparedStatements } from '../statements/prepared-statements';
import { exactText } from '../statements/type-parsers';
import { RowBytesConnection } from '../wire/row-bytes-connection';
import { canBindTo } from './channel-binding';
import type { ConnectionSettings } from './connection-settings';
import { DualStackSocket } from './dual-stack-socket';
import { TunnelSocket } from './tunnel-socket';

/** Silence after which TCP probes the link, in milliseconds: below the idle limits of usual firewalls. */
const keepAliveDelayMs = 30_000;

/**
 * The most rounds of hashing that a server may ask of a login. pg's own limit of 100,000 would keep
 * out servers with a strong scram_iterations; these take about a second, off the main thread.
 */
const scramMaxIterations = 2_000_000;

/** A setting of the session that the server tells of by itself: pg leaves it out of its types. */
interface ParameterStatus {
  readonly parameterName: string;
  readonly parameterValue: string;
}

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
  #isReadingPassword = false;
  #encoding = 'UTF8';
  #startsReadOnly = false;

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
    wire.on('parameterStatus', ({ parameterName, parameterValue }: ParameterStatus) => {
      if (parameterName === 'client_encoding') this.#encoding = parameterValue;
      if (parameterName === 'default_transaction_read_only') {
        this.#startsReadOnly = parameterValue === 'on';
      }
    });
    onWire(wire);
    const config = {
      ssl: tls,
      host: settings.host,
      port: settings.port,
      user: settings.user,
      database: settings.database,
      password: () => this.#readPassword(settings),
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

  /**
   * What the server takes and sends text as, as it last said (PostgreSQL manual, "Asynchronous
   * Operations"): a statement may have changed it.
   */
  get encoding(): string {
    return this.#encoding;
  }

  /** Whether that is UTF-8, the one encoding in which text is written and read here. */
  get speaksUtf8(): boolean {
    return /^(?:utf-?8|unicode)$/i.test(this.#encoding);
  }

  /**
   * Whether the server last said by itself that transactions start read-only: it tells each change of
   * that, by a function too, ahead of the end of the statement. Servers before 14 say nothing.
   */
  get saysReadOnly(): boolean {
    return this.#startsReadOnly;
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

  /** Whether the login waits for the place that has the password, such as a keychain that is locked. */
  get isReadingPassword(): boolean {
    return this.#isReadingPassword;
  }

  /** performance.now() when the server was last heard. */
  get heardAt(): number {
    return this.connection.heardAt;
  }

  /** Whether the server owes an answer: not between statements, nor between two pages of rows. */
  get isWaiting(): boolean {
    return this.readyForQuery === false && !this.connection.isHalted;
  }

  async #readPassword(settings: ConnectionSettings): Promise<string> {
    this.#isReadingPassword = true;
    try {
      return await requirePassword(settings);
    } finally {
      this.#isReadingPassword = false;
    }
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
