interface Scored {
  readonly entry: number;
  readonly score: number;
}

/** The best of many entries, of which only `limit` are kept. Among equals the lower entry is first. */
export class BestEntries {
  readonly #limit: number;
  readonly #best: Scored[] = [];
  #threshold = Number.NEGATIVE_INFINITY;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** What an entry has to exceed, or to equal with a lower number, to be kept. */
  get threshold(): number {
    return this.#threshold;
  }

  offer(entry: number, score: number): void {
    // The common case by far, without making an object.
    if (score < this.#threshold) return;
    const last = this.#best.at(-1);
    const isFull = this.#best.length === this.#limit;
    if (isFull && last !== undefined && !isBefore({ entry, score }, last)) return;
    if (isFull) this.#best.pop();
    this.#insert({ entry, score });
    if (this.#best.length === this.#limit) {
      this.#threshold = this.#best.at(-1)?.score ?? Number.NEGATIVE_INFINITY;
    }
  }

  /** Gives an entry another score, whether it was kept or not. */
  raise(entry: number, score: number): void {
    const at = this.#best.findIndex((kept) => kept.entry === entry);
    if (at >= 0) {
      this.#best.splice(at, 1);
      this.#threshold = Number.NEGATIVE_INFINITY;
    }
    this.offer(entry, score);
  }

  sorted(): readonly Scored[] {
    return this.#best;
  }

  #insert(scored: Scored): void {
    let low = 0;
    let high = this.#best.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#best[middle];
      if (other !== undefined && isBefore(other, scored)) low = middle + 1;
      else high = middle;
    }
    this.#best.splice(low, 0, scored);
  }
}

function isBefore(a: Scored, b: Scored): boolean {
  return a.score === b.score ? a.entry < b.entry : a.score > b.score;
}
