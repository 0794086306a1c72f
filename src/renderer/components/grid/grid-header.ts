import type { ResultColumn } from '@shared/models/query-result';
import { isNumericType } from '@shared/formats/built-in-types';
import { nameParts, printable } from '../printable';
import { signClass } from '../shown-name';
import { visibleLines } from '../visible-lines';
import { type ColumnGeometry, isSameGeometry } from './column-viewport';
import styles from './grid-header.module.css';
import { type CellRange, isSameRange } from './selection';

/** A column with its place in an order that a person has asked for. */
export interface GridColumn extends ResultColumn {
  readonly sort?: {
    readonly descending: boolean;
    /** Its place among several columns, from 1; null where it is the only one. */
    readonly place: number | null;
  };
}

interface HeaderCell {
  readonly element: HTMLElement;
  readonly name: HTMLElement;
  readonly type: HTMLElement;
  readonly sort: HTMLElement;
  column: number;
}

export interface HeaderPainting extends ColumnGeometry {
  readonly columns: readonly GridColumn[];
  readonly range: CellRange | null;
  readonly rowCount: number;
  /** By column; see GridHeader.notes. */
  readonly notes: readonly string[];
}

/** The row of column names above the grid. */
export class GridHeader {
  readonly element = document.createElement('div');
  readonly #corner = document.createElement('div');
  readonly #scrolled = new HeaderStrip();
  readonly #frozen = new HeaderStrip();
  #notes: readonly string[] = [];
  #painted: Omit<HeaderPainting, 'notes'> | null = null;

  constructor() {
    this.element.setAttribute('role', 'row');
    this.element.ariaRowIndex = '1';
    this.element.className = styles['header'] ?? '';
    this.#corner.setAttribute('role', 'columnheader');
    this.#corner.ariaColIndex = '1';
    this.#corner.ariaLabel = 'Select all';
    this.#corner.title = 'Select all';
    this.#corner.className = styles['corner'] ?? '';
    this.#frozen.element.dataset['frozen'] = '';
    this.element.append(this.#scrolled.element, this.#frozen.element, this.#corner);
  }

  /** What each header tells beyond its name and type, lines of text; to be painted anew. */
  set notes(notes: readonly string[]) {
    this.#notes = notes;
    this.#painted = null;
    this.#scrolled.forget();
    this.#frozen.forget();
  }

  paint(given: Omit<HeaderPainting, 'notes'>): void {
    // Rows that are scrolled up or down leave it as it is.
    if (this.#painted !== null && isSamePainting(this.#painted, given)) return;
    this.#painted = given;
    const painting = { ...given, notes: this.#notes };
    const { firstColumn, lastColumn, frozenCount, gutterWidth, scrollLeft } = painting;
    this.#corner.style.width = `${gutterWidth}px`;
    this.#scrolled.paint(gutterWidth - scrollLeft, firstColumn, lastColumn, painting);
    this.#frozen.element.hidden = frozenCount === 0;
    if (frozenCount === 0) return;
    this.#frozen.element.style.width = `${painting.frozenWidth}px`;
    this.#frozen.paint(gutterWidth, 0, frozenCount - 1, painting);
  }
}

function isSamePainting(
  a: Omit<HeaderPainting, 'notes'>,
  b: Omit<HeaderPainting, 'notes'>,
): boolean {
  return (
    a.columns === b.columns &&
    a.rowCount === b.rowCount &&
    isSameGeometry(a, b) &&
    isSameRange(a.range, b.range)
  );
}

/** Column names side by side, with a ring of elements. */
class HeaderStrip {
  readonly element = document.createElement('div');
  readonly #cells: HeaderCell[] = [];
  #left = Number.NaN;

  constructor() {
    this.element.setAttribute('role', 'presentation');
    this.element.className = styles['headerStrip'] ?? '';
  }

  paint(left: number, first: number, last: number, painting: HeaderPainting): void {
    if (this.#left !== left) {
      this.#left = left;
      this.element.style.transform = `translateX(${left}px)`;
    }
    while (this.#cells.length < last - first + 1) this.#addCell();
    for (const cell of this.#cells) {
      if (cell.column < first || cell.column > last) {
        cell.column = -1;
        cell.element.hidden = true;
      }
    }
    for (let column = first; column <= last; column += 1) {
      const cell = this.#cells[column % this.#cells.length];
      if (cell !== undefined) this.#paintCell(cell, column, painting);
    }
  }

  /** Has every header written anew when it is painted next. */
  forget(): void {
    for (const cell of this.#cells) cell.column = -1;
  }

  #addCell(): void {
    const element = document.createElement('div');
    element.setAttribute('role', 'columnheader');
    element.className = styles['columnHeader'] ?? '';
    const name = document.createElement('span');
    name.className = styles['columnName'] ?? '';
    const type = document.createElement('span');
    type.className = styles['columnType'] ?? '';
    const handle = document.createElement('div');
    handle.className = styles['resizeHandle'] ?? '';
    handle.dataset['resizeHandle'] = '';
    const sort = document.createElement('span');
    sort.className = styles['sortMark'] ?? '';
    sort.ariaHidden = 'true';
    element.append(name, type, sort, handle);
    this.element.append(element);
    this.forget();
    this.#cells.push({ element, name, type, sort, column: -1 });
  }

  #paintCell(cell: HeaderCell, column: number, painting: HeaderPainting): void {
    const { columns, offsets, range, rowCount } = painting;
    const description = columns[column];
    if (description === undefined) return;
    const left = offsets[column] ?? 0;
    cell.element.style.left = `${left}px`;
    cell.element.style.width = `${(offsets[column + 1] ?? left) - left}px`;
    const isTouched = range !== null && column >= range.left && column <= range.right;
    const isWhole = isTouched && range.top === 0 && range.bottom === rowCount - 1;
    cell.element.toggleAttribute('data-touched', isTouched);
    cell.element.toggleAttribute('data-selected', isWhole);
    if (cell.column === column) return;
    cell.column = column;
    cell.element.hidden = false;
    cell.element.ariaColIndex = String(column + 2);
    cell.element.dataset['column'] = String(column);
    cell.element.toggleAttribute('data-number', isNumericType(description.typeOid));
    cell.name.replaceChildren(...nameNodes(description.name));
    cell.type.textContent = printable(description.type);
    paintSort(cell, description.sort);
    const note = painting.notes[column] ?? '';
    cell.element.title = `${printable(description.name)}\n${printable(description.type)} (type oid ${description.typeOid})${note === '' ? '' : `\n${visibleLines(note)}`}`;
    // Its name and its type are its content: the rest is its description.
    if (note === '') cell.element.removeAttribute('aria-description');
    else cell.element.setAttribute('aria-description', printable(note.replaceAll('\n', '. ')));
  }
}

/** A name with a badge in place of each character that cannot be seen. */
function nameNodes(name: string): (string | HTMLElement)[] {
  return nameParts(name).map(({ text, isSign }) => {
    if (!isSign) return text;
    const sign = document.createElement('span');
    sign.className = signClass;
    sign.textContent = text;
    return sign;
  });
}

function paintSort({ element, sort }: HeaderCell, order: GridColumn['sort']): void {
  sort.hidden = order === undefined;
  if (order === undefined) {
    element.ariaSort = null;
    return;
  }
  element.ariaSort = order.descending ? 'descending' : 'ascending';
  sort.textContent = `${order.descending ? '↓' : '↑'}${order.place ?? ''}`;
}
