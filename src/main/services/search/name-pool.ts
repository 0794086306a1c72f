import { characterMask, foldText, wordStartMask, type NameText } from '@shared/search/name-match';

/** Different names, each stored once, one after another in typed arrays. */
export interface NamePool extends NameText {
  readonly count: number;
  /** Where name `n` begins; it ends where the next one begins. */
  readonly starts: Uint32Array;
  /** Which characters each name has (see characterMask). */
  readonly masks: Uint32Array;
  /** Which characters the words of each name begin with (see wordStartMask). */
  readonly wordStarts: Uint32Array;
}

/** Collects names. Catalogs repeat them: "id" of 20,000 tables is stored and compared once. */
export class NamePoolBuilder {
  readonly #ids = new Map<string, number>();
  #units = new Uint16Array(1 << 16);
  #folded = new Uint16Array(1 << 16);
  #length = 0;
  readonly #starts: number[] = [0];
  readonly #masks: number[] = [];
  readonly #wordStarts: number[] = [];

  /** The number of a name, new or known. */
  add(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(name, id);
    this.#reserve(name.length);
    const folded = foldText(name);
    for (let index = 0; index < name.length; index += 1) {
      this.#units[this.#length + index] = name.charCodeAt(index);
      this.#folded[this.#length + index] = folded.charCodeAt(index);
    }
    const end = this.#length + name.length;
    const text = { units: this.#units, folded: this.#folded };
    this.#masks.push(characterMask(this.#folded, this.#length, end));
    this.#wordStarts.push(wordStartMask(text, this.#length, end));
    this.#length = end;
    this.#starts.push(this.#length);
    return id;
  }

  finish(): NamePool {
    return {
      count: this.#masks.length,
      units: this.#units.slice(0, this.#length),
      folded: this.#folded.slice(0, this.#length),
      starts: Uint32Array.from(this.#starts),
      masks: Uint32Array.from(this.#masks),
      wordStarts: Uint32Array.from(this.#wordStarts),
    };
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#units.length) return;
    const size = Math.max(this.#units.length * 2, this.#length + more);
    const grow = (old: Uint16Array): Uint16Array<ArrayBuffer> => {
      const larger = new Uint16Array(size);
      larger.set(old);
      return larger;
    };
    this.#units = grow(this.#units);
    this.#folded = grow(this.#folded);
  }
}

/** A name of the pool as a string. */
export function nameAt({ units, starts }: NamePool, id: number): string {
  return String.fromCharCode(...units.subarray(starts[id], starts[id + 1]));
}
