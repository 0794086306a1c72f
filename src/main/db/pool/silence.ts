import type { PoolMember } from './pool-member';

/** Between two looks that are further apart the computer slept: that time counts no more than this. Milliseconds. */
const longestGapMs = 15_000;

interface Wait {
  /** When its server was last heard: the wait is the same one as long as that is the same. */
  readonly heardAt: number;
  readonly silentMs: number;
}

/**
 * The sessions that wait for a server of which nobody hears anything. TCP alone would let them wait
 * for long: while sent data is not confirmed it is sent again for some 15 minutes (tcp(7),
 * tcp_retries2), and Node.js cannot set TCP_USER_TIMEOUT. Where all is confirmed, its keepalive finds
 * the dead link 40 seconds after the last packet.
 */
export class Silence {
  #waits: ReadonlyMap<PoolMember, Wait> = new Map();
  #lookedAt = 0;

  /**
   * Takes note that the server did not answer just now, neither on an old link nor on a new one.
   * Gives those that waited through `patienceMs` of such silence. A session that nobody waits for is
   * none of them: its transaction may outlive the silence.
   */
  look(members: Iterable<PoolMember>, patienceMs: number): PoolMember[] {
    const now = performance.now();
    const gapMs = Math.min(now - this.#lookedAt, longestGapMs);
    this.#lookedAt = now;
    const waits = new Map<PoolMember, Wait>();
    for (const member of members) {
      const { isWaiting, heardAt } = member.session;
      if (!isWaiting) continue;
      const before = this.#waits.get(member);
      const silentMs = before?.heardAt === heardAt ? before.silentMs + gapMs : 0;
      waits.set(member, { heardAt, silentMs });
    }
    this.#waits = waits;
    return [...waits.keys()].filter((member) => (waits.get(member)?.silentMs ?? 0) >= patienceMs);
  }

  /** The server answers again. */
  end(): void {
    this.#waits = new Map();
  }
}
