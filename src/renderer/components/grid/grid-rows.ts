import type { ColumnOffsets } from './column-layout';
import { GridCell } from './grid-cells';
import styles from './grid.module.css';
import { type CellPosition, type CellRange, rangeContains } from './selection';

/** What the rows are painted from. */
export interface RowPainting {
  readonly offsets: ColumnOffsets;
  readonly firstColumn: number;
  readonly lastColumn: number;
  /** Width of the row numbers, CSS pixels: cells begin after it. */
  readonly gutterWidth: number;
  readonly scrollLeft: number;
  /** Changes with every change of a column's place or width. */
  readonly layoutVersion: number;
  readonly rowHeight: number;
  /** What is subtracted from a row's place, so that CSS lengths stay small. */
  readonly base: number;
  readonly range: CellRange | null;
  readonly focus: CellPosition | null;
  readonly rowLabel: (row: number) => string;
  readonly isNumber: (column: number) => boolean;
  /** The text of a cell, null for NULL; undefined while its row is not here. */
  readonly preview: (row: number, column: number) => string | null | undefined;
  /** Whether rows that are not here have been waited for long enough to say so. */
  readonly isSlow: boolean;
  readonly cellId: (row: number, column: number) => string;
}

/** An element that shows one row after another, with a ring of cells. */
export class GridRow {
  readonly element = document.createElement('div');
  readonly #gutter = document.createElement('div');
  #cells: GridCell[] = [];
  #row = -1;
  #top = Number.NaN;
  #gutterState = '';
  #gutterLeft = Number.NaN;

  constructor() {
    this.element.setAttribute('role', 'row');
    this.element.className = styles['row'] ?? '';
    this.#gutter.setAttribute('role', 'rowheader');
    this.#gutter.ariaColIndex = '1';
    this.#gutter.className = styles['gutter'] ?? '';
    this.element.append(this.#gutter);
  }

  hide(): void {
    if (this.#row === -1) return;
    this.#row = -1;
    this.element.hidden = true;
  }

  paint(row: number, painting: RowPainting): void {
    this.#placeRow(row, painting);
    this.#paintGutter(row, painting);
    const count = painting.lastColumn - painting.firstColumn + 1;
    this.#growTo(count);
    for (const cell of this.#cells) {
      if (cell.column < painting.firstColumn || cell.column > painting.lastColumn) cell.release();
    }
    for (let column = painting.firstColumn; column <= painting.lastColumn; column += 1) {
      const cell = this.#cells[column % this.#cells.length];
      if (cell !== undefined) this.#paintCell(cell, row, column, painting);
    }
  }

  #placeRow(row: number, { rowHeight, base }: RowPainting): void {
    if (this.#row === -1) this.element.hidden = false;
    if (this.#row !== row) this.element.ariaRowIndex = String(row + 2);
    const top = row * rowHeight - base;
    // Not a transform: each is painted apart from the others, which costs more than the layout.
    if (this.#top !== top) this.element.style.top = `${top}px`;
    this.#row = row;
    this.#top = top;
  }

  #paintGutter(row: number, painting: RowPainting): void {
    const { gutterWidth, scrollLeft, range } = painting;
    const isSelected = range !== null && row >= range.top && row <= range.bottom;
    const state = `${row}:${gutterWidth}:${isSelected}`;
    if (this.#gutterState !== state) {
      this.#gutterState = state;
      this.#gutter.textContent = painting.rowLabel(row);
      this.#gutter.style.width = `${gutterWidth}px`;
      this.#gutter.toggleAttribute('data-selected', isSelected);
    }
    if (this.#gutterLeft !== scrollLeft) {
      this.#gutterLeft = scrollLeft;
      this.#gutter.style.left = `${scrollLeft}px`;
    }
  }

  #paintCell(cell: GridCell, row: number, column: number, painting: RowPainting): void {
    const { offsets, gutterWidth, layoutVersion, range, focus } = painting;
    const left = offsets[column] ?? 0;
    const width = (offsets[column + 1] ?? left) - left;
    if (cell.place(row, column, gutterWidth + left, width, layoutVersion)) {
      cell.paint(painting.preview(row, column), painting.isNumber(column), painting.isSlow);
    }
    cell.setSelected(range !== null && rangeContains(range, { row, column }));
    const isFocus = focus !== null && focus.row === row && focus.column === column;
    cell.setId(isFocus ? painting.cellId(row, column) : '');
  }

  /** Makes the ring larger; all cells then take new places in it. */
  #growTo(count: number): void {
    if (count <= this.#cells.length) return;
    for (const cell of this.#cells) cell.release();
    while (this.#cells.length < count) {
      const cell = new GridCell();
      this.#cells.push(cell);
      this.element.append(cell.element);
    }
  }
}
