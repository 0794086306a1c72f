import { EventEmitter } from 'node:events';
import type { PoolStats } from '@shared/models/health';
import { connectContext } from '../session/client';
import type { Session } from '../session/session';
import type { ConnectionSettings } from '../session/connection-settings';
import { within } from '../deadline';
import type { ErrorContext } from '../errors/error-context';
import { cancelledError, toDatabaseError, type DatabaseError } from '../errors/database-error';
import { isSameHost } from '../server/hosts';
import { IdleMembers } from './idle-members';
import {
  acquireTimeoutError,
  linkTimeout,
  poolClosedError,
  poolExhaustedError,
  serverSilentError,
} from './pool-errors';
import { jitteredLifetime, PoolMember } from './pool-member';
import { PoolOpener } from './pool-opener';
import {
  defaultTiming,
  type AcquireOptions,
  type LostSession,
  type PoolOptions,
  type PoolTiming,
} from './pool-options';
import { PoolWaiter } from './pool-waiter';
import { PooledClient, type ReleaseOptions } from './pooled-client';
import type { Queryable, QueryOptions, TextRow } from '../statements/queryable';
import { ServerConnector } from '../server/server-connector';
import { Silence } from './silence';
import { transactionSettings } from '../session/transaction-settings';

/** The part of an acquire that connecting may take: whoever waits hears why it took longer. */
const shareOfConnecting = 0.9;

/**
 * The sessions of one open connection, on pg's Client. pg's own Pool is not used because it cannot
 * be made right from outside: a waiting caller cannot be taken out of its queue, waiting and
 * connecting have a limit each instead of one together, a client is handed on inside a transaction,
 * `min` neither opens nor replaces, nothing is asked for a sign of life, and a new client for those
 * who wait is opened only after a dead one has said goodbye.
 *
 * Callers are served in the order in which they came. 'used' tells that `stats` may have changed.
 */
export class Pool extends EventEmitter<{ lost: [LostSession]; used: [] }> implements Queryable {
  /** Which server the sessions are of. */
  readonly connector: ServerConnector;
  readonly #settings: ConnectionSettings;
  readonly #timing: PoolTiming;
  readonly #random: () => number;
  readonly #context: Omit<ErrorContext, 'phase'>;
  readonly #closing = new AbortController();

  /** Every session that is connected, idle or in use. */
  readonly #members = new Set<PoolMember>();
  readonly #idle: IdleMembers;
  readonly #opener: PoolOpener;
  readonly #silence = new Silence();
  readonly #waiters: PoolWaiter[] = [];
  #checking = 0;
  #closed: Promise<void> | null = null;

  constructor(options: PoolOptions) {
    super();
    const { settings } = options;
    this.#settings = settings;
    this.connector = options.connector ?? new ServerConnector(settings);
    this.connector.on('changed', () => this.#leaveOtherHosts());
    this.#timing = { ...defaultTiming, ...options.timing };
    this.#random = options.random ?? Math.random;
    const { phase: _, ...context } = connectContext(settings);
    this.#context = context;
    const shared = { limits: settings.limits, count: () => this.#members.size };
    this.#idle = new IdleMembers({ ...shared, onExpired: (member) => this.#discard(member) });
    this.#opener = new PoolOpener({
      ...shared,
      timing: this.#timing,
      random: this.#random,
      connect: () =>
        this.connector.connect({
          timeoutMs: Math.ceil(settings.limits.acquireTimeoutMs * shareOfConnecting),
          signal: this.#closing.signal,
        }),
      onOpened: (session) => this.#add(session),
      onRefused: (error) => this.#failAll(error),
      onFailed: (error, waiter) => this.#failFor(error, waiter),
      onRoom: () => this.#serve(),
    });
  }

