import { setImmediate } from 'node:timers/promises';

/** How long work keeps the event loop before other work has its turn. Milliseconds. */
const turnMs = 4;

/**
 * A turn of the event loop: work over thousands of things asks after each whether its turn is over,
 * and passes it on then, so that the process goes on to answer.
 */
export class Turn {
  readonly #now: () => number;
  #endsAt: number;

  constructor(now = (): number => performance.now()) {
    this.#now = now;
    this.#endsAt = now() + turnMs;
  }

  /** Whether other work has waited long enough. */
  get isOver(): boolean {
    return this.#now() >= this.#endsAt;
  }

  /** Lets other work have its turn; resolves when the next one begins. */
  async pass(): Promise<void> {
    await setImmediate();
    this.#endsAt = this.#now() + turnMs;
  }
}
