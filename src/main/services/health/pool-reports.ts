import type { PoolStats } from '@shared/models/health';

/** How long changes are gathered before they are told, in milliseconds. */
const defaultGatherMs = 100;

/** A pool that says when its numbers may have changed. */
export interface CountedPool {
  stats(): PoolStats;
  on(event: 'used', listener: () => void): unknown;
  off(event: 'used', listener: () => void): unknown;
}

/**
 * Tells how a pool stands soon after it changed, at most once in the time in which changes are
 * gathered, and only when it stands otherwise than last told: a statement that ends within that
 * time is no news.
 */
export class PoolReports {
  readonly #pool: CountedPool;
  readonly #onReport: (stats: PoolStats) => void;
  readonly #gatherMs: number;
  #told: PoolStats;
  #timer: NodeJS.Timeout | undefined;

  constructor(pool: CountedPool, onReport: (stats: PoolStats) => void, gatherMs = defaultGatherMs) {
    this.#pool = pool;
    this.#onReport = onReport;
    this.#gatherMs = gatherMs;
    this.#told = pool.stats();
    pool.on('used', this.#onUsed);
  }

  /** How the pool stands, for somebody who is told by this. */
  read(): PoolStats {
    this.#told = this.#pool.stats();
    return this.#told;
  }

  /** Nothing is told any more. */
  stop(): void {
    this.#pool.off('used', this.#onUsed);
    clearTimeout(this.#timer);
  }

  readonly #onUsed = (): void => {
    this.#timer ??= setTimeout(() => this.#tell(), this.#gatherMs);
  };

  #tell(): void {
    this.#timer = undefined;
    if (!isSame(this.#pool.stats(), this.#told)) this.#onReport(this.read());
  }
}

function isSame(one: PoolStats, other: PoolStats): boolean {
  return one.total === other.total && one.active === other.active && one.waiting === other.waiting;
}
