import type { ResolvedPoolLimits } from '../session/connection-settings';
import type { Session } from '../session/session';
import { toDatabaseError, type DatabaseError } from '../errors/database-error';
import type { PoolTiming } from './pool-options';
import type { PoolWaiter } from './pool-waiter';
import { backOffMs, isTransientConnectError } from '../retry';

export interface PoolOpenerOptions {
  /** Connects and logs in. Raises DatabaseError. */
  readonly connect: () => Promise<Session>;
  readonly limits: ResolvedPoolLimits;
  readonly timing: Pick<PoolTiming, 'roomRetryMs'>;
  readonly random: () => number;
  /** How many sessions the pool has. */
  readonly count: () => number;
  readonly onOpened: (session: Session) => void;
  /** The server refused the user or the database: nobody will fare better. */
  readonly onRefused: (error: DatabaseError) => void;
  /** A session that was wanted by `waiter`, or by nobody yet, could not be made this time. */
  readonly onFailed: (error: DatabaseError, waiter: PoolWaiter | undefined) => void;
  /** There may be room for another session again. */
  readonly onRoom: () => void;
}

/** Opens the sessions of a pool: those that are waited for, and those that it keeps ahead of need. */
export class PoolOpener {
  readonly #options: PoolOpenerOptions;
  #connecting = 0;
  #keepsMinimum = false;
  #isStopped = false;
  /** Failures to open since the last success. */
  #failures = 0;
  /** The server refused the user or the database: opening ahead of need would only repeat that. */
  #isRefused = false;
  #fillTimer: NodeJS.Timeout | undefined;
  /** The server's refusal, while it has no room for more sessions than there are. */
  #noRoom: DatabaseError | null = null;
  #noRoomTimer: NodeJS.Timeout | undefined;

  constructor(options: PoolOpenerOptions) {
    this.#options = options;
  }

  /** Sessions on their way. */
  get connecting(): number {
    return this.#connecting;
  }

  /** Why no more sessions are opened at the moment; null while the server has room. */
  get noRoom(): DatabaseError | null {
    return this.#noRoom;
  }

  get hasRoom(): boolean {
    const { count, limits } = this.#options;
    return this.#noRoom === null && count() + this.#connecting < limits.maxConnections;
  }

  /** Opens one session: for a waiter, who hears of the failure, or to keep the minimum. Never raises. */
  async open(waiter?: PoolWaiter): Promise<void> {
    this.#connecting += 1;
    let session: Session;
    try {
      session = await this.#options.connect();
    } catch (error) {
      this.#failed(toDatabaseError(error, { phase: 'connect' }), waiter);
      return;
    } finally {
      this.#connecting -= 1;
    }
    this.#failures = 0;
    this.#isRefused = false;
    clearTimeout(this.#fillTimer);
    this.#fillTimer = undefined;
    this.#options.onOpened(session);
    // What kept it from the minimum is over.
    this.fill();
  }

  /** Keeps the minimum from now on. */
  keepMinimum(): void {
    this.#keepsMinimum = true;
    this.fill();
  }

  /** Opens what is missing to the minimum. */
  fill(): void {
    if (!this.#keepsMinimum || this.#isRefused || this.#isStopped) return;
    if (this.#fillTimer !== undefined) return;
    const { count, limits } = this.#options;
    for (let have = count() + this.#connecting; have < limits.minConnections; have += 1) {
      void this.open();
    }
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#fillTimer);
    clearTimeout(this.#noRoomTimer);
  }

  #failed(error: DatabaseError, waiter: PoolWaiter | undefined): void {
    if (!isTransientConnectError(error)) {
      // Repeating a wrong password can lock the account.
      this.#isRefused = true;
      this.#options.onRefused(error);
      return;
    }
    this.#failures += 1;
    this.#fillLater();
    if (error.kind === 'TooManyConnections' && this.#options.count() > 0) this.#waitForRoom(error);
    else this.#options.onFailed(error, waiter);
  }

  /**
   * The server has less room than `maxConnections`: whoever waits is served by the sessions that
   * there are, and now and then another one is tried.
   */
  #waitForRoom(error: DatabaseError): void {
    if (this.#noRoom !== null || this.#isStopped) return;
    this.#noRoom = error;
    this.#noRoomTimer = setTimeout(() => {
      this.#noRoom = null;
      this.#options.onRoom();
    }, this.#options.timing.roomRetryMs);
  }

  #fillLater(): void {
    if (this.#fillTimer !== undefined || this.#isStopped) return;
    const { random } = this.#options;
    this.#fillTimer = setTimeout(
      () => {
        this.#fillTimer = undefined;
        this.fill();
      },
      backOffMs(this.#failures, { baseDelayMs: 1_000, random }),
    );
  }
}
