import { batchBytes, type RowBatch } from '@shared/models/row-batch';
import { nextUse, type WindowMemory, windowMemory } from './window-memory';

/** Batches that hold some of a result's rows, and where each begins. */
interface Held {
  readonly firstRow: number;
  readonly batch: RowBatch;
  /** Kept whatever the budget says: there is nowhere to read it again. */
  readonly isPinned: boolean;
  lastUse: number;
}

/** Rows of a result by their number. */
export interface RowRange {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/**
 * The rows of a result that are in the window's memory. What was not looked at for the longest time
 * makes room once the rows of all results take more than the budget.
 */
export class RowWindow {
  /** By ascending row; no two overlap. */
  readonly #held: Held[] = [];
  readonly #memory: WindowMemory;
  #bytes = 0;
  #latest: Held | null = null;

  constructor(memory: WindowMemory = windowMemory) {
    this.#memory = memory;
    memory.add(this);
  }

  /** Bytes of the rows that are here. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The batch with a row and the row's place in it; null when it is not here. */
  find(row: number): { batch: RowBatch; rowInBatch: number } | null {
    const held = this.#latest !== null && covers(this.#latest, row) ? this.#latest : this.#at(row);
    if (held === null) return null;
    if (this.#latest !== held) {
      this.#latest = held;
      held.lastUse = nextUse();
    }
    return { batch: held.batch, rowInBatch: row - held.firstRow };
  }

  /** The rows from `row` on that are here without a gap end before this one: `row` itself if none is. */
  endOfRun(row: number): number {
    let end = row;
    for (let held = this.#at(end); held !== null; held = this.#at(end)) end = endOf(held);
    return end;
  }

  /** The gap around a row that is not here, within `limits`. */
  gapAround(row: number, limits: RowRange): RowRange {
    const next = this.#indexAfter(row);
    const before = this.#held[next - 1];
    return {
      from: Math.max(limits.from, before === undefined ? limits.from : endOf(before)),
      to: Math.min(limits.to, this.#held[next]?.firstRow ?? limits.to),
    };
  }

  /** Takes rows in; those that are here already stay as they are. */
  insert(firstRow: number, batch: RowBatch, { isPinned } = { isPinned: false }): void {
    const end = firstRow + batch.rowCount;
    if (batch.rowCount === 0) return;
    const gap = this.gapAround(firstRow, { from: 0, to: end });
    // An answer that overlaps others came twice: the rows are the same ones.
    if (gap.from > firstRow || gap.to < end) return;
    const held = { firstRow, batch, isPinned, lastUse: nextUse() };
    this.#held.splice(this.#indexAfter(firstRow), 0, held);
    this.#bytes += batchBytes(batch);
    this.#memory.makeRoomIn(this);
  }

  /** When the batch that goes next was used last; null when none may go. */
  get oldestUse(): number | null {
    return this.#oldest()?.lastUse ?? null;
  }

  /** Lets the batch go that was not used for the longest time. */
  dropOldest(): void {
    const oldest = this.#oldest();
    if (oldest === null) return;
    this.#held.splice(this.#held.indexOf(oldest), 1);
    this.#bytes -= batchBytes(oldest.batch);
  }

  #oldest(): Held | null {
    let oldest: Held | null = null;
    for (const held of this.#held) {
      // What is painted now comes from the batch that was found last.
      if (held.isPinned || held === this.#latest) continue;
      if (oldest === null || held.lastUse < oldest.lastUse) oldest = held;
    }
    return oldest;
  }

  #at(row: number): Held | null {
    const held = this.#held[this.#indexAfter(row) - 1];
    return held !== undefined && covers(held, row) ? held : null;
  }

  /** The index of the first batch that begins after a row. */
  #indexAfter(row: number): number {
    let low = 0;
    let high = this.#held.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#held[middle]?.firstRow ?? 0) <= row) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const endOf = ({ firstRow, batch }: Held): number => firstRow + batch.rowCount;
const covers = (held: Held, row: number): boolean => row >= held.firstRow && row < endOf(held);