  /**
   * Opens the first session, so that a wrong password is told once and at once, then, behind whatever
   * the caller does with it first, goes on to `minConnections` and keeps that many. Raises what
   * `acquire` raises.
   */
  async start(options: AcquireOptions = {}): Promise<void> {
    const first = await this.acquire({ holder: 'start', ...options });
    first.release();
    setImmediate(() => this.#opener.keepMinimum());
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
          leave: (waiter) => {
            this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
            this.emit('used');
          },
        }),
      );
      this.#serve();
      this.emit('used');
    });
  }

  /** Runs one statement of our own on any client; a failed statement does not cost the session. */
  async query(
    text: string,
    values?: Parameters<Queryable['query']>[1],
    { isRepeated = false, ...options }: AcquireOptions & QueryOptions = {},
  ): Promise<readonly TextRow[]> {
    const client = await this.acquire({ holder: 'catalog', ...options });
    try {
      return await client.query(text, values, { isRepeated });
    } finally {
      client.release();
    }
  }

  stats(): PoolStats {
    return {
      total: this.#members.size,
      active: this.#members.size - this.#idle.size,
      idle: this.#idle.size,
      waiting: this.#waiters.length,
      max: this.#settings.limits.maxConnections,
    };
  }

  /** Asks every session that is idle now for a sign of life before it is handed out. */
  distrustIdle(): void {
    this.#idle.distrust();
  }

  /**
   * Asks an idle session for a sign of life, without a limit of time; nobody gets it before it has
   * answered. Null where none is idle. Rejects when its link ends.
   */
  askIdle(): Promise<void> | null {
    const member = this.#idle.take();
    return member === undefined ? null : this.#ask(member);
  }

  /**
   * Cuts every session at once, because the link is known to be dead; only those that heard nothing
   * of the server since a time (performance.now()), where one is given. Statements under way fail with
   * ConnectionLost instead of waiting for the system to notice; new sessions are made as needed.
   */
  cut(silentSince = Infinity): void {
    for (const member of this.#members) {
      if (member.session.heardAt < silentSince)
        this.#lose(member, serverSilentError(), linkTimeout());
    }
  }

  /**
   * Takes note that the server did not answer, neither on an old link nor on a new one. Sessions that
   * have waited for it through `silenceMs` of that are cut: see Silence.
   */
  noteSilence(): void {
    for (const member of this.#silence.look(this.#members, this.#timing.silenceMs)) {
      this.#lose(member, serverSilentError(), linkTimeout());
    }
  }

  /** The server answers: silence before that no longer counts. */
  noteAnswer(): void {
    this.#silence.end();
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
    this.#opener.stop();
    for (const waiter of this.#waiters.slice()) waiter.fail(poolClosedError());
    const all = [...this.#members];
    const ended = Promise.all(all.map((member) => member.ended));
    for (const member of this.#idle) this.#discard(member);
    await within(timeoutMs, ended, poolClosedError).catch(() => {
      for (const member of all) member.destroy();
      return ended;
    });
  }

  /** Finds a client for everyone who waits and has none on the way yet. */
  #serve(): void {
    const onTheWay = (): number => this.#opener.connecting + this.#checking;
    while (this.#closed === null && this.#waiters.length > onTheWay()) {
      const member = this.#idle.take();
      if (member !== undefined) this.#handOut(member);
      else if (this.#opener.hasRoom) void this.#opener.open(this.#waiters[onTheWay()]);
      else break;
    }
  }

  /** Takes a member that is no longer among the idle ones to whoever has waited longest. */
  #handOut(member: PoolMember): void {
    clearTimeout(member.timer);
    // A clock that was set back says nothing of how long it was.
    const idleMs = Math.abs(Date.now() - member.idleSince);
    if (idleMs > this.#timing.pingAfterIdleMs) void this.#check(member);
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
      const stale = [...this.#idle].filter((other) => other.idleSince < oldest);
      for (const dead of [member, ...stale]) this.#lose(dead, toDatabaseError(error));
    } finally {
      this.#checking -= 1;
    }
    if (this.#members.has(member)) this.#offer(member);
    this.#serve();
  }

  /** Waits for a sign of life of a member that is no longer among the idle ones. */
  async #ask(member: PoolMember): Promise<void> {
    clearTimeout(member.timer);
    await member.session.query('SELECT 1');
    if (this.#members.has(member)) this.#offer(member);
  }

  /** Gives a member to the first who waits, or lays it by, unless its time is over. */
  #offer(member: PoolMember): void {
    if (this.#closed !== null || member.remainingMs <= 0 || this.#isElsewhere(member)) {
      this.#discard(member);
      return;
    }
    const waiter = this.#waiters[0];
    if (waiter === undefined) {
      this.#idle.add(member);
      this.emit('used');
      return;
    }
    member.holder = { label: waiter.holder, since: Date.now() };
    waiter.serve(
      new PooledClient(
        member,
        {
          ...this.#context,
          transactionSettings: this.#transactionSettings,
          canPrepare: !this.connector.poolsTransactions,
        },
        (options) => void this.#takeBack(member, options),
        () => this.#drop(member),
      ),
    );
  }

  async #takeBack(member: PoolMember, { resetSession = false }: ReleaseOptions): Promise<void> {
    if (!this.#members.has(member)) return;
    // In transaction mode nothing stays in a session, and DISCARD would meet one of somebody else.
    const resets = resetSession && !this.connector.poolsTransactions;
    if (resets || !member.isClean) {
      try {
        await member.tidy(this.#timing.tidyTimeoutMs, resets ? this.#settings : null);
      } catch {
        this.#drop(member);
        return;
      }
    }
    if (this.#members.has(member)) this.#offer(member);
  }

  get #transactionSettings(): readonly string[] {
    return this.connector.poolsTransactions ? transactionSettings(this.#settings) : [];
  }

  /** A connection uses one server at a time: after a failover the sessions of the old one are closed. */
  #leaveOtherHosts(): void {
    for (const member of this.#idle) if (this.#isElsewhere(member)) this.#discard(member);
  }

  #isElsewhere({ session }: PoolMember): boolean {
    const { current } = this.connector;
    return current !== null && !isSameHost(current.address, session);
  }

  #add(session: Session): void {
    const member = new PoolMember(
      session,
      jitteredLifetime(this.#settings.limits.maxLifetimeMs, this.#random),
      (error) => this.#lose(member, error),
    );
    this.#members.add(member);
    this.#offer(member);
    this.#serve();
  }

  #failAll(error: DatabaseError): void {
    this.#workSoon();
    for (const waiter of this.#waiters.slice()) waiter.fail(error);
  }

  #failFor(error: DatabaseError, waiter: PoolWaiter | undefined): void {
    this.#workSoon();
    if (waiter !== undefined && this.#waiters.includes(waiter)) waiter.fail(error);
  }

  /** Closes a member in good order. */
  #discard(member: PoolMember): void {
    this.#forget(member);
    void member.close(this.#timing.closeTimeoutMs);
  }

  /** Cuts the link of a member that cannot be used any more. */
  #drop(member: PoolMember, cause?: Error): void {
    this.#forget(member);
    member.destroy(cause);
  }

  /** The link of a member has failed; when the pool itself ended it, that is no news. */
  #lose(member: PoolMember, error: DatabaseError, cause?: Error): void {
    if (!this.#members.has(member)) return;
    const processId = member.session.processID ?? 0;
    const holder = member.holder?.label ?? null;
    this.#drop(member, cause);
    this.emit('lost', { processId, error, holder });
  }

  #acquireTimeout(): DatabaseError {
    if (this.#opener.noRoom !== null) return this.#opener.noRoom;
    const { limits } = this.#settings;
    return this.stats().active < limits.maxConnections
      ? acquireTimeoutError(this.#settings)
      : poolExhaustedError(limits, this.#members);
  }

  #forget(member: PoolMember): void {
    clearTimeout(member.timer);
    this.#members.delete(member);
    this.#idle.remove(member);
    this.emit('used');
    this.#workSoon();
  }

  /** Serves and fills once whoever calls is done with the lists. */
  #workSoon(): void {
    setImmediate(() => {
      this.#serve();
      this.#opener.fill();
    });
  }
}
