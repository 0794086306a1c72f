import { columnsWidth } from './column-layout';
import type { ColumnGeometry } from './column-viewport';
import { gridElement } from './grid-elements';
import styles from './grid.module.css';

/**
 * The lines between the cells: one for each column, and one for each row (`--row-line-width` in the
 * style sheet). A border on each cell would be painted anew with every row that comes into view.
 */
export class GridLines {
  /** Stands below the rows, as high as they are. */
  readonly columns = gridElement(styles['columnLines']);
  readonly #rows: HTMLElement;
  readonly #lines: HTMLElement[] = [];
  #rowWidth = Number.NaN;
  #height = Number.NaN;

  /** `rows` is the layer of the rows. */
  constructor(rows: HTMLElement) {
    this.#rows = rows;
  }

  /** `height` is that of the rows in view. CSS pixels. */
  paint(geometry: ColumnGeometry, height: number): void {
    const { offsets, gutterWidth, scrollLeft, viewWidth, firstColumn, lastColumn } = geometry;
    const rowWidth = Math.min(viewWidth, gutterWidth + columnsWidth(offsets) - scrollLeft);
    if (this.#rowWidth !== rowWidth) {
      this.#rowWidth = rowWidth;
      this.#rows.style.setProperty('--row-line-width', `${rowWidth}px`);
    }
    if (this.#height !== height) {
      this.#height = height;
      this.columns.style.height = `${height}px`;
    }
    this.columns.style.transform = `translateX(${-scrollLeft}px)`;
    while (this.#lines.length < lastColumn - firstColumn + 1) {
      const line = gridElement(styles['columnLine']);
      this.#lines.push(line);
      this.columns.append(line);
    }
    for (const [index, line] of this.#lines.entries()) {
      const column = firstColumn + index;
      line.hidden = column > lastColumn;
      line.style.left = `${gutterWidth + (offsets[column + 1] ?? 0) - 1}px`;
    }
  }
}
