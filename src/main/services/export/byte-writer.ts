import { Buffer } from 'node:buffer';

/** Up to this many bytes a loop copies faster than a call does. */
const longLoop = 48;

/** Bytes that grow as they are written; taking them empties it and keeps its memory. */
export class ByteWriter {
  #bytes: Buffer;
  #length = 0;

  constructor(initialBytes = 64 * 1024) {
    this.#bytes = Buffer.allocUnsafe(initialBytes);
  }

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    this.reserve(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  bytes(source: Uint8Array, from = 0, to = source.length): void {
    const target = this.reserve(to - from);
    if (to - from > longLoop) target.set(source.subarray(from, to), this.#length);
    else {
      for (let index = from; index < to; index += 1) {
        target[this.#length - from + index] = source[index] ?? 0;
      }
    }
    this.#length += to - from;
  }

  /**
   * Copies the bytes from `start` to `end`, unless one of them is marked in `marks`, a table of 256:
   * nothing is written then. True when they were copied.
   */
  copyUnless(marks: Uint8Array, source: Uint8Array, start: number, end: number): boolean {
    const size = end - start;
    const target = this.reserve(size);
    const length = this.#length;
    let found = 0;
    for (let index = 0; index < size; index += 1) {
      const byte = source[start + index] ?? 0;
      target[length + index] = byte;
      found |= marks[byte] ?? 0;
    }
    if (found === 0) this.#length = length + size;
    return found === 0;
  }

  /** As `copyUnless`, with the byte `quote` before and behind. */
  copyQuotedUnless(
    marks: Uint8Array,
    quote: number,
    source: Uint8Array,
    start: number,
    end: number,
  ): boolean {
    const begin = this.#length;
    this.byte(quote);
    const isCopied = this.copyUnless(marks, source, start, end);
    if (isCopied) this.byte(quote);
    else this.#length = begin;
    return isCopied;
  }

  /** Copies the bytes from `start` to `end`, and those marked in `marks` twice. */
  copyDoubled(marks: Uint8Array, source: Uint8Array, start: number, end: number): void {
    // Each byte may be a marked one.
    const target = this.reserve((end - start) * 2);
    let length = this.#length;
    for (let index = start; index < end; index += 1) {
      const byte = source[index] ?? 0;
      if (marks[byte] === 1) {
        target[length] = byte;
        length += 1;
      }
      target[length] = byte;
      length += 1;
    }
    this.#length = length;
  }

  text(text: string): void {
    // UTF-8 takes at most three bytes for a UTF-16 unit.
    this.reserve(text.length * 3);
    this.#length += this.#bytes.write(text, this.#length);
  }

  /**
   * Makes room for so many bytes and gives the memory, for loops that write byte by byte: they begin
   * at `length` and say with `advanceTo` where they ended.
   */
  reserve(bytes: number): Buffer {
    const needed = this.#length + bytes;
    if (needed > this.#bytes.length) {
      const grown = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, needed));
      this.#bytes.copy(grown, 0, 0, this.#length);
      this.#bytes = grown;
    }
    return this.#bytes;
  }

  advanceTo(length: number): void {
    this.#length = length;
  }

  /** What was written, as a copy. */
  take(): Uint8Array {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }
}

/** A table for `copyUnless`: 1 for each byte that `isMarked` says yes to. */
export function markBytes(isMarked: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (isMarked(byte) ? 1 : 0));
}
