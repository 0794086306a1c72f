import { styleAdvice, styleOf } from '@shared/formats/session-style';
import type { Notify } from './encoder';
import type { ExportColumn } from './row-source';
import { decodeText } from './text';

/** Rows that were read before their export are as their session showed them: tells of it, once. */
export class StyleWatch {
  /** Columns that may still tell. */
  readonly #undecided: Set<number>;

  constructor(
    private readonly columns: readonly ExportColumn[],
    private readonly notify: Notify,
  ) {
    const all = columns.map((_, index) => index);
    this.#undecided = new Set(all.filter((index) => styleOf('', this.#typeOf(index)) !== null));
  }

  /** Looks at one value that is not NULL. */
  see(column: number, bytes: Uint8Array, start: number, end: number): void {
    if (!this.#undecided.has(column)) return;
    const style = styleOf(decodeText(bytes.subarray(start, end)), this.#typeOf(column));
    if (style === 'unclear') return;
    this.#undecided.delete(column);
    if (style !== 'ambiguous') return;
    this.#undecided.clear();
    this.notify({ severity: 'WARNING', message: styleAdvice });
  }

  #typeOf(column: number): number {
    return this.columns[column]?.typeOid ?? 0;
  }
}
