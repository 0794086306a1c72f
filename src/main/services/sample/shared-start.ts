import type { SampleProgress } from '@shared/models/sample';
import { sampleStartCancelled } from './sample-error';

type Listener = (progress: SampleProgress) => void;

/** One piece of work that several callers wait for; it is cancelled when the last of them leaves. */
export class SharedStart<Result> {
  readonly #controller = new AbortController();
  readonly #listeners = new Set<Listener>();
  readonly #result: Promise<Result>;
  #last: SampleProgress | null = null;

  constructor(work: (report: Listener, signal: AbortSignal) => Promise<Result>) {
    this.#result = work((progress) => {
      this.#last = progress;
      for (const listener of this.#listeners) listener(progress);
    }, this.#controller.signal);
    // Whoever waits gets the failure; nobody may be left to wait.
    this.#result.catch(() => undefined);
  }

  /** Nobody waits any more: the work is clearing away what it began. */
  get isCancelled(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Waits for the end of the work, whatever it is. */
  async settled(): Promise<void> {
    await this.#result.then(
      () => undefined,
      () => undefined,
    );
  }

  /** Cancels the work for all who wait, and waits until it has cleared away. */
  async cancel(): Promise<void> {
    this.#controller.abort();
    await this.settled();
  }

  /**
   * Waits for the result with the others. Raises DatabaseError of kind Cancelled once `signal` is
   * aborted: at once while others still wait, else when everything is cleared away.
   */
  async join(onProgress: Listener, signal?: AbortSignal): Promise<Result> {
    const listener: Listener = (progress) => onProgress(progress);
    this.#listeners.add(listener);
    if (this.#last !== null) listener(this.#last);
    const over = new AbortController();
    const left = new Promise<never>((_, reject) => {
      const leave = (): void => {
        this.#listeners.delete(listener);
        if (this.#listeners.size > 0) reject(sampleStartCancelled());
        else this.#controller.abort();
      };
      signal?.addEventListener('abort', leave, { once: true, signal: over.signal });
      if (signal?.aborted === true) leave();
    });
    try {
      return await Promise.race([this.#result, left]);
    } finally {
      over.abort();
      this.#listeners.delete(listener);
    }
  }
}
