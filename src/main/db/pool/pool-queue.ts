import { cancelledError, type DatabaseError } from '../errors/database-error';
import type { AcquireOptions } from './pool-options';
import { PoolWaiter } from './pool-waiter';
import type { PooledClient } from './pooled-client';

export interface PoolQueueOptions {
  /** How long anyone waits. Milliseconds; 0 is no limit. */
  readonly timeoutMs: number;
  /** What they fail with after that. */
  readonly timeoutError: () => DatabaseError;
  /** Someone has left, served or not. */
  readonly onLeft: () => void;
}

/** Those who wait for a client of a pool, in the order in which they came. */
export class PoolQueue {
  readonly #options: PoolQueueOptions;
  readonly #waiters: PoolWaiter[] = [];

  constructor(options: PoolQueueOptions) {
    this.#options = options;
  }

  get length(): number {
    return this.#waiters.length;
  }

  get first(): PoolWaiter | undefined {
    return this.#waiters[0];
  }

  at(index: number): PoolWaiter | undefined {
    return this.#waiters[index];
  }

  /** Waits at the end of the queue. Rejects with DatabaseError; Cancelled by the signal. */
  join({ signal, holder = 'unnamed' }: AcquireOptions): Promise<PooledClient> {
    if (signal?.aborted === true) return Promise.reject(cancelledError());
    const { timeoutMs, timeoutError, onLeft } = this.#options;
    return new Promise((resolve, reject) => {
      const leave = (waiter: PoolWaiter): void => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        onLeft();
      };
      this.#waiters.push(
        new PoolWaiter({ holder, signal, timeoutMs, timeoutError, resolve, reject, leave }),
      );
    });
  }

  failAll(error: DatabaseError): void {
    for (const waiter of this.#waiters.slice()) waiter.fail(error);
  }

  /** One who waits no longer is left alone. */
  fail(waiter: PoolWaiter, error: DatabaseError): void {
    if (this.#waiters.includes(waiter)) waiter.fail(error);
  }
}
