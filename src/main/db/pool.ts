import { EventEmitter } from 'node:events';
import type { PoolStats } from '@shared/models/health';
import { connectClient, connectContext, type ConnectionFactory, type Session } from './client';
import type { ConnectionSettings } from './connection-settings';
import { within } from './deadline';
import type { ErrorContext } from './error-context';
import { cancelledError, toDatabaseError, type DatabaseError } from './errors';
import {
  acquireTimeoutError,
  poolClosedError,
  poolExhaustedError,
  serverSilentError,
} from './pool-errors';
import { jitteredLifetime, PoolMember } from './pool-member';
import {
  defaultTiming,
  type AcquireOptions,
  type LostSession,
  type PoolOptions,
  type PoolTiming,
} from './pool-options';
import { PoolWaiter } from './pool-waiter';
import { PooledClient, type ReleaseOptions } from './pooled-client';
import type { Queryable, TextRow } from './queryable';
import { backOffMs, isTransientConnectError } from './retry';

/** setTimeout takes no more than a signed 32-bit number of milliseconds. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * The sessions of one open connection, on pg's Client. pg's own Pool is not used because it cannot
 * be made right from outside: a waiting caller cannot be taken out of its queue, waiting and
 * connecting have a limit each instead of one together, a client is handed on inside a transaction,
 * `min` neither opens nor replaces, nothing is asked for a sign of life, and a new client for those
 * who wait is opened only after a dead one has said goodbye.
 *
 * Callers are served in the order in which they came. The client that was used last is handed out
 * first, so that those beyond the need grow old and are closed.
 */
export class Pool extends EventEmitter<{ lost: [LostSession] }> implements Queryable {
  readonly #settings: ConnectionSettings;
  readonly #createConnection: ConnectionFactory | undefined;
  readonly #timing: PoolTiming;
  readonly #random: () => number;
  readonly #context: Omit<ErrorContext, 'phase'>;
  readonly #closing = new AbortController();

  /** Every session that is connected, idle or in use. */
  readonly #members = new Set<PoolMember>();
  /** The last one was used last. */
  readonly #idle: PoolMember[] = [];
  readonly #waiters: PoolWaiter[] = [];
  #connecting = 0;
  #checking = 0;
  #keepsMinimum = false;
  /** Failures to open since the last success. */
  #failures = 0;
  /** The server refused the user or the database: opening ahead of need would only repeat that. */
  #isRefused = false;
  #fillTimer: NodeJS.Timeout | undefined;
  /** The server's refusal, while it has no room for more sessions than there are. */
  #noRoom: DatabaseError | null = null;
  #noRoomTimer: NodeJS.Timeout | undefined;
  #closed: Promise<void> | null = null;

  constructor(options: PoolOptions) {
    super();
    this.#settings = options.settings;
    this.#createConnection = options.createConnection;
    this.#timing = { ...defaultTiming, ...options.timing };
    this.#random = options.random ?? Math.random;
    const { phase: _, ...context } = connectContext(options.settings);
    this.#context = context;
  }

  /**
   * Opens the first session, so that a wrong password is told once and at once, then goes on to
   * `minConnections` behind the scenes and keeps that many. Raises what `acquire` raises.
   */
  async start(options: AcquireOptions = {}): Promise<void> {
    const first = await this.acquire({ holder: 'start', ...options });
    first.release();
    this.#keepsMinimum = true;
    this.#fill();
  }

  /**
   * A client, within `acquireTimeoutMs` over waiting and connecting together. Raises DatabaseError:
   * PoolExhausted when all are in use, Timeout when connecting takes too long, Cancelled by the
   * signal or by closing the pool, and what connectClient raises.
   */
  acquire({ signal, holder = 'unnamed' }: AcquireOptions = {}): Promise<PooledClient> {
    if (this.#closed !== null) return Promise.reject(poolClosedError());
    if (signal?.aborted === true) return Promise.reject(cancelledError());
    return new Promise((resolve, reject) => {
      this.#waiters.push(
        new PoolWaiter({
          holder,
          signal,
          timeoutMs: this.#settings.limits.acquireTimeoutMs,
          timeoutError: () => this.#acquireTimeout(),
          resolve,
          reject,
          leave: (waiter) => this.#waiters.splice(this.#waiters.indexOf(waiter), 1),
        }),
      );
      this.#serve();
    });
  }

  /** Runs one statement of our own on any client; a failed statement does not cost the session. */
  async query(
    text: string,
    values?: Parameters<Queryable['query']>[1],
    options: AcquireOptions = {},
  ): Promise<readonly TextRow[]> {
    const client = await this.acquire({ holder: 'catalog', ...options });
    try {
      return await client.query(text, values);
    } finally {
      client.release();
    }
  }

