/** Notices when something that moves has not moved for a while. */
export class AtRest {
  readonly #delay: number;
  readonly #onRest: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `delay` is in milliseconds; `onRest` is called each time that it has passed since the last `move`. */
  constructor(delay: number, onRest: () => void) {
    this.#delay = delay;
    this.#onRest = onRest;
  }

  get isMoving(): boolean {
    return this.#timer !== undefined;
  }

  move(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#onRest();
    }, this.#delay);
  }

  forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
