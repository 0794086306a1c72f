import type {
  HostAddress,
  PoolLimits,
  SslMode,
  TargetSessionAttrs,
} from '@shared/models/connection-profile';
import type { Tunnel } from './tunnel';

/** Limits of a pool with every default filled in. Times in milliseconds; 0 means no limit. */
export type ResolvedPoolLimits = Readonly<{
  [K in keyof PoolLimits]-?: NonNullable<PoolLimits[K]>;
}>;

/**
 * Everything that connecting to one database takes. Each field is set explicitly, so that a stray
 * PGHOST or PGSSLMODE of the environment redirects nothing.
 */
export interface ConnectionSettings {
  /** A host name, an address, or a folder with a Unix socket (begins with a slash). */
  readonly host: string;
  readonly port: number;
  /** Servers that are tried in this order when the first cannot be used. */
  readonly otherHosts?: readonly HostAddress[];
  /** Which of them are taken, as in libpq; absent is any. */
  readonly targetSessionAttrs?: TargetSessionAttrs;
  /** The way to the host, as the host is known at its far end; absent where it is reached directly. */
  readonly tunnel?: Tunnel;
  readonly database: string;
  readonly user: string;
  /**
   * Called for each new session, so that no object that could be logged holds the password. A
   * password file may have another one for each host.
   */
  readonly password: (address?: HostAddress) => Promise<string | null>;
  readonly ssl: {
    readonly mode: SslMode;
    /** Paths of PEM files; undefined where the profile names none. */
    readonly rootCertificate?: string;
    readonly clientCertificate?: string;
    readonly clientKey?: string;
  };
  readonly applicationName: string;
  /** Every session starts with default_transaction_read_only. */
  readonly readOnly: boolean;
  /** Server-side statement_timeout in milliseconds; 0 is none. */
  readonly statementTimeoutMs: number;
  /** Server-side lock_timeout in milliseconds; absent leaves the server's. */
  readonly lockTimeoutMs?: number;
  /** Server-side idle_in_transaction_session_timeout in milliseconds; absent leaves the server's. */
  readonly idleInTransactionTimeoutMs?: number;
  /** As SET search_path takes it; absent leaves the role's or the database's. */
  readonly searchPath?: string;
  /** Run one after another by each new session, after its settings. */
  readonly startupStatements?: readonly string[];
  readonly limits: ResolvedPoolLimits;
}
