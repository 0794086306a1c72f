import { SerialQueue } from '../../../serial-queue';
import { resultGone } from './result-gone';
import type { SpilledRecord, SpillFile } from './spill-file';

/** Bytes that are in memory, in a file, or in both. They never change. */
export class StoredBytes {
  readonly byteLength: number;
  readonly file: SpillFile;
  bytes: Uint8Array | null;
  spilled: SpilledRecord | null = null;
  isDropped = false;

  constructor(bytes: Uint8Array, file: SpillFile) {
    this.bytes = bytes;
    this.byteLength = bytes.byteLength;
    this.file = file;
  }
}

/**
 * The memory of all results together. What was not used for the longest time goes to its result's
 * file once the budget is used up, or what one result may have of it, and comes back when it is asked
 * for.
 */
export class ResultMemory {
  readonly #queue = new SerialQueue();
  /** In the order of use: the first is the next to go. */
  readonly #held = new Set<StoredBytes>();
  /** Bytes of each result, which has one file. */
  readonly #heldOf = new WeakMap<SpillFile, number>();
  #heldBytes = 0;
  #budget: number;
  readonly #resultBytes: number;

  /** `budget` is for all results, `resultBytes` for one of them; bytes. */
  constructor(budget: number, resultBytes = budget) {
    this.#budget = budget;
    this.#resultBytes = resultBytes;
  }

  /** Bytes in memory now; never more than the budget. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  get budget(): number {
    return this.#budget;
  }

  /** Raises DatabaseError of kind StorageFailed when what exceeds the new budget cannot be written. */
  setBudget(bytes: number): Promise<void> {
    this.#budget = bytes;
    return this.#queue.run(() => this.#makeRoom(0));
  }

  /** Keeps bytes in memory, or in the file when they are larger than the budget. Raises StorageFailed. */
  add(stored: StoredBytes): Promise<void> {
    return this.#queue.run(() => this.#hold(stored));
  }

  /** Writes bytes to their file without taking room in memory. Raises StorageFailed. */
  async addToFile(stored: StoredBytes): Promise<void> {
    if (stored.bytes === null) return;
    stored.spilled = await stored.file.write(stored.bytes);
    stored.bytes = null;
  }

  /** The bytes, from wherever they are. Raises DatabaseError: StorageFailed, NotFound once dropped. */
  async read(stored: StoredBytes): Promise<Uint8Array> {
    if (stored.bytes !== null) return this.#touch(stored, stored.bytes);
    return this.#queue.run(async () => {
      if (stored.bytes !== null) return this.#touch(stored, stored.bytes);
      if (stored.spilled === null) throw resultGone();
      const bytes = await stored.file.read(stored.spilled);
      stored.bytes = bytes;
      await this.#hold(stored);
      return bytes;
    });
  }

  /** Forgets bytes of a result that is closed. */
  drop(stored: StoredBytes): void {
    stored.isDropped = true;
    stored.bytes = null;
    this.#discount(stored);
  }

  #touch(stored: StoredBytes, bytes: Uint8Array): Uint8Array {
    if (this.#held.delete(stored)) this.#held.add(stored);
    return bytes;
  }

  async #hold(stored: StoredBytes): Promise<void> {
    const { byteLength, file } = stored;
    if (byteLength > Math.min(this.#budget, this.#resultBytes)) {
      await this.#release(stored);
      return;
    }
    await this.#makeRoomIn(file, byteLength);
    await this.#makeRoom(byteLength);
    // Its result may have been closed while others were written.
    if (stored.isDropped) return;
    this.#held.add(stored);
    this.#heldBytes += byteLength;
    this.#heldOf.set(file, this.#bytesOf(file) + byteLength);
  }

  async #makeRoom(bytes: number): Promise<void> {
    for (const stored of this.#held) {
      if (this.#heldBytes + bytes <= this.#budget) return;
      await this.#release(stored);
    }
  }

  async #makeRoomIn(file: SpillFile, bytes: number): Promise<void> {
    for (const stored of this.#held) {
      if (this.#bytesOf(file) + bytes <= this.#resultBytes) return;
      if (stored.file === file) await this.#release(stored);
    }
  }

  /** Takes bytes out of memory; they are written first unless the file has them. */
  async #release(stored: StoredBytes): Promise<void> {
    if (stored.bytes !== null) stored.spilled ??= await stored.file.write(stored.bytes);
    stored.bytes = null;
    this.#discount(stored);
  }

  #discount(stored: StoredBytes): void {
    const { byteLength, file } = stored;
    if (!this.#held.delete(stored)) return;
    this.#heldBytes -= byteLength;
    this.#heldOf.set(file, this.#bytesOf(file) - byteLength);
  }

  #bytesOf(file: SpillFile): number {
    return this.#heldOf.get(file) ?? 0;
  }
}
