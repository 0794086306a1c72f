import { cancelledError } from '../errors/database-error';
import type { PooledClient } from './pooled-client';

/** A caller who waits for a client: until it is served, fails, runs out of time or is cancelled. */
export class PoolWaiter {
  readonly holder: string;
  readonly #resolve: (client: PooledClient) => void;
  readonly #reject: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #leave: () => void;
  readonly #onAbort = (): void => this.fail(cancelledError());

  /** `leave` takes the waiter out of the queue; it is called once, before the caller hears anything. */
  constructor(options: {
    readonly holder: string;
    readonly signal: AbortSignal | undefined;
    /** Milliseconds; 0 is no limit. */
    readonly timeoutMs: number;
    readonly timeoutError: () => Error;
    readonly resolve: (client: PooledClient) => void;
    readonly reject: (error: unknown) => void;
    readonly leave: (waiter: PoolWaiter) => void;
  }) {
    this.holder = options.holder;
    this.#resolve = options.resolve;
    this.#reject = options.reject;
    this.#signal = options.signal;
    this.#signal?.addEventListener('abort', this.#onAbort, { once: true });
    this.#timer =
      options.timeoutMs > 0
        ? setTimeout(() => this.fail(options.timeoutError()), options.timeoutMs)
        : undefined;
    this.#leave = () => {
      clearTimeout(this.#timer);
      this.#signal?.removeEventListener('abort', this.#onAbort);
      options.leave(this);
    };
  }

  serve(client: PooledClient): void {
    this.#leave();
    this.#resolve(client);
  }

  fail(error: unknown): void {
    this.#leave();
    this.#reject(error);
  }
}
