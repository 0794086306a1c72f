import type { ConnectionSettings } from '../session/connection-settings';
import type { DatabaseError } from '../errors/database-error';
import type { ServerConnector } from '../server/server-connector';

/** Limits of the pool's own work, in milliseconds. */
export interface PoolTiming {
  /** A client that was idle for longer is asked for a sign of life before it is handed out. */
  readonly pingAfterIdleMs: number;
  readonly pingTimeoutMs: number;
  /** How long a client that was given back may take to end its statement and its transaction. */
  readonly tidyTimeoutMs: number;
  /** How long the goodbye to the server may take. */
  readonly closeTimeoutMs: number;
  /** After the server had no room for another session, how long until one is tried again. */
  readonly roomRetryMs: number;
  /** How long a statement waits for a server that answers nobody, counted from when that was found. */
  readonly silenceMs: number;
}

export const defaultTiming: PoolTiming = {
  pingAfterIdleMs: 30_000,
  pingTimeoutMs: 2_000,
  tidyTimeoutMs: 2_000,
  closeTimeoutMs: 2_000,
  roomRetryMs: 1_000,
  silenceMs: 20_000,
};

export interface PoolOptions {
  readonly settings: ConnectionSettings;
  /** Shared with whoever else has sessions of the connection; one of the pool's own by default. */
  readonly connector?: ServerConnector;
  readonly timing?: Partial<PoolTiming>;
  /** From 0 to 1, for the jitter of lifetimes and back-off; Math.random by default. */
  readonly random?: () => number;
}

export interface AcquireOptions {
  readonly signal?: AbortSignal | undefined;
  /** Who asks, for the message of an exhausted pool: "catalog", "tab Query 1". */
  readonly holder?: string;
}

/** A session that ended without being asked to. */
export interface LostSession {
  readonly processId: number;
  readonly error: DatabaseError;
  /** Who had it; null when it was idle. */
  readonly holder: string | null;
}
