import { EventEmitter } from 'node:events';
import type { PoolStats } from '@shared/models/health';
import { unlessAborted } from '../deadline';
import type { DatabaseError } from '../errors/database-error';
import type { ErrorContext } from '../errors/error-context';
import { ServerConnector } from '../server/server-connector';
import { connectContext } from '../session/client';
import type { ConnectionSettings } from '../session/connection-settings';
import { transactionSettings } from '../session/transaction-settings';
import type { Queryable, QueryOptions, TextRow } from '../statements/queryable';
import { acquireTimeoutError, poolClosedError, poolExhaustedError } from './pool-errors';
import type { PoolMember } from './pool-member';
import { PoolMembers } from './pool-members';
import { PoolOpener } from './pool-opener';
import {
  defaultTiming,
  type AcquireOptions,
  type LostSession,
  type PoolOptions,
  type PoolTiming,
} from './pool-options';
import { PoolQueue } from './pool-queue';
import { PooledClient, type ReleaseOptions } from './pooled-client';
import { SignsOfLife } from './signs-of-life';

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
  readonly #context: Omit<ErrorContext, 'phase'>;
  readonly #closing = new AbortController();

  readonly #members: PoolMembers;
  readonly #queue: PoolQueue;
  readonly #opener: PoolOpener;
  readonly #signsOfLife: SignsOfLife;
  #closed: Promise<void> | null = null;

  constructor(options: PoolOptions) {
    super();
    const { settings } = options;
    this.#settings = settings;
    this.connector = options.connector ?? new ServerConnector(settings);
    this.#timing = { ...defaultTiming, ...options.timing };
    const { phase: _, ...context } = connectContext(settings);
    this.#context = context;
    const { limits } = settings;
    const random = options.random ?? Math.random;
    this.#members = new PoolMembers({
      connector: this.connector,
      limits,
      timing: this.#timing,
      random,
      onLost: (lost) => this.emit('lost', lost),
      onLeft: () => {
        this.emit('used');
        this.#workSoon();
      },
    });
    this.#signsOfLife = new SignsOfLife(this.#members, this.#timing);
    this.#queue = new PoolQueue({
      timeoutMs: limits.acquireTimeoutMs,
      timeoutError: () => this.#acquireTimeout(),
      onLeft: () => this.emit('used'),
    });
    this.#opener = new PoolOpener({
      limits,
      timing: this.#timing,
      random,
      count: () => this.#members.size,
      connect: () =>
        this.connector.connect({
          timeoutMs: Math.ceil(limits.acquireTimeoutMs * shareOfConnecting),
          signal: this.#closing.signal,
        }),
      onOpened: (session) => {
        this.#offer(this.#members.add(session));
        this.#serve();
      },
      onRefused: (error) => {
        this.#workSoon();
        this.#queue.failAll(error);
      },
      onFailed: (error, waiter) => {
        this.#workSoon();
        if (waiter !== undefined) this.#queue.fail(waiter, error);
      },
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
  acquire(options: AcquireOptions = {}): Promise<PooledClient> {
    if (this.#closed !== null) return Promise.reject(poolClosedError());
    const client = this.#queue.join(options);
    this.#serve();
    this.emit('used');
    return client;
  }

  /**
   * Runs one statement of our own on any client; a failed statement does not cost the session. Whoever
   * gives a signal is kept waiting no longer than that, also where a pooler has no backend for the
   * client; the client comes back when the statement is over.
   */
  async query(
    text: string,
    values?: Parameters<Queryable['query']>[1],
    { isRepeated = false, ...options }: AcquireOptions & QueryOptions = {},
  ): Promise<readonly TextRow[]> {
    const client = await this.acquire({ holder: 'catalog', ...options });
    const answer = client.query(text, values, { isRepeated }).finally(() => client.release());
    return options.signal === undefined ? answer : unlessAborted(answer, options.signal);
  }

  stats(): PoolStats {
    return {
      total: this.#members.size,
      active: this.#members.size - this.#members.idle.size,
      idle: this.#members.idle.size,
      waiting: this.#queue.length,
      max: this.#settings.limits.maxConnections,
    };
  }

  /** Asks every session that is idle now for a sign of life before it is handed out. */
  distrustIdle(): void {
    this.#members.idle.distrust();
  }

  /**
   * Asks an idle session for a sign of life, without a limit of time; nobody gets it before it has
   * answered. Null where none is idle. Rejects when its link ends.
   */
  askIdle(): Promise<void> | null {
    const member = this.#members.idle.take();
    return member === undefined ? null : this.#ask(member);
  }

  /**
   * Cuts every session at once, because the link is known to be dead; only those that heard nothing
   * of the server since a time (performance.now()), where one is given. Statements under way fail with
   * ConnectionLost instead of waiting for the system to notice; new sessions are made as needed.
   */
  cut(silentSince = Infinity): void {
    this.#members.cut(silentSince);
  }

  /**
   * Takes note that the server did not answer, neither on an old link nor on a new one. Sessions that
   * have waited for it through `silenceMs` of that are cut: see Silence.
   */
  noteSilence(): void {
    this.#members.noteSilence();
  }

  /** The server answers: silence before that no longer counts. */
  noteAnswer(): void {
    this.#members.noteAnswer();
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
    this.#queue.failAll(poolClosedError());
    await this.#members.close(timeoutMs);
  }

  /** Finds a client for everyone who waits: an idle one, even if another is being made meanwhile. */
  #serve(): void {
    while (this.#closed === null && this.#queue.length > this.#signsOfLife.underWay) {
      const member = this.#members.idle.take();
      if (member === undefined) break;
      this.#handOut(member);
    }
    const onTheWay = (): number => this.#opener.connecting + this.#signsOfLife.underWay;
    while (this.#closed === null && this.#queue.length > onTheWay() && this.#opener.hasRoom) {
      void this.#opener.open(this.#queue.at(onTheWay()));
    }
  }

  /** Takes a member that is no longer among the idle ones to whoever has waited longest. */
  #handOut(member: PoolMember): void {
    clearTimeout(member.timer);
    if (this.#signsOfLife.isDue(member)) void this.#handOutAlive(member);
    else this.#offer(member);
  }

  async #handOutAlive(member: PoolMember): Promise<void> {
    await this.#signsOfLife.check(member);
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
    if (this.#closed !== null || !this.#members.mayStay(member)) {
      this.#members.discard(member);
      return;
    }
    const waiter = this.#queue.first;
    if (waiter === undefined) {
      this.#members.idle.add(member);
      this.emit('used');
      return;
    }
    member.holder = { label: waiter.holder, since: Date.now() };
    const { poolsTransactions } = this.connector;
    waiter.serve(
      new PooledClient(
        member,
        {
          ...this.#context,
          transactionSettings: poolsTransactions ? transactionSettings(this.#settings) : [],
          canPrepare: !poolsTransactions,
        },
        (options) => void this.#takeBack(member, options),
        () => this.#members.drop(member),
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
        this.#members.drop(member);
        return;
      }
    }
    if (this.#members.has(member)) this.#offer(member);
  }

  #acquireTimeout(): DatabaseError {
    if (this.#opener.noRoom !== null) return this.#opener.noRoom;
    const { limits } = this.#settings;
    return this.stats().active < limits.maxConnections
      ? acquireTimeoutError(this.#settings)
      : poolExhaustedError(limits, this.#members);
  }

  /** Serves and fills once whoever calls is done with the lists. */
  #workSoon(): void {
    setImmediate(() => {
      this.#serve();
      this.#opener.fill();
    });
  }
}
