import { columnsWidth, gutterWidthFor, leftToReveal } from './column-layout';
import { columnGeometry, type ColumnGeometry, type ColumnViewport } from './column-viewport';
import { ColumnWidths } from './column-widths';
import { isCellInView } from './cell-in-view';
import { gridElement } from './grid-elements';
import { GridHeader } from './grid-header';
import { type GridHit, gridHit } from './grid-hit';
import { GridLines } from './grid-lines';
import type { GridMemory } from './grid-memory';
import { GridRowRing } from './grid-row-ring';
import { GridScroller } from './grid-scroller';
import { GridSelectionLayer } from './grid-selection-layer';
import { GridTail } from './grid-tail';
import styles from './grid.module.css';
import type { RowSource } from './row-source';
import { offsetToReveal } from './scroll-scale';
import {
  type CellPosition,
  type CellRange,
  type GridExtent,
  type GridSelection,
  selectedRange,
} from './selection';

const headerHeight = 42;
/** Rows are placed relative to a multiple of this, CSS pixels, to stay within exact small lengths. */
const baseStep = 1_000_000;
/** Room after the last column, so that its edge can be taken hold of. */
const trailingSpace = 40;

let gridCount = 0;

export interface GridViewOptions {
  /** Height that is kept free between the header and the rows, CSS pixels. */
  readonly bandHeight: number;
  /** Is told where the columns lie, for what stands in the band. */
  readonly columns: ColumnViewport;
  /** Called after each change of the selection, which the memory holds. */
  readonly onSelect: () => void;
}

/**
 * Draws the rows of a source into a host element: only the cells that are seen, by elements that are
 * used again. It paints in the frame of the scroll event.
 */
