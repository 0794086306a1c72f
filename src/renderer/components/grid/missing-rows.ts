/** After how long a person is shown that rows are waited for. Milliseconds. */
const patience = 120;

/** Notices when rows have been missing for so long that it should be seen. */
export class MissingRows {
  readonly #onSlow: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSlow = false;

  /** `onSlow` is called when `isSlow` becomes true. */
  constructor(onSlow: () => void) {
    this.#onSlow = onSlow;
  }

  get isSlow(): boolean {
    return this.#isSlow;
  }

  /** Takes over whether any row was missing when the view was painted. */
  note(isMissing: boolean): void {
    if (!isMissing) this.forget();
    else {
      this.#timer ??= setTimeout(() => {
        this.#isSlow = true;
        this.#onSlow();
      }, patience);
    }
  }

  forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isSlow = false;
  }
}
