import { setTimeout as delay } from 'node:timers/promises';
import { cancelledError, DatabaseError } from './errors/database-error';

/** Options of withRetry. */
export interface RetryOptions {
  /** How often the operation is tried in all, the first time included. */
  readonly attempts: number;
  /** Upper end of the first wait in milliseconds; it doubles with each further wait. 100 by default. */
  readonly baseDelayMs?: number;
  /** Upper end of any wait in milliseconds; 30 s by default. */
  readonly maxDelayMs?: number;
  readonly signal?: AbortSignal | undefined;
  /** Whether it is safe and may help to try again after this error. */
  readonly isTransient: (error: unknown) => boolean;
  /** Told before each wait: which attempt failed (from 1), why, and the wait in milliseconds. */
  readonly onRetry?: (attempt: number, error: unknown, delayMs: number) => void;
  /** From 0 to 1; Math.random by default. */
  readonly random?: () => number;
}

/**
 * Runs an operation again after a transient error, with exponential back-off and full jitter: each
 * wait is random between 0 and a bound that doubles, so that many clients of a server that comes
 * back do not knock at the same moment (Brooker, "Exponential Backoff And Jitter").
 *
 * Only for what may safely run twice: connecting, reading the catalog, a whole transaction of our
 * own that the server rolled back. A statement that may have run is never repeated.
 *
 * Raises the last error, or Cancelled as soon as the signal fires, also in the middle of a wait.
 */
export async function withRetry<T>(
  operation: (attempt: number) => Promise<T>,
  options: RetryOptions,
): Promise<T> {
  const { attempts, signal, isTransient, onRetry } = options;
  for (let attempt = 1; ; attempt += 1) {
    if (signal?.aborted === true) throw cancelledError();
    try {
      return await operation(attempt);
    } catch (error) {
      if (attempt >= attempts || !isTransient(error)) throw error;
      const delayMs = backOffMs(attempt, options);
      onRetry?.(attempt, error, delayMs);
      await delay(delayMs, undefined, signal && { signal }).catch(() => {
        throw cancelledError();
      });
    }
  }
}

/** The wait after a number of failures in a row, from 1, in milliseconds: exponential with full jitter. */
export function backOffMs(
  failures: number,
  options: Pick<RetryOptions, 'baseDelayMs' | 'maxDelayMs' | 'random'> = {},
): number {
  const { baseDelayMs = 100, maxDelayMs = 30_000, random = Math.random } = options;
  return Math.round(random() * Math.min(maxDelayMs, baseDelayMs * 2 ** (failures - 1)));
}

const transientConnectCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  // For a moment after it woke up the computer has no address.
  'EADDRNOTAVAIL',
  // A server that starts has not made its socket yet.
  'ENOENT',
]);

const transientKinds: ReadonlySet<string> = new Set([
  'ConnectionFailed',
  'ConnectionLost',
  'TooManyConnections',
  'Timeout',
]);

/**
 * Whether connecting may work a little later: the server starts, is full, or the network is down.
 * Never for a refused user (class 28) or an unknown database (3D000): repeating a wrong password can
 * lock the account.
 */
export function isTransientConnectError(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return false;
  if (error.cause instanceof AggregateError) {
    // No host of several could be used: it is enough that one may be soon.
    const causes: readonly unknown[] = error.cause.errors;
    return causes.some(isTransientConnectError);
  }
  const { kind, sqlState, systemCode, field } = error.data;
  // A pooler refuses a user with a SQLSTATE of class 08, and a keychain has a system code too.
  if (!transientKinds.has(kind)) return false;
  // During a failover the standby becomes the primary a moment later.
  if (field === 'targetSessionAttrs') return true;
  if (sqlState !== undefined) {
    return sqlState.startsWith('08') || ['53300', '57P01', '57P02', '57P03'].includes(sqlState);
  }
  if (systemCode !== undefined) return transientConnectCodes.has(systemCode);
  return kind === 'Timeout';
}

/** Whether a server starts up, or ends: moments later it takes connections, or says why not. */
export function isServerStarting(error: unknown): boolean {
  return error instanceof DatabaseError && error.data.sqlState === '57P03';
}

/**
 * Whether a transaction of our own, whose every statement will be sent again, was certainly rolled
 * back by the server (PostgreSQL manual, 13.5 "Serialization Failure Handling").
 */
export function isTransientForOwnTransaction(error: unknown): boolean {
  return error instanceof DatabaseError && ['40001', '40P01'].includes(error.data.sqlState ?? '');
}

/**
 * Whether a statement of our own that only reads the catalog may be sent again: it changes nothing,
 * so it does not matter whether it ran before the link was lost. Not after a timeout: whoever asked has
 * waited for as long as they are to wait.
 */
export function isTransientForReading(error: unknown): boolean {
  if (hasTimedOut(error)) return false;
  return (
    isTransientForOwnTransaction(error) ||
    isTransientConnectError(error) ||
    (error instanceof DatabaseError && error.kind === 'ConnectionLost')
  );
}

/** Whether it took all the time that it might, at one host of several at least. */
function hasTimedOut(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return false;
  const causes: readonly unknown[] =
    error.cause instanceof AggregateError ? error.cause.errors : [];
  return error.kind === 'Timeout' || causes.some(hasTimedOut);
}