export class GridView {
  readonly source: RowSource;
  readonly #host: HTMLElement;
  readonly #memory: GridMemory;
  readonly #options: GridViewOptions;
  readonly #rowHeight: number;
  readonly #body = gridElement(styles['body'], 'rowgroup');
  readonly #rowsLayer = gridElement(styles['rows']);
  readonly #lines = new GridLines(this.#rowsLayer);
  readonly #header = new GridHeader();
  readonly #selectionLayers = [
    new GridSelectionLayer('scrolled'),
    new GridSelectionLayer('frozen'),
  ] as const;
  readonly #tail: GridTail;
  readonly #rows: GridRowRing;
  readonly #scroller: GridScroller;
  readonly #unsubscribe: () => void;
  readonly #idPrefix = `grid-${(gridCount += 1)}`;
  readonly #widths: ColumnWidths;
  #layoutVersion = 0;
  #gutterWidth = 0;
  #frame = 0;
  /** Whether any of the focused cell was in view when it was painted last. */
  #isFocusSeen = false;

  constructor(host: HTMLElement, source: RowSource, memory: GridMemory, options: GridViewOptions) {
    this.#host = host;
    this.source = source;
    this.#memory = memory;
    this.#options = options;
    options.columns.reveal = (column) => this.reveal({ row: this.#firstRow, column });
    this.#rowHeight = Number.parseFloat(getComputedStyle(host).getPropertyValue('--row-height'));
    this.#tail = new GridTail(source);
    this.#scroller = new GridScroller(this.#fixedHeight, this.#rowHeight, memory, {
      onScroll: () => this.#paint(),
      onResize: () => this.#takeSize(),
    });
    const layers = this.#selectionLayers.map(({ element }) => element);
    this.#rowsLayer.append(...layers, this.#tail.element);
    this.#rows = new GridRowRing({
      source,
      before: this.#selectionLayers[0].element,
      cellId: (row, column) => this.#cellId(row, column),
      onSlow: () => this.#schedule(),
    });
    this.#body.style.marginTop = `${options.bandHeight}px`;
    this.#body.append(this.#lines.columns, this.#rowsLayer);
    this.#scroller.viewport.append(this.#header.element, this.#body);
    host.append(this.#scroller.element);
    this.#scroller.measure();
    const room = this.#scroller.width - gutterWidthFor(0) - trailingSpace;
    this.#widths = new ColumnWidths(source, host, memory, room);
    this.#unsubscribe = source.subscribe(() => this.#resizeContent());
    this.#resizeContent();
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#rows.forget();
    this.#unsubscribe();
    this.#scroller.destroy();
  }

  get selection(): GridSelection | null {
    return this.#memory.selection;
  }

  get extent(): GridExtent {
    return { rows: this.source.rowCount, columns: this.source.columns.length };
  }

  get range(): CellRange | null {
    return this.selection === null ? null : selectedRange(this.selection, this.extent);
  }

  /** Keeps the first `count` columns in their place while the others are scrolled. */
  freeze(count: number): void {
    this.#memory.frozen = count;
    this.#moveColumns();
  }

  /** Whole rows that fit into the view, less one for the eye to hold on to. */
  get rowsPerPage(): number {
    return Math.max(1, Math.floor(this.#scroller.height / this.#rowHeight) - 1);
  }

  /** Selects, tells of it and, with `reveal`, scrolls the focus into view. */
  select(selection: GridSelection | null, reveal = true): void {
    this.#memory.selection = selection;
    if (selection !== null && reveal) this.reveal(selection.focus);
    this.#schedule();
    this.#options.onSelect();
  }

  /** Scrolls a cell into view with the least movement. */
  reveal({ row, column }: CellPosition): void {
    const { offset, left, width, scale } = this.#scroller;
    const { frozenCount, frozenWidth } = this.#geometry();
    const room = width - this.#gutterWidth - frozenWidth;
    this.#scroller.scrollTo(
      offsetToReveal(scale, offset, row, this.#rowHeight),
      column < frozenCount
        ? left
        : leftToReveal(this.#widths.offsets, left + frozenWidth, room, column) - frozenWidth,
    );
    this.#schedule();
  }

  /** Has the header of each column tell more than its name and type: lines of text by column. */
  noteColumns(notes: readonly string[]): void {
    this.#header.notes = notes;
    this.#schedule();
  }

  scrollBy(deltaX: number, deltaY: number): void {
    this.#scroller.scrollTo(this.#scroller.offset + deltaY, this.#scroller.left + deltaX);
    this.#schedule();
  }

  scrollRows(rows: number): void {
    this.scrollBy(0, rows * this.#rowHeight);
  }

  /** Where a point of the window lies in the grid. */
  hitTest(clientX: number, clientY: number): GridHit {
    const bounds = this.#scroller.viewport.getBoundingClientRect();
    const { offset, left, width: bodyWidth, height: bodyHeight } = this.#scroller;
    const geometry = {
      ...this.#geometry(),
      offset,
      left,
      bodyWidth,
      bodyHeight,
      rowCount: this.source.rowCount,
      rowHeight: this.#rowHeight,
      headerHeight: this.#fixedHeight,
    };
    return gridHit(geometry, clientX - bounds.left, clientY - bounds.top);
  }

  columnWidth(column: number): number {
    return this.#widths.of(column);
  }

  setColumnWidth(column: number, width: number): void {
    this.#widths.set(column, width);
    this.#moveColumns();
  }

  /** Makes a column as wide as its header and the rows around those in view ask for. */
  fitColumn(column: number): void {
    this.#widths.fit(column, Math.floor(this.#scroller.offset / this.#rowHeight));
    this.#moveColumns();
  }

  /** Height of what does not scroll down with the rows. */
  get #fixedHeight(): number {
    return headerHeight + this.#options.bandHeight;
  }

  get #firstRow(): number {
    return Math.ceil(this.#scroller.offset / this.#rowHeight);
  }

  #geometry(): ColumnGeometry {
    const { left: scrollLeft, width: viewWidth } = this.#scroller;
    const view = {
      offsets: this.#widths.offsets,
      gutterWidth: this.#gutterWidth,
      scrollLeft,
      viewWidth,
    };
    return columnGeometry(view, this.#memory.frozen);
  }

  #schedule(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  /** The panel of a value takes room from the cell that it was opened on: that stays in view. */
  #takeSize(): void {
    const focus = this.#isFocusSeen ? this.selection?.focus : undefined;
    this.#resizeContent();
    if (focus !== undefined) this.reveal(focus);
  }

  #moveColumns(): void {
    this.#layoutVersion += 1;
    this.#resizeContent();
  }

  #resizeContent(): void {
    const { rowCount, columns, state } = this.source;
    const gutterWidth = gutterWidthFor(rowCount);
    if (gutterWidth !== this.#gutterWidth) {
      this.#gutterWidth = gutterWidth;
      this.#layoutVersion += 1;
    }
    const lines = rowCount + (this.#tail.isNeeded() ? 1 : 0);
    const width = gutterWidth + columnsWidth(this.#widths.offsets) + trailingSpace;
    this.#scroller.resizeContent(width, lines * this.#rowHeight);
    this.#body.style.height = `${this.#scroller.height}px`;
    this.#host.ariaRowCount = String(state.status === 'complete' ? rowCount + 1 : -1);
    this.#host.ariaColCount = String(columns.length + 1);
    this.#paint();
  }

  #paint(): void {
    const { offset, left, height } = this.#scroller;
    const { rowCount, columns } = this.source;
    const firstRow = Math.floor(offset / this.#rowHeight);
    const lastSeen = Math.min(rowCount - 1, Math.floor((offset + height - 1) / this.#rowHeight));
    // Always as many: a row that comes and goes with each step of the wheel would be laid out anew.
    const rowsInView = Math.ceil(height / this.#rowHeight) + 1;
    const lastRow = Math.min(rowCount - 1, firstRow + rowsInView - 1);
    const base = Math.floor(offset / baseStep) * baseStep;
    const geometry = this.#geometry();
    const place = {
      ...geometry,
      rowHeight: this.#rowHeight,
      base,
      range: this.range,
      focus: this.selection?.focus ?? null,
    };
    this.#rowsLayer.style.transform = `translate(${-left}px, ${base - offset}px)`;
    this.#header.paint({ ...place, columns, rowCount });
    this.#lines.paint(geometry, Math.min(height, rowCount * this.#rowHeight - offset));
    this.#rows.paint(firstRow, lastRow, { ...place, layoutVersion: this.#layoutVersion });
    for (const layer of this.#selectionLayers) layer.paint({ ...place, firstRow, lastRow });
    this.#tail.paint(rowCount * this.#rowHeight - base, left + this.#gutterWidth);
    this.#describeFocus(place.focus, firstRow, lastRow);
    this.#isFocusSeen = isCellInView(place.focus, { firstRow, lastRow: lastSeen, ...geometry });
    this.#memory.offset = offset;
    this.#memory.left = left;
    this.#options.columns.publish(geometry);
    this.source.look(firstRow, lastSeen);
  }

  #cellId(row: number, column: number): string {
    return `${this.#idPrefix}-${row}-${column}`;
  }

  #describeFocus(focus: CellPosition | null, firstRow: number, lastRow: number): void {
    if (focus !== null && focus.row >= firstRow && focus.row <= lastRow) {
      this.#host.setAttribute('aria-activedescendant', this.#cellId(focus.row, focus.column));
    } else {
      this.#host.removeAttribute('aria-activedescendant');
    }
  }
}
