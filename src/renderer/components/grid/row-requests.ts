import { batchBytes, type RowBatch } from '@shared/models/row-batch';
import type { RowRange, RowWindow } from './row-window';

/**
 * Bytes of rows that one request asks for. Measured from main to the page and back (Electron 25, two
 * cores, median of 40, batches of 10 columns): 64 KB take 0.4 ms (156 MB/s), 256 KB 1.0 ms (250 MB/s),
 * 1 MB 4.6 ms (217 MB/s), 4 MB 42 ms (96 MB/s). 256 KB are the fastest, and far from a frame of 16 ms.
 */
const requestBytes = 256 * 1024;
const minRows = 16;
const maxRows = 10_000;
/** Requests under way: one for what is seen, one ahead. */
const maxUnderWay = 2;
/** Rows from the end at which the next are read from the server. */
const growAhead = 300;

export interface RowRequestTarget {
  /** Reads rows into the window and resolves with whether any came. It never rejects. */
  readonly read: (range: RowRange) => Promise<boolean>;
  readonly rowCount: () => number;
  /** Whether rows behind the last one can be asked for. */
  readonly canGrow: () => boolean;
}

/**
 * Decides what to ask main for: first what is seen and missing, then one request ahead in the direction
 * of scrolling. What was asked for and has gone out of sight is not asked for again.
 */
export class RowRequests {
  readonly #window: RowWindow;
  readonly #target: RowRequestTarget;
  readonly #underWay = new Set<RowRange>();
  #seen: RowRange = { from: 0, to: 0 };
  #isUpward = false;
  /** Whether what is seen lies far from what was seen before, as while the thumb is dragged. */
  #isJump = false;
  #bytesPerRow = 100;
  /** After a request that brought nothing: no other until something else is looked at. */
  #isHalted = false;

  constructor(window: RowWindow, target: RowRequestTarget) {
    this.#window = window;
    this.#target = target;
  }

  /** Takes over how long rows are. */
  learn(batch: RowBatch): void {
    if (batch.rowCount > 0) this.#bytesPerRow = batchBytes(batch) / batch.rowCount;
  }

  /** Takes over what is seen, inclusive. */
  look(firstRow: number, lastRow: number): void {
    if (firstRow !== this.#seen.from) this.#isUpward = firstRow < this.#seen.from;
    this.#isJump = Math.abs(firstRow - this.#seen.from) > this.#rowsPerRequest;
    if (firstRow !== this.#seen.from || lastRow + 1 !== this.#seen.to) this.#isHalted = false;
    this.#seen = { from: Math.max(0, firstRow), to: lastRow + 1 };
    this.#fill();
  }

  /** Asks for rows from `from` on. */
  fetch(from: number): Promise<void> {
    this.#isHalted = false;
    return this.#request({ from, to: from + this.#rowsPerRequest });
  }

  get #rowsPerRequest(): number {
    const fitting = Math.floor(requestBytes / Math.max(1, this.#bytesPerRow));
    return Math.min(maxRows, Math.max(minRows, fitting));
  }

  #fill(): void {
    while (!this.#isHalted && this.#underWay.size < maxUnderWay) {
      const next = this.#next();
      if (next === null) return;
      void this.#request(next);
    }
  }

  #next(): RowRange | null {
    const rowCount = this.#target.rowCount();
    const { from, to } = this.#seen;
    const seen = this.#missing(from, Math.min(to, rowCount));
    if (seen !== null) return seen;
    // Nothing is read before anybody looks.
    if (to > 0 && to >= rowCount - growAhead && this.#target.canGrow()) {
      return { from: rowCount, to: rowCount + this.#rowsPerRequest };
    }
    // What lies beside a place that is left with the next frame would be read for nothing.
    if (this.#isJump) return null;
    const ahead = this.#rowsPerRequest;
    return this.#isUpward
      ? this.#missing(Math.max(0, from - ahead), from)
      : this.#missing(to, Math.min(rowCount, to + ahead));
  }

  /** The first stretch between two rows that is neither here nor on its way, widened to a request. */
  #missing(from: number, to: number): RowRange | null {
    for (let row = from; row < to;) {
      const end = this.#window.endOfRun(row);
      const asked = [...this.#underWay].find((range) => row >= range.from && row < range.to);
      if (end === row && asked === undefined) return this.#around(row);
      row = asked === undefined ? end : Math.max(end, asked.to);
    }
    return null;
  }

  #around(row: number): RowRange {
    const gap = this.#window.gapAround(row, { from: 0, to: this.#target.rowCount() });
    const { from: firstSeen, to: endSeen } = this.#seen;
    const size = this.#isJump ? Math.max(minRows, 2 * (endSeen - firstSeen)) : this.#rowsPerRequest;
    const from = Math.max(gap.from, this.#isUpward ? row - (size >> 1) : row);
    return { from, to: Math.min(gap.to, from + size) };
  }

  async #request(range: RowRange): Promise<void> {
    this.#underWay.add(range);
    const hasCome = await this.#target.read(range);
    this.#underWay.delete(range);
    if (!hasCome) this.#isHalted = true;
    this.#fill();
  }
}
