import { toDatabaseError } from '../errors/database-error';
import type { PoolMember } from './pool-member';
import type { PoolMembers } from './pool-members';
import type { PoolTiming } from './pool-options';

/** Asks sessions that were idle whether their link still lives, before anybody gets them. */
export class SignsOfLife {
  readonly #members: PoolMembers;
  readonly #timing: Pick<PoolTiming, 'pingAfterIdleMs' | 'pingTimeoutMs'>;
  #underWay = 0;

  constructor(members: PoolMembers, timing: Pick<PoolTiming, 'pingAfterIdleMs' | 'pingTimeoutMs'>) {
    this.#members = members;
    this.#timing = timing;
  }

  /** How many are being checked. */
  get underWay(): number {
    return this.#underWay;
  }

  /** Whether a member was idle for so long that its link may have died. */
  isDue({ idleSince }: PoolMember): boolean {
    // A clock that was set back says nothing of how long it was.
    return Math.abs(Date.now() - idleSince) > this.#timing.pingAfterIdleMs;
  }

  /**
   * Pings a member. One that does not answer in time is lost, and with it those that have been idle
   * for as long: what killed it, such as a firewall or the laptop's sleep, has met them too. Never raises.
   */
  async check(member: PoolMember): Promise<void> {
    this.#underWay += 1;
    try {
      await member.ping(this.#timing.pingTimeoutMs);
      member.idleSince = Date.now();
    } catch (error) {
      const equals = [...this.#members.idle].filter((other) => this.isDue(other));
      for (const dead of [member, ...equals]) this.#members.lose(dead, toDatabaseError(error));
    } finally {
      this.#underWay -= 1;
    }
  }
}
