import type { ColumnGeometry } from './column-viewport';
import { GridCell } from './grid-cells';
import styles from './grid.module.css';
import { type CellPosition, type CellRange, rangeContains } from './selection';

/** What the rows are painted from. */
export interface RowPainting extends ColumnGeometry {
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

/**
 * An element that shows one row after another, with a ring of cells. What does not scroll sideways, the
 * row's number and the frozen columns, stands in an element of its own above the others.
 */
export class GridRow {
  readonly element = document.createElement('div');
  readonly #pinned = document.createElement('div');
  readonly #gutter = document.createElement('div');
  readonly #cells: GridCell[] = [];
  readonly #frozenCells: GridCell[] = [];
  #row = -1;
  #top = Number.NaN;
  #gutterState = '';
  #pinnedLeft = Number.NaN;
  #pinnedWidth = Number.NaN;

  constructor() {
    this.element.setAttribute('role', 'row');
    this.element.className = styles['row'] ?? '';
    this.#gutter.setAttribute('role', 'rowheader');
    this.#gutter.ariaColIndex = '1';
    this.#gutter.className = styles['gutter'] ?? '';
    this.#pinned.setAttribute('role', 'presentation');
    this.#pinned.className = styles['pinned'] ?? '';
    this.#pinned.append(this.#gutter);
    this.element.append(this.#pinned);
  }

  hide(): void {
    if (this.#row === -1) return;
    this.#row = -1;
    this.element.hidden = true;
  }

  paint(row: number, painting: RowPainting): void {
    this.#placeRow(row, painting);
    this.#paintGutter(row, painting);
    const { frozenCount, firstColumn, lastColumn } = painting;
    this.#placePinned(painting);
    growTo(this.#frozenCells, frozenCount, this.#pinned);
    this.#paintCells(this.#frozenCells, row, 0, frozenCount - 1, painting);
    growTo(this.#cells, lastColumn - firstColumn + 1, this.element);
    this.#paintCells(this.#cells, row, firstColumn, lastColumn, painting);
  }

  #paintCells(
    cells: readonly GridCell[],
    row: number,
    first: number,
    last: number,
    painting: RowPainting,
  ): void {
    for (const cell of cells) {
      if (cell.column < first || cell.column > last) cell.release();
    }
    for (let column = first; column <= last; column += 1) {
      const cell = cells[column % cells.length];
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
    const { gutterWidth, range } = painting;
    const isSelected = range !== null && row >= range.top && row <= range.bottom;
    const state = `${row}:${gutterWidth}:${isSelected}`;
    if (this.#gutterState !== state) {
      this.#gutterState = state;
      this.#gutter.textContent = painting.rowLabel(row);
      this.#gutter.style.width = `${gutterWidth}px`;
      this.#gutter.toggleAttribute('data-selected', isSelected);
    }
  }

  #placePinned({ gutterWidth, frozenWidth, scrollLeft }: RowPainting): void {
    const width = gutterWidth + frozenWidth;
    if (this.#pinnedWidth !== width) {
      this.#pinnedWidth = width;
      this.#pinned.style.width = `${width}px`;
      this.#pinned.toggleAttribute('data-frozen', frozenWidth > 0);
    }
    if (this.#pinnedLeft !== scrollLeft) {
      this.#pinnedLeft = scrollLeft;
      this.#pinned.style.left = `${scrollLeft}px`;
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
}

/** Makes a ring of cells larger; all of them then take new places in it. */
function growTo(cells: GridCell[], count: number, parent: HTMLElement): void {
  if (count <= cells.length) return;
  for (const cell of cells) cell.release();
  while (cells.length < count) {
    const cell = new GridCell();
    cells.push(cell);
    parent.append(cell.element);
  }
}
