import type { RowWindow } from './row-window';

const megabyte = 1024 * 1024;

/** What the rows of one result take at most, in bytes: further ones are read again from main's file. */
const windowBytes = 8 * megabyte;

let uses = 0;

/** A number larger than all before: what was used last has the largest. */
export function nextUse(): number {
  uses += 1;
  return uses;
}

/** The memory that the rows of all results have in this window. */
export class WindowMemory {
  /** Weak: the rows of a result that is shown no more are nobody's. */
  readonly #windows = new Set<WeakRef<RowWindow>>();
  #budget: number;
  readonly #windowBytes: number;

  /** `budget` is for all results, `ofOne` for one of them; bytes. */
  constructor(budget: number, ofOne = windowBytes) {
    this.#budget = budget;
    this.#windowBytes = ofOne;
  }

  /** Takes over the setting: an eighth of the memory for results is main's, the rest this window's. Megabytes. */
  share(memoryMb: number): void {
    this.#budget = memoryMb * (7 / 8) * megabyte;
    this.makeRoom();
  }

  add(window: RowWindow): void {
    this.#windows.add(new WeakRef(window));
  }

  /** Lets rows of one result go until it has no more than its part, then of all until they fit. */
  makeRoomIn(window: RowWindow): void {
    while (window.bytes > this.#windowBytes && window.oldestUse !== null) window.dropOldest();
    this.makeRoom();
  }

  /** Lets rows go, those first that were not used for the longest time, until the rest fits. */
  makeRoom(): void {
    const windows = this.#live();
    let bytes = windows.reduce((sum, window) => sum + window.bytes, 0);
    while (bytes > this.#budget) {
      let chosen: RowWindow | null = null;
      let oldestUse = Number.POSITIVE_INFINITY;
      for (const window of windows) {
        const use = window.oldestUse;
        if (use === null || use >= oldestUse) continue;
        oldestUse = use;
        chosen = window;
      }
      if (chosen === null) return;
      bytes -= chosen.bytes;
      chosen.dropOldest();
      bytes += chosen.bytes;
    }
  }

  #live(): RowWindow[] {
    const live: RowWindow[] = [];
    for (const reference of this.#windows) {
      const window = reference.deref();
      if (window === undefined) this.#windows.delete(reference);
      else live.push(window);
    }
    return live;
  }
}

/** The one memory of the app's window, 224 MB until the setting is known. */
export const windowMemory = new WindowMemory(224 * megabyte);
