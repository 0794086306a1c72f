/** A width that a person gave a pane, kept for the next time and the next start. CSS pixels. */
export class KeptWidth {
  readonly minimum: number;
  readonly #storageKey: string;

  /** No width below the `minimum` is kept. */
  constructor(storageKey: string, minimum: number) {
    this.#storageKey = storageKey;
    this.minimum = minimum;
  }

  /** The width that was kept last; null before there was one. */
  get(): number | null {
    const stored = Number(localStorage.getItem(this.#storageKey));
    return stored >= this.minimum ? stored : null;
  }

  keep(width: number): void {
    if (width >= this.minimum) localStorage.setItem(this.#storageKey, String(Math.round(width)));
  }
}
