import type { ColumnGeometry } from './column-viewport';
import styles from './grid.module.css';
import type { CellPosition } from './selection';

export interface FocusPainting extends ColumnGeometry {
  readonly focus: CellPosition | null;
  readonly rowHeight: number;
  readonly base: number;
  readonly firstRow: number;
  readonly lastRow: number;
}

/** Farther than any cell is from the place that is drawn around. CSS pixels. */
const far = 5_000_000;

/**
 * The frame around the focused cell, above the cells: one for the frozen columns, and one for those that
 * scroll beneath them.
 */
export class GridFocusFrame {
  readonly #part: 'frozen' | 'scrolled';
  readonly element = document.createElement('div');
  readonly #frame = document.createElement('div');

  constructor(part: 'frozen' | 'scrolled') {
    this.#part = part;
    this.element.setAttribute('role', 'presentation');
    this.element.className = styles['frame'] ?? '';
    this.#frame.className = styles['focus'] ?? '';
    this.element.append(this.#frame);
  }

  paint(painting: FocusPainting): void {
    const { focus, firstRow, lastRow, frozenCount, offsets, rowHeight } = painting;
    const isSeen = focus !== null && focus.row >= firstRow && focus.row <= lastRow;
    this.element.hidden = !isSeen || (this.#part === 'frozen' && frozenCount === 0);
    if (!isSeen || this.element.hidden) return;
    this.#clip(painting);
    const left = offsets[focus.column] ?? 0;
    const right = offsets[focus.column + 1] ?? left;
    const { style } = this.#frame;
    style.width = `${right - left - 1}px`;
    style.height = `${rowHeight - 1}px`;
    style.transform = `translate(${painting.gutterWidth + left}px, ${focus.row * rowHeight - painting.base}px)`;
  }

  /** Leaves only this frame's own part of the view to be drawn in. */
  #clip({ gutterWidth, frozenWidth, scrollLeft }: FocusPainting): void {
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
