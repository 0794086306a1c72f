import { fitColumn, fitColumns } from './column-fit';
import {
  type ColumnOffsets,
  columnOffsets,
  maxColumnWidth,
  minColumnWidth,
  spreadWidths,
} from './column-layout';
import type { GridMemory } from './grid-memory';
import type { RowSource } from './row-source';

/** How wide the columns of a grid are, which its memory keeps, and where they lie. CSS pixels. */
export class ColumnWidths {
  readonly #source: RowSource;
  readonly #host: HTMLElement;
  readonly #widths: number[];
  #offsets: ColumnOffsets;

  /** Widths that the memory does not have are fitted to the rows, and spread over the `room`. */
  constructor(source: RowSource, host: HTMLElement, memory: GridMemory, room: number) {
    this.#source = source;
    this.#host = host;
    this.#widths = memory.widths ?? spreadWidths(fitColumns(source, host), room);
    memory.widths = this.#widths;
    this.#offsets = columnOffsets(this.#widths);
  }

  get offsets(): ColumnOffsets {
    return this.#offsets;
  }

  of(column: number): number {
    return this.#widths[column] ?? 0;
  }

  set(column: number, width: number): void {
    this.#widths[column] = Math.min(Math.max(minColumnWidth, Math.round(width)), maxColumnWidth);
    this.#offsets = columnOffsets(this.#widths);
  }

  /** Makes a column as wide as its header and the rows around `firstRow` ask for. */
  fit(column: number, firstRow: number): void {
    this.set(column, fitColumn(this.#source, this.#host, column, firstRow));
  }
}
