import type { ColumnOffsets } from './column-layout';
import styles from './grid.module.css';
import type { CellPosition, CellRange } from './selection';

export interface SelectionPainting {
  readonly range: CellRange | null;
  readonly focus: CellPosition | null;
  readonly offsets: ColumnOffsets;
  readonly gutterWidth: number;
  readonly rowHeight: number;
  readonly base: number;
  readonly firstRow: number;
  readonly lastRow: number;
}

/** The tinted range and the frame around the focused cell, drawn above the cells. */
export class GridSelectionLayer {
  readonly element = document.createElement('div');
  readonly #range = document.createElement('div');
  readonly #focus = document.createElement('div');

  constructor() {
    this.element.setAttribute('role', 'presentation');
    this.#range.className = styles['range'] ?? '';
    this.#focus.className = styles['focus'] ?? '';
    this.element.append(this.#range, this.#focus);
  }

  paint(painting: SelectionPainting): void {
    const { range, focus, firstRow, lastRow } = painting;
    const isOneCell =
      range !== null && range.top === range.bottom && range.left === range.right && focus !== null;
    // Only the part in view is drawn: a whole column can be taller than any element may be.
    const top = Math.max(range?.top ?? 0, firstRow - 1);
    const bottom = Math.min(range?.bottom ?? -1, lastRow + 1);
    if (range === null || isOneCell || bottom < top) this.#range.hidden = true;
    else place(this.#range, { ...range, top, bottom }, painting);
    if (focus === null || focus.row < firstRow || focus.row > lastRow) this.#focus.hidden = true;
    else {
      const { row, column } = focus;
      place(this.#focus, { top: row, bottom: row, left: column, right: column }, painting);
    }
  }
}

function place(element: HTMLElement, range: CellRange, painting: SelectionPainting): void {
  const { offsets, gutterWidth, rowHeight, base } = painting;
  const left = offsets[range.left] ?? 0;
  const right = offsets[range.right + 1] ?? left;
  element.hidden = false;
  element.style.width = `${right - left - 1}px`;
  element.style.height = `${(range.bottom - range.top + 1) * rowHeight - 1}px`;
  element.style.transform = `translate(${gutterWidth + left}px, ${range.top * rowHeight - base}px)`;
}
