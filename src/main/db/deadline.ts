import { cancelledError } from './errors/database-error';

/** One limit over several steps: a time in milliseconds (0 is none) and a signal of the caller's. */
export class Deadline {
  readonly #listeners = new Set<() => void>();
  readonly #signal: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #onAbort = (): void => this.#pass('aborted');
  #passed: 'time' | 'aborted' | null = null;

  constructor(timeoutMs: number, signal?: AbortSignal) {
    this.#signal = signal;
    if (signal?.aborted === true) this.#passed = 'aborted';
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    this.#timer = timeoutMs > 0 ? setTimeout(() => this.#pass('time'), timeoutMs) : undefined;
  }

  /** Calls `listener` when the limit passes; the returned function takes it off again. */
  onPassed(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Raises Cancelled after the signal, and what `timeoutError` makes after the time. */
  check(timeoutError: () => Error): void {
    if (this.#passed === 'aborted') throw cancelledError();
    if (this.#passed === 'time') throw timeoutError();
  }

  /** Stops the clock; to be called once the steps are done. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#onAbort);
  }

  #pass(how: 'time' | 'aborted'): void {
    this.#passed ??= how;
    for (const listener of this.#listeners) listener();
  }
}

/**
 * What the work comes to, or the error of `timeoutError` when it takes longer than `timeoutMs`. The
 * work itself goes on: whoever started it has to end it.
 */
export async function within<T>(
  timeoutMs: number,
  work: Promise<T>,
  timeoutError: () => Error,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(timeoutError()), timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the work comes to its end within `timeoutMs`; it goes on if not. Raises what the work raises by then. */
export async function endsWithin(timeoutMs: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What the work comes to; raises Cancelled as soon as the signal fires. The work goes on: others may wait for it too. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let cancel = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    cancel = () => reject(cancelledError());
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
