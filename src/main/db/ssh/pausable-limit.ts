/** A limit of time that stands still while somebody thinks about a question. */
export class PausableLimit {
  readonly #limitMs: number;
  readonly #onPassed: () => void;
  #spentMs = 0;
  #runningSince: number | null = null;
  #timer: NodeJS.Timeout | undefined;

  /** Begins to run at once. `limitMs` in milliseconds. */
  constructor(limitMs: number, onPassed: () => void) {
    this.#limitMs = limitMs;
    this.#onPassed = onPassed;
    this.#run();
  }

  /** Milliseconds that it has run, without those that it stood still. */
  get spentMs(): number {
    const running = this.#runningSince === null ? 0 : performance.now() - this.#runningSince;
    return this.#spentMs + running;
  }

  /** Stands still until the work has ended. */
  async while<T>(work: Promise<T>): Promise<T> {
    this.stop();
    try {
      return await work;
    } finally {
      this.#run();
    }
  }

  /** Stops for good, unless `while` lets it run again. */
  stop(): void {
    this.#spentMs = this.spentMs;
    this.#runningSince = null;
    clearTimeout(this.#timer);
  }

  #run(): void {
    this.#runningSince = performance.now();
    this.#timer = setTimeout(this.#onPassed, Math.max(0, this.#limitMs - this.#spentMs));
  }
}
