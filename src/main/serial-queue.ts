/** Runs tasks one after another, in the order in which they were handed in. */
export class SerialQueue {
  #tail: Promise<unknown> = Promise.resolve();

  /** Runs `task` once every earlier one has settled; gives back its result or its error. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(task);
    // The next task waits for this one, whether it succeeds or fails; the caller gets the failure.
    this.#tail = result.then(ignore, ignore);
    return result;
  }

  /** Resolves once everything handed in so far has settled. */
  async idle(): Promise<void> {
    await this.#tail;
  }
}

const ignore = (): void => undefined;
