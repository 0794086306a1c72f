import { AccessibleRow, type RowsTelling } from './accessible-row';
import styles from './accessible-rows.module.css';
import { gridElement } from './grid-elements';
import type { CellPosition } from './selection';

let gridCount = 0;

/**
 * The rows in view as elements: a canvas shows a picture, and these are what assistive technology reads
 * and what the pointer meets. They are not seen. As many as fit, used again as rows come and go.
 */
export class AccessibleRows {
  readonly element = gridElement(styles['rows']);
  readonly #host: HTMLElement;
  readonly #rows: AccessibleRow[] = [];
  readonly #idPrefix = `grid-${(gridCount += 1)}`;

  /** `host` is the grid, which has the focus and points to the cell that is in focus. */
  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** Tells of these rows, the last one included, and of no others. */
  tell(firstRow: number, lastRow: number, rows: Omit<RowsTelling, 'cellId'>): void {
    const cellId = ({ row, column }: CellPosition): string => `${this.#idPrefix}-${row}-${column}`;
    const telling = { ...rows, cellId };
    this.#grow(lastRow - firstRow + 1);
    const ring = this.#rows.length;
    for (let row = firstRow; row < firstRow + ring; row += 1) {
      if (row <= lastRow) this.#rows[row % ring]?.tell(row, telling);
      else this.#rows[row % ring]?.hide();
    }
    const { focus } = rows;
    if (focus !== null && focus.row >= firstRow && focus.row <= lastRow) {
      this.#host.setAttribute('aria-activedescendant', cellId(focus));
    } else {
      this.#host.removeAttribute('aria-activedescendant');
    }
  }

  /** Makes the ring larger; all rows then take new places in it. */
  #grow(count: number): void {
    if (count <= this.#rows.length) return;
    for (const row of this.#rows) row.hide();
    while (this.#rows.length < count) {
      const row = new AccessibleRow();
      this.#rows.push(row);
      this.element.append(row.element);
    }
  }
}
