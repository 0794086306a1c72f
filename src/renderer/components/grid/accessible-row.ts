import { useSettings } from '../../api/settings';
import { AccessibleCell } from './accessible-cell';
import styles from './accessible-rows.module.css';
import { withMarks } from './cell-content';
import type { ColumnGeometry } from './column-viewport';
import type { RowSource } from './row-source';
import { type CellPosition, type CellRange, rangeContains } from './selection';

/** What is told of the rows. CSS pixels. */
export interface RowsTelling extends ColumnGeometry {
  readonly source: RowSource;
  readonly rowHeight: number;
  /** What is subtracted from a row's place, so that CSS lengths stay small. */
  readonly base: number;
  readonly range: CellRange | null;
  readonly focus: CellPosition | null;
  readonly cellId: (cell: CellPosition) => string;
}

/**
 * An element that tells of one row after another, with a ring of cells. What does not scroll sideways,
 * the row's number and the frozen columns, stands in an element of its own above the others.
 */
export class AccessibleRow {
  readonly element = document.createElement('div');
  readonly #pinned = document.createElement('div');
  readonly #number = document.createElement('div');
  readonly #cells: AccessibleCell[] = [];
  readonly #frozenCells: AccessibleCell[] = [];
  #row = -1;
  #isSelected = false;

  constructor() {
    this.element.setAttribute('role', 'row');
    this.element.className = styles['row'] ?? '';
    this.#number.setAttribute('role', 'rowheader');
    this.#number.ariaColIndex = '1';
    this.#number.className = styles['rowNumber'] ?? '';
    this.#pinned.setAttribute('role', 'presentation');
    this.#pinned.className = styles['pinned'] ?? '';
    this.#pinned.append(this.#number);
    this.element.append(this.#pinned);
  }

  hide(): void {
    if (this.#row === -1) return;
    this.#row = -1;
    this.element.hidden = true;
  }

  tell(row: number, telling: RowsTelling): void {
    const { rowHeight, base, range, gutterWidth, frozenWidth, scrollLeft } = telling;
    const { frozenCount, firstColumn, lastColumn } = telling;
    if (this.#row === -1) this.element.hidden = false;
    if (this.#row !== row) {
      this.element.ariaRowIndex = String(row + 2);
      this.#number.textContent = telling.source.rowLabel(row);
    }
    this.#row = row;
    this.element.style.top = `${row * rowHeight - base}px`;
    this.#number.style.width = `${gutterWidth}px`;
    this.#pinned.style.width = `${gutterWidth + frozenWidth}px`;
    this.#pinned.style.left = `${scrollLeft}px`;
    const isSelected = range !== null && row >= range.top && row <= range.bottom;
    if (this.#isSelected !== isSelected) this.#number.toggleAttribute('data-selected', isSelected);
    this.#isSelected = isSelected;
    growTo(this.#frozenCells, frozenCount, this.#pinned);
    tellCells(this.#frozenCells, row, 0, frozenCount - 1, telling);
    growTo(this.#cells, lastColumn - firstColumn + 1, this.element);
    tellCells(this.#cells, row, firstColumn, lastColumn, telling);
  }
}

function tellCells(
  cells: readonly AccessibleCell[],
  row: number,
  first: number,
  last: number,
  { source, offsets, gutterWidth, range, focus, cellId }: RowsTelling,
): void {
  for (const cell of cells) {
    if (cell.column < first || cell.column > last) cell.release();
  }
  for (let column = first; column <= last; column += 1) {
    const left = offsets[column] ?? 0;
    cells[column % cells.length]?.tell({
      column,
      left: gutterWidth + left,
      width: (offsets[column + 1] ?? left) - left,
      text: spoken(source.preview(row, column)),
      isSelected: range !== null && rangeContains(range, { row, column }),
      id: focus?.row === row && focus.column === column ? cellId(focus) : '',
    });
  }
}

/** A value in words; undefined, which is on its way, has none. */
function spoken(preview: string | null | undefined): string {
  if (preview === undefined) return '';
  if (preview === null) return useSettings.getState().nullText;
  return preview === '' ? 'empty' : withMarks(preview);
}

/** Makes a ring of cells larger; all of them then take new places in it. */
function growTo(cells: AccessibleCell[], count: number, parent: HTMLElement): void {
  if (count <= cells.length) return;
  for (const cell of cells) cell.release();
  while (cells.length < count) {
    const cell = new AccessibleCell();
    cells.push(cell);
    parent.append(cell.element);
  }
}