  stats(): PoolStats {
    return {
      total: this.#members.size,
      active: this.#members.size - this.#idle.length,
      idle: this.#idle.length,
      waiting: this.#waiters.length,
      max: this.#settings.limits.maxConnections,
    };
  }

  /** Asks every session that is idle now for a sign of life before it is handed out. */
  distrustIdle(): void {
    for (const member of this.#idle) member.idleSince = 0;
  }

  /**
   * Cuts every session at once, because the link is known to be dead. Statements under way fail with
   * ConnectionLost instead of waiting for the system to notice; new sessions are made as needed.
   */
  cut(): void {
    for (const member of this.#members) this.#lose(member, serverSilentError());
  }

  /**
   * Ends everything: callers who wait fail at once, idle sessions say goodbye, those in use have
   * until the limit to be given back and are cut then. Never raises.
   */
  close(timeoutMs = this.#timing.closeTimeoutMs): Promise<void> {
    this.#closed ??= this.#close(timeoutMs);
    return this.#closed;
  }

  async #close(timeoutMs: number): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#fillTimer);
    clearTimeout(this.#noRoomTimer);
    for (const waiter of this.#waiters.slice()) waiter.fail(poolClosedError());
    const all = [...this.#members];
    const ended = Promise.all(all.map((member) => member.ended));
    for (const member of this.#idle.slice()) this.#discard(member);
    await within(timeoutMs, ended, poolClosedError).catch(() => {
      for (const member of all) member.destroy();
      return ended;
    });
  }

  /** Finds a client for everyone who waits and has none on the way yet. */
  #serve(): void {
    while (this.#closed === null && this.#waiters.length > this.#connecting + this.#checking) {
      const member = this.#idle.pop();
      if (member !== undefined) this.#handOut(member);
      else if (this.#hasRoom) void this.#open(this.#waiters[this.#connecting + this.#checking]);
      else break;
    }
  }

  get #hasRoom(): boolean {
    if (this.#noRoom !== null) return false;
    return this.#members.size + this.#connecting < this.#settings.limits.maxConnections;
  }

  /** Takes a member that is no longer among the idle ones to whoever has waited longest. */
  #handOut(member: PoolMember): void {
    clearTimeout(member.timer);
    if (Date.now() - member.idleSince > this.#timing.pingAfterIdleMs) void this.#check(member);
    else this.#offer(member);
  }

  async #check(member: PoolMember): Promise<void> {
    this.#checking += 1;
    try {
      await member.ping(this.#timing.pingTimeoutMs);
      member.idleSince = Date.now();
    } catch (error) {
      // What killed it, such as a firewall or the laptop's sleep, has met its equals too.
      const oldest = Date.now() - this.#timing.pingAfterIdleMs;
      const stale = this.#idle.filter((other) => other.idleSince < oldest);
      for (const dead of [member, ...stale]) this.#lose(dead, toDatabaseError(error));
    } finally {
      this.#checking -= 1;
    }
    if (this.#members.has(member)) this.#offer(member);
    this.#serve();
  }

  /** Gives a member to the first who waits, or lays it by, unless its time is over. */
  #offer(member: PoolMember): void {
    if (this.#closed !== null || member.remainingMs <= 0) {
      this.#discard(member);
      return;
    }
    const waiter = this.#waiters[0];
    if (waiter === undefined) {
      member.holder = null;
      member.idleSince = Date.now();
      this.#idle.push(member);
      this.#watchIdle(member);
      return;
    }
    member.holder = { label: waiter.holder, since: Date.now() };
    waiter.serve(
      new PooledClient(
        member,
        this.#context,
        (options) => void this.#takeBack(member, options),
        () => this.#drop(member),
      ),
    );
  }

  async #takeBack(member: PoolMember, { resetSession = false }: ReleaseOptions): Promise<void> {
    if (!this.#members.has(member)) return;
    if (resetSession || !member.isClean) {
      try {
        await member.tidy(this.#timing.tidyTimeoutMs, resetSession ? this.#settings : null);
      } catch {
        this.#drop(member);
        return;
      }
    }
    if (this.#members.has(member)) this.#offer(member);
  }

  /** Closes an idle member when its time is over, unless it is one of those to keep. */
  #watchIdle(member: PoolMember): void {
    const { idleTimeoutMs, minConnections } = this.#settings.limits;
    const isSurplus = idleTimeoutMs > 0 && this.#members.size > minConnections;
    const idleMs = isSurplus ? member.idleSince + idleTimeoutMs - Date.now() : Infinity;
    const dueMs = Math.min(member.remainingMs, idleMs);
    if (dueMs <= 0) this.#discard(member);
    else if (dueMs < Infinity) {
      member.timer = setTimeout(() => this.#watchIdle(member), Math.min(dueMs, longestTimerMs));
    }
  }

  /** Opens one session: for a waiter, who hears of the failure, or to keep the minimum. */
  async #open(waiter?: PoolWaiter): Promise<void> {
    this.#connecting += 1;
    let session: Session;
    try {
      session = await connectClient(this.#settings, {
        timeoutMs: this.#settings.limits.acquireTimeoutMs,
        signal: this.#closing.signal,
        ...(this.#createConnection && { createConnection: this.#createConnection }),
      });
    } catch (error) {
      this.#failedToOpen(toDatabaseError(error, { phase: 'connect' }), waiter);
      return;
    } finally {
      this.#connecting -= 1;
    }
    this.#failures = 0;
    this.#isRefused = false;
    const member = new PoolMember(
      session,
      jitteredLifetime(this.#settings.limits.maxLifetimeMs, this.#random),
      (error) => this.#lose(member, error),
    );
    this.#members.add(member);
    this.#offer(member);
    this.#serve();
  }

  #failedToOpen(error: DatabaseError, waiter: PoolWaiter | undefined): void {
    this.#workSoon();
    if (!isTransientConnectError(error)) {
      // Nobody else will fare better, and repeating a wrong password can lock the account.
      this.#isRefused = true;
      for (const other of this.#waiters.slice()) other.fail(error);
      return;
    }
    this.#failures += 1;
    this.#fillLater();
    if (error.kind === 'TooManyConnections' && this.#members.size > 0) this.#waitForRoom(error);
    else if (waiter !== undefined && this.#waiters.includes(waiter)) waiter.fail(error);
  }

  /**
   * The server has less room than `maxConnections`: whoever waits is served by the sessions that
   * there are, and now and then another one is tried.
   */
  #waitForRoom(error: DatabaseError): void {
    if (this.#noRoom !== null || this.#closed !== null) return;
    this.#noRoom = error;
    this.#noRoomTimer = setTimeout(() => {
      this.#noRoom = null;
      this.#serve();
    }, this.#timing.roomRetryMs);
  }

  /** Opens what is missing to the minimum. */
  #fill(): void {
    if (!this.#keepsMinimum || this.#isRefused || this.#closed !== null) return;
    if (this.#fillTimer !== undefined) return;
    const { minConnections } = this.#settings.limits;
    for (let have = this.#members.size + this.#connecting; have < minConnections; have += 1) {
      void this.#open();
    }
  }

  #fillLater(): void {
    if (this.#fillTimer !== undefined || this.#closed !== null) return;
    const waitMs = backOffMs(this.#failures, { baseDelayMs: 1_000, random: this.#random });
    this.#fillTimer = setTimeout(() => {
      this.#fillTimer = undefined;
      this.#fill();
    }, waitMs);
  }

  /** Closes a member in good order. */
  #discard(member: PoolMember): void {
    this.#forget(member);
    void member.close(this.#timing.closeTimeoutMs);
  }

  /** Cuts the link of a member that cannot be used any more. */
  #drop(member: PoolMember): void {
    this.#forget(member);
    member.destroy();
  }

  /** The link of a member has failed; when the pool itself ended it, that is no news. */
  #lose(member: PoolMember, error: DatabaseError): void {
    if (!this.#members.has(member)) return;
    const processId = member.session.processID ?? 0;
    const holder = member.holder?.label ?? null;
    this.#drop(member);
    this.emit('lost', { processId, error, holder });
  }

  #acquireTimeout(): DatabaseError {
    if (this.#noRoom !== null) return this.#noRoom;
    const { limits } = this.#settings;
    return this.stats().active < limits.maxConnections
      ? acquireTimeoutError(this.#settings)
      : poolExhaustedError(limits, this.#members);
  }

  #forget(member: PoolMember): void {
    clearTimeout(member.timer);
    this.#members.delete(member);
    const index = this.#idle.indexOf(member);
    if (index !== -1) this.#idle.splice(index, 1);
    this.#workSoon();
  }

  /** Serves and fills once whoever calls is done with the lists. */
  #workSoon(): void {
    setImmediate(() => {
      this.#serve();
      this.#fill();
    });
  }
}
