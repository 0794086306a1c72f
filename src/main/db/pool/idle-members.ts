import type { ResolvedPoolLimits } from '../session/connection-settings';
import type { PoolMember } from './pool-member';

/** setTimeout takes no more than a signed 32-bit number of milliseconds. */
const longestTimerMs = 2 ** 31 - 1;

export interface IdleMembersOptions {
  readonly limits: ResolvedPoolLimits;
  /** How many sessions the pool has, those in use included. */
  readonly count: () => number;
  /** The time of an idle session is over. */
  readonly onExpired: (member: PoolMember) => void;
}

/**
 * The sessions of a pool that nobody uses. The one that was used last is taken first, so that those
 * beyond the need grow old and are closed.
 */
export class IdleMembers implements Iterable<PoolMember> {
  readonly #options: IdleMembersOptions;
  /** The last one was used last. */
  readonly #members: PoolMember[] = [];

  constructor(options: IdleMembersOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#members.length;
  }

  /** As they are now: taking some out meanwhile does no harm. */
  [Symbol.iterator](): Iterator<PoolMember> {
    return this.#members.slice()[Symbol.iterator]();
  }

  take(): PoolMember | undefined {
    return this.#members.pop();
  }

  /** Lays a session by, until its time is over. */
  add(member: PoolMember): void {
    member.holder = null;
    member.idleSince = Date.now();
    this.#members.push(member);
    this.#watch(member);
  }

  remove(member: PoolMember): void {
    const index = this.#members.indexOf(member);
    if (index !== -1) this.#members.splice(index, 1);
  }

  /** Has every session asked for a sign of life before it is handed out. */
  distrust(): void {
    for (const member of this.#members) member.idleSince = 0;
  }

  /** Closes an idle session when its time is over, unless it is one of those to keep. */
  #watch(member: PoolMember): void {
    const { limits, count, onExpired } = this.#options;
    const isSurplus = limits.idleTimeoutMs > 0 && count() > limits.minConnections;
    const idleMs = isSurplus ? member.idleSince + limits.idleTimeoutMs - Date.now() : Infinity;
    const dueMs = Math.min(member.remainingMs, idleMs);
    if (dueMs <= 0) onExpired(member);
    else if (dueMs < Infinity) {
      member.timer = setTimeout(() => this.#watch(member), Math.min(dueMs, longestTimerMs));
    }
  }
}
