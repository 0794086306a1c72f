import { AccessibleRows } from './accessible-rows';
import { AtRest } from './at-rest';
import { columnsWidth, gutterWidthFor, leftToReveal } from './column-layout';
import { columnGeometry, type ColumnGeometry, type ColumnViewport } from './column-viewport';
import { ColumnWidths } from './column-widths';
import { isCellInView } from './cell-in-view';
import { gridElement } from './grid-elements';
import { GridCanvas } from './grid-canvas';
import { GridDrawing } from './grid-drawing';
import { GridHeader } from './grid-header';
import { type GridHit, gridHit } from './grid-hit';
import type { GridMemory } from './grid-memory';
import { GridScroller } from './grid-scroller';
import { GridFocusFrame } from './grid-focus-frame';
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
import { type VisibleRows, visibleRows } from './visible-rows';

const headerHeight = 42;
/** Room after the last column, so that its edge can be taken hold of. */
const trailingSpace = 40;
/** For how long nothing has to be scrolled until what assistive technology reads follows. Milliseconds. */
const restTime = 100;

export interface GridViewOptions {
  /** Height that is kept free between the header and the rows, CSS pixels. */
  readonly bandHeight: number;
  /** Is told where the columns lie, for what stands in the band. */
  readonly columns: ColumnViewport;
  /** Called after each change of the selection, which the memory holds. */
  readonly onSelect: () => void;
}

/**
 * Shows the rows of a source in a host element: only the cells that are seen, drawn on a canvas in the
 * frame of the scroll event. Laying out and painting some hundred elements in each frame of a fling took
 * three times as long. Elements for assistive technology and the pointer follow once it rests.
 */
export class GridView {
  readonly source: RowSource;
  readonly #host: HTMLElement;
  readonly #memory: GridMemory;
  readonly #options: GridViewOptions;
  readonly #rowHeight: number;
  readonly #body = gridElement(styles['body'], 'rowgroup');
  readonly #rowsLayer = gridElement(styles['rows']);
  readonly #drawing: GridDrawing;
  readonly #accessible: AccessibleRows;
  readonly #scrolling = new AtRest(restTime, () => this.#tell());
  readonly #header = new GridHeader();
  readonly #focusFrames = [new GridFocusFrame('scrolled'), new GridFocusFrame('frozen')] as const;
  readonly #tail: GridTail;
  readonly #scroller: GridScroller;
  readonly #unsubscribe: () => void;
  readonly #widths: ColumnWidths;
  #gutterWidth = 0;
  #frame = 0;
  /** Whether the source has other rows than were painted last. */
  #isResized = false;
  #painted: { readonly rows: VisibleRows; readonly geometry: ColumnGeometry } | null = null;
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
      onScroll: () => {
        this.#scrolling.move();
        // Still in this frame, and once however often the wheel has told of itself in it.
        this.#schedule();
      },
      onResize: () => this.#takeSize(),
    });
    const canvas = new GridCanvas(host, this.#rowHeight, () => this.#paint());
    this.#drawing = new GridDrawing(source, canvas, () => this.#schedule());
    this.#accessible = new AccessibleRows(host);
    const frames = this.#focusFrames.map(({ element }) => element);
    this.#rowsLayer.append(this.#accessible.element, ...frames, this.#tail.element);
    this.#body.style.marginTop = `${options.bandHeight}px`;
    this.#body.append(canvas.element, this.#rowsLayer);
    this.#scroller.viewport.append(this.#header.element, this.#body);
    host.append(this.#scroller.element);
    this.#scroller.measure();
    const room = this.#scroller.width - gutterWidthFor(0) - trailingSpace;
    this.#widths = new ColumnWidths(source, host, memory, room);
    this.#unsubscribe = source.subscribe(() => {
      this.#isResized = true;
      this.#schedule();
    });
    this.#resizeContent();
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#drawing.destroy();
    this.#scrolling.forget();
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
    this.#resizeContent();
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
    if (this.#isResized) this.#resizeContent();
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
    if (this.#isResized) this.#resizeContent();
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
    this.#resizeContent();
  }

  /** Makes a column as wide as its header and the rows around those in view ask for. */
  fitColumn(column: number): void {
    this.#widths.fit(column, Math.floor(this.#scroller.offset / this.#rowHeight));
    this.#resizeContent();
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
      if (this.#isResized) this.#resizeContent();
      else this.#paint();
    });
  }

  /** The panel of a value takes room from the cell that it was opened on: that stays in view. */
  #takeSize(): void {
    const focus = this.#isFocusSeen ? this.selection?.focus : undefined;
    this.#resizeContent();
    if (focus !== undefined) this.reveal(focus);
  }

  #resizeContent(): void {
    const { rowCount, columns, state } = this.source;
    this.#isResized = false;
    this.#gutterWidth = gutterWidthFor(rowCount);
    const lines = rowCount + (this.#tail.isNeeded() ? 1 : 0);
    const width = this.#gutterWidth + columnsWidth(this.#widths.offsets) + trailingSpace;
    this.#scroller.resizeContent(width, lines * this.#rowHeight);
    this.#body.style.height = `${this.#scroller.height}px`;
    this.#host.ariaRowCount = String(state.status === 'complete' ? rowCount + 1 : -1);
    this.#host.ariaColCount = String(columns.length + 1);
    this.#paint();
  }

  #paint(): void {
    const { offset, left } = this.#scroller;
    const { rowCount, columns } = this.source;
    const rowHeight = this.#rowHeight;
    const rows = visibleRows(rowCount, rowHeight, this.#scroller);
    const { firstRow, lastSeen, lastRow, base } = rows;
    const geometry = this.#geometry();
    const focus = this.selection?.focus ?? null;
    const place = { ...geometry, rowHeight, base, range: this.range, focus };
    this.#rowsLayer.style.transform = `translate(${-left}px, ${base - offset}px)`;
    this.#header.paint({ ...place, columns, rowCount });
    this.#drawing.paint({ ...place, firstRow, lastRow: lastSeen, offset });
    for (const frame of this.#focusFrames) frame.paint({ ...place, firstRow, lastRow });
    this.#tail.paint(rowCount * rowHeight - base, left + this.#gutterWidth);
    this.#isFocusSeen = isCellInView(focus, { firstRow, lastRow: lastSeen, ...geometry });
    this.#memory.offset = offset;
    this.#memory.left = left;
    this.#painted = { rows, geometry };
    if (!this.#scrolling.isMoving) this.#tell();
    this.#options.columns.publish(geometry);
    this.source.look(firstRow, lastSeen);
  }

  /** Has the elements that are not seen tell of what was painted last. */
  #tell(): void {
    if (this.#painted === null) return;
    const { rows, geometry } = this.#painted;
    this.#accessible.tell(rows.firstRow, rows.lastRow, {
      ...geometry,
      source: this.source,
      rowHeight: this.#rowHeight,
      base: rows.base,
      range: this.range,
      focus: this.selection?.focus ?? null,
    });
  }
}
