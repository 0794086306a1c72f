import { once } from 'node:events';
import type { Session } from '../session/session';
import type { ConnectionSettings } from '../session/connection-settings';
import { within } from '../deadline';
import { toDatabaseError, type DatabaseError } from '../errors/database-error';
import { serverSilentError } from './pool-errors';
import { applySessionSettings } from '../session/session-settings';

/** Who has a session, for the message of an exhausted pool. */
export interface Holder {
  readonly label: string;
  /** Date.now() */
  readonly since: number;
}

/** One session of a pool and what the pool knows of it. */
export class PoolMember {
  /** Date.now() when it was last given back. Wall-clock time, since a laptop's sleep counts too. */
  idleSince = Date.now();
  /** Null while nobody has it. */
  holder: Holder | null = null;
  /** When to look at it while it is idle. */
  timer: NodeJS.Timeout | undefined;
  /** Resolves when the link has ended, for whatever reason. */
  readonly ended: Promise<void>;

  readonly session: Session;
  readonly #expiresAt: number;

  /** `lifetimeMs` counts from now; 0 is no limit. */
  constructor(session: Session, lifetimeMs: number, onLost: (error: DatabaseError) => void) {
    this.session = session;
    this.#expiresAt = lifetimeMs > 0 ? Date.now() + lifetimeMs : Infinity;
    let cause: unknown;
    session.on('error', (error) => {
      // The server says why before it closes: what follows from that is no news.
      cause ??= error;
      session.destroy();
    });
    this.ended = new Promise((resolve) => {
      session.once('end', () => {
        onLost(
          toDatabaseError(cause ?? new Error('Connection terminated unexpectedly'), {
            phase: 'query',
            host: session.host,
            port: session.port,
          }),
        );
        resolve();
      });
    });
  }

  /** Milliseconds until its lifetime is over; Infinity without a limit. */
  get remainingMs(): number {
    return this.#expiresAt - Date.now();
  }

  /** Whether it can be handed on as it is: it waits for a statement, outside a transaction. */
  get isClean(): boolean {
    const { session } = this;
    const isIdle = session.readyForQuery === true && session.getTransactionStatus() === 'I';
    return isIdle && session.speaksUtf8;
  }

  /** Raises DatabaseError when the server does not answer in time. */
  async ping(timeoutMs: number): Promise<void> {
    await within(timeoutMs, this.session.query('SELECT 1'), serverSilentError);
  }

  /**
   * Waits for the end of the last statement and rolls an open transaction back. With `settings`, all
   * that the last holder left in the session (SET, roles, temporary tables, locks, prepared
   * statements, LISTEN) is discarded too, and the profile's settings are made again. Raises
   * DatabaseError when that is not done in time: the session must not be handed on then.
   */
  async tidy(timeoutMs: number, settings: ConnectionSettings | null): Promise<void> {
    await within(timeoutMs, this.#tidy(settings), serverSilentError);
  }

  async #tidy(settings: ConnectionSettings | null): Promise<void> {
    const { session } = this;
    // pg announces ReadyForQuery without a further statement as 'drain'.
    if (session.readyForQuery !== true) await once(session, 'drain');
    if (session.getTransactionStatus() !== 'I') await session.query('ROLLBACK');
    if (!session.speaksUtf8) await session.query(`SET client_encoding TO 'UTF8'`);
    if (settings !== null) {
      await session.query('DISCARD ALL');
      session.prepared.forget();
      await applySessionSettings(session, settings);
    }
  }

  /** Says goodbye to the server; cuts the link when that is not done in time. */
  async close(timeoutMs: number): Promise<void> {
    clearTimeout(this.timer);
    await this.session.endWithin(timeoutMs);
  }

  /** Cuts the link at once: a running statement fails here, and at the server once it notices. */
  destroy(cause?: Error): void {
    clearTimeout(this.timer);
    this.session.destroy(cause);
  }
}

/**
 * A lifetime in milliseconds, shorter by up to a tenth, so that sessions that were opened together do
 * not end together. 0, no limit, stays 0.
 */
export function jitteredLifetime(maxLifetimeMs: number, random: () => number): number {
  return maxLifetimeMs * (1 - 0.1 * random());
}
