import type { ColumnGeometry } from './column-viewport';
import styles from './grid.module.css';
import type { CellPosition, CellRange } from './selection';

export interface SelectionPainting extends ColumnGeometry {
  readonly range: CellRange | null;
  readonly focus: CellPosition | null;
  readonly rowHeight: number;
  readonly base: number;
  readonly firstRow: number;
  readonly lastRow: number;
}

/** Farther than any cell is from the place that is drawn around. CSS pixels. */
const far = 5_000_000;

/**
 * The tinted range and the frame around the focused cell, drawn above the cells: one layer for the
 * frozen columns, and one for those that scroll beneath them.
 */
export class GridSelectionLayer {
  readonly #part: 'frozen' | 'scrolled';
  readonly element = document.createElement('div');
  readonly #range = document.createElement('div');
  readonly #focus = document.createElement('div');

  constructor(part: 'frozen' | 'scrolled') {
    this.#part = part;
    this.element.setAttribute('role', 'presentation');
    this.element.className = styles['selection'] ?? '';
    this.#range.className = styles['range'] ?? '';
    this.#focus.className = styles['focus'] ?? '';
    this.element.append(this.#range, this.#focus);
  }

  paint(painting: SelectionPainting): void {
    const { range, focus, firstRow, lastRow } = painting;
    this.element.hidden = range === null || (this.#part === 'frozen' && painting.frozenCount === 0);
    if (this.element.hidden) return;
    this.#clip(painting);
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

  /** Leaves only this layer's own part of the view to be drawn in. */
  #clip({ gutterWidth, frozenWidth, scrollLeft }: SelectionPainting): void {
    const edge = gutterWidth + frozenWidth;
    const { style } = this.element;
    if (this.#part === 'scrolled') {
      style.clipPath = `inset(${-far}px ${-far}px ${-far}px ${scrollLeft + edge}px)`;
    } else {
      style.transform = `translateX(${scrollLeft}px)`;
      style.clipPath = `inset(${-far}px ${-edge}px ${-far}px ${gutterWidth}px)`;
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
