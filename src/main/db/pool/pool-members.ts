import { within } from '../deadline';
import type { DatabaseError } from '../errors/database-error';
import { isSameHost } from '../server/hosts';
import type { ServerConnector } from '../server/server-connector';
import type { ResolvedPoolLimits } from '../session/connection-settings';
import type { Session } from '../session/session';
import { IdleMembers } from './idle-members';
import { linkTimeout, poolClosedError, serverSilentError } from './pool-errors';
import { jitteredLifetime, PoolMember } from './pool-member';
import type { LostSession, PoolTiming } from './pool-options';
import { Silence } from './silence';

export interface PoolMembersOptions {
  /** Which server the sessions are of. */
  readonly connector: ServerConnector;
  readonly limits: ResolvedPoolLimits;
  readonly timing: PoolTiming;
  /** From 0 to 1, for the jitter of lifetimes. */
  readonly random: () => number;
  /** A session ended that nobody had asked to end. */
  readonly onLost: (lost: LostSession) => void;
  /** There is one session less, for whatever reason. */
  readonly onLeft: () => void;
}

/** The sessions that a pool has, idle or in use: how they come, and how they end. */
export class PoolMembers implements Iterable<PoolMember> {
  /** Those that nobody uses. */
  readonly idle: IdleMembers;
  readonly #options: PoolMembersOptions;
  readonly #members = new Set<PoolMember>();
  readonly #silence = new Silence();

  constructor(options: PoolMembersOptions) {
    this.#options = options;
    this.idle = new IdleMembers({
      limits: options.limits,
      count: () => this.#members.size,
      onExpired: (member) => this.discard(member),
    });
    // A connection uses one server at a time: after a failover those of the old one are closed.
    options.connector.on('changed', () => {
      for (const member of this.idle) if (this.#isElsewhere(member)) this.discard(member);
    });
  }

  get size(): number {
    return this.#members.size;
  }

  [Symbol.iterator](): Iterator<PoolMember> {
    return this.#members[Symbol.iterator]();
  }

  has(member: PoolMember): boolean {
    return this.#members.has(member);
  }

  /** Whether a member may be used again: its time is not over, and it is of the server in use. */
  mayStay(member: PoolMember): boolean {
    return member.remainingMs > 0 && !this.#isElsewhere(member);
  }

  /** Takes in a session that was opened just now; it is not among the idle ones yet. */
  add(session: Session): PoolMember {
    const { limits, random } = this.#options;
    const lifetimeMs = jitteredLifetime(limits.maxLifetimeMs, random);
    const member = new PoolMember(session, lifetimeMs, (error) => this.lose(member, error));
    this.#members.add(member);
    return member;
  }

  /** Closes a member in good order. */
  discard(member: PoolMember): void {
    this.#forget(member);
    void member.close(this.#options.timing.closeTimeoutMs);
  }

  /** Cuts the link of a member that cannot be used any more. */
  drop(member: PoolMember, cause?: Error): void {
    this.#forget(member);
    member.destroy(cause);
  }

  /** The link of a member has failed; when the pool itself ended it, that is no news. */
  lose(member: PoolMember, error: DatabaseError, cause?: Error): void {
    if (!this.#members.has(member)) return;
    const processId = member.session.processID ?? 0;
    const holder = member.holder?.label ?? null;
    this.drop(member, cause);
    this.#options.onLost({ processId, error, holder });
  }

  /** Loses those that heard nothing of the server since a time (performance.now()). */
  cut(silentSince: number): void {
    for (const member of this.#members) {
      if (member.session.heardAt < silentSince) this.#giveUp(member);
    }
  }

  /** Loses those that have waited through `silenceMs` of a silence of which this is a sign: see Silence. */
  noteSilence(): void {
    const { silenceMs } = this.#options.timing;
    for (const member of this.#silence.look(this.#members, silenceMs)) this.#giveUp(member);
  }

  /** The server answers: silence before that no longer counts. */
  noteAnswer(): void {
    this.#silence.end();
  }

  /** Ends all: idle ones say goodbye, those in use are cut unless they are given back in time. */
  async close(timeoutMs: number): Promise<void> {
    const all = [...this.#members];
    const ended = Promise.all(all.map((member) => member.ended));
    for (const member of this.idle) this.discard(member);
    await within(timeoutMs, ended, poolClosedError).catch(() => {
      for (const member of all) member.destroy();
      return ended;
    });
  }

  #isElsewhere({ session }: PoolMember): boolean {
    const { current } = this.#options.connector;
    return current !== null && !isSameHost(current.address, session);
  }

  #giveUp(member: PoolMember): void {
    this.lose(member, serverSilentError(), linkTimeout());
  }

  #forget(member: PoolMember): void {
    clearTimeout(member.timer);
    this.#members.delete(member);
    this.idle.remove(member);
    this.#options.onLeft();
  }
}
