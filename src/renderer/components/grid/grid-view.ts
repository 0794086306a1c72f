import { isNumericType } from '@shared/formats/built-in-types';
import { fitColumn, fitColumns } from './column-fit';
import {
  type ColumnOffsets,
  columnOffsets,
  leftToReveal,
  maxColumnWidth,
  minColumnWidth,
  spreadWidths,
  visibleColumns,
} from './column-layout';
import { gridElement } from './grid-elements';
import { GridHeader } from './grid-header';
import { type GridHit, gridHit } from './grid-hit';
import type { GridMemory } from './grid-memory';
import { GridRow } from './grid-rows';
import { GridScroller } from './grid-scroller';
import { GridSelectionLayer } from './grid-selection-layer';
import { GridTail } from './grid-tail';
import styles from './grid.module.css';
import { MissingRows } from './missing-rows';
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

/** Room for four digits: the first pages would otherwise move the columns. */
const minGutterWidth = 48;

let gridCount = 0;

/**
 * Draws the rows of a source into a host element: only the cells that are seen, by elements that are
 * used again. It paints in the frame of the scroll event.
 */
export class GridView {
  readonly source: RowSource;
  readonly #host: HTMLElement;
  readonly #memory: GridMemory;
  readonly #onSelect: () => void;
  readonly #rowHeight: number;
  readonly #body = gridElement(styles['body'], 'rowgroup');
  readonly #rowsLayer = gridElement(styles['rows']);
  readonly #header = new GridHeader();
  readonly #selectionLayer = new GridSelectionLayer();
  readonly #tail: GridTail;
  readonly #missing = new MissingRows(() => this.#schedule());
  readonly #scroller: GridScroller;
  readonly #unsubscribe: () => void;
  readonly #idPrefix = `grid-${(gridCount += 1)}`;
  readonly #widths: number[];
  readonly #rows: GridRow[] = [];
  #offsets: ColumnOffsets;
  #layoutVersion = 0;
  #gutterWidth = 0;
  #frame = 0;

  /** `onSelect` is called after each change of the selection, which `memory` holds. */
  constructor(host: HTMLElement, source: RowSource, memory: GridMemory, onSelect: () => void) {
    this.#host = host;
    this.source = source;
    this.#memory = memory;
    this.#onSelect = onSelect;
    this.#rowHeight = Number.parseFloat(getComputedStyle(host).getPropertyValue('--row-height'));
    this.#tail = new GridTail(source);
    this.#scroller = new GridScroller(headerHeight, this.#rowHeight, memory, {
      onScroll: () => this.#paint(),
      onResize: () => this.#resizeContent(),
    });
    this.#rowsLayer.append(this.#selectionLayer.element, this.#tail.element);
    this.#body.append(this.#rowsLayer);
    this.#scroller.viewport.append(this.#header.element, this.#body);
    host.append(this.#scroller.element);
    this.#scroller.measure();
    const room = this.#scroller.width - minGutterWidth - trailingSpace;
    this.#widths = memory.widths ?? spreadWidths(fitColumns(source, host), room);
    memory.widths = this.#widths;
    this.#offsets = columnOffsets(this.#widths);
    this.#unsubscribe = source.subscribe(() => this.#resizeContent());
    this.#resizeContent();
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#missing.forget();
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

  /** Whole rows that fit into the view, less one for the eye to hold on to. */
  get rowsPerPage(): number {
    return Math.max(1, Math.floor(this.#scroller.height / this.#rowHeight) - 1);
  }

  /** Selects, tells of it and, with `reveal`, scrolls the focus into view. */
  select(selection: GridSelection | null, reveal = true): void {
    this.#memory.selection = selection;
    if (selection !== null && reveal) this.reveal(selection.focus);
    this.#schedule();
    this.#onSelect();
  }

  /** Scrolls a cell into view with the least movement. */
  reveal({ row, column }: CellPosition): void {
    const { offset, left, width, scale } = this.#scroller;
    this.#scroller.scrollTo(
      offsetToReveal(scale, offset, row, this.#rowHeight),
      leftToReveal(this.#offsets, left, width - this.#gutterWidth, column),
    );
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
    const geometry = {
      offsets: this.#offsets,
      rowCount: this.source.rowCount,
      rowHeight: this.#rowHeight,
      headerHeight,
      gutterWidth: this.#gutterWidth,
      bodyWidth: this.#scroller.width,
      bodyHeight: this.#scroller.height,
      offset: this.#scroller.offset,
      left: this.#scroller.left,
    };
    return gridHit(geometry, clientX - bounds.left, clientY - bounds.top);
  }

  columnWidth(column: number): number {
    return this.#widths[column] ?? 0;
  }

  setColumnWidth(column: number, width: number): void {
    this.#widths[column] = Math.min(Math.max(minColumnWidth, Math.round(width)), maxColumnWidth);
    this.#offsets = columnOffsets(this.#widths);
    this.#layoutVersion += 1;
    this.#resizeContent();
  }

  /** Makes a column as wide as its header and the rows around those in view ask for. */
  fitColumn(column: number): void {
    const first = Math.floor(this.#scroller.offset / this.#rowHeight);
    this.setColumnWidth(column, fitColumn(this.source, this.#host, column, first));
  }

  #schedule(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  #resizeContent(): void {
    const { rowCount, columns, state } = this.source;
    const gutterWidth = Math.max(minGutterWidth, String(rowCount).length * 7 + 20);
    if (gutterWidth !== this.#gutterWidth) {
      this.#gutterWidth = gutterWidth;
      this.#layoutVersion += 1;
    }
    const lines = rowCount + (this.#tail.isNeeded() ? 1 : 0);
    const width = gutterWidth + (this.#offsets[this.#offsets.length - 1] ?? 0) + trailingSpace;
    this.#scroller.resizeContent(width, lines * this.#rowHeight);
    this.#body.style.height = `${this.#scroller.height}px`;
    this.#host.ariaRowCount = String(state.status === 'complete' ? rowCount + 1 : -1);
    this.#host.ariaColCount = String(columns.length + 1);
    this.#paint();
  }

  #paint(): void {
    const { offset, left, width, height } = this.#scroller;
    const { rowCount, columns } = this.source;
    const firstRow = Math.floor(offset / this.#rowHeight);
    const lastSeen = Math.min(rowCount - 1, Math.floor((offset + height - 1) / this.#rowHeight));
    // Always as many: a row that comes and goes with each step of the wheel would be laid out anew.
    const rowsInView = Math.ceil(height / this.#rowHeight) + 1;
    const lastRow = Math.min(rowCount - 1, firstRow + rowsInView - 1);
    const base = Math.floor(offset / baseStep) * baseStep;
    const visible = visibleColumns(this.#offsets, left, width - this.#gutterWidth);
    const place = {
      offsets: this.#offsets,
      firstColumn: visible.first,
      lastColumn: visible.last,
      gutterWidth: this.#gutterWidth,
      scrollLeft: left,
      rowHeight: this.#rowHeight,
      base,
      range: this.range,
      focus: this.selection?.focus ?? null,
    };
    this.#rowsLayer.style.transform = `translate(${-left}px, ${base - offset}px)`;
    this.#header.paint({ ...place, columns, rowCount });
    this.#paintRows(firstRow, lastRow, place);
    this.#selectionLayer.paint({ ...place, firstRow, lastRow });
    this.#tail.paint(rowCount * this.#rowHeight - base, left + this.#gutterWidth);
    this.#describeFocus(place.focus, firstRow, lastRow);
    this.#memory.offset = offset;
    this.#memory.left = left;
    this.source.look(firstRow, lastSeen);
  }

  #paintRows(
    firstRow: number,
    lastRow: number,
    place: Omit<
      Parameters<GridRow['paint']>[1],
      'layoutVersion' | 'rowLabel' | 'isNumber' | 'preview' | 'isSlow' | 'cellId'
    >,
  ): void {
    const { columns } = this.source;
    let isMissing = false;
    const painting = {
      ...place,
      layoutVersion: this.#layoutVersion,
      rowLabel: (row: number) => this.source.rowLabel(row),
      isNumber: (column: number) => isNumericType(columns[column]?.typeOid ?? 0),
      preview: (row: number, column: number) => {
        const preview = this.source.preview(row, column);
        if (preview === undefined) isMissing = true;
        return preview;
      },
      isSlow: this.#missing.isSlow,
      cellId: (row: number, column: number) => this.#cellId(row, column),
    };
    this.#growRows(lastRow - firstRow + 1);
    const ring = this.#rows.length;
    for (let row = firstRow; row < firstRow + ring; row += 1) {
      if (row <= lastRow) this.#rows[row % ring]?.paint(row, painting);
      else this.#rows[row % ring]?.hide();
    }
    this.#missing.note(isMissing);
  }

  /** Makes the ring of row elements larger; all rows then take new places in it. */
  #growRows(count: number): void {
    if (count <= this.#rows.length) return;
    for (const row of this.#rows) row.hide();
    while (this.#rows.length < count) {
      const row = new GridRow();
      this.#rows.push(row);
      this.#rowsLayer.insertBefore(row.element, this.#selectionLayer.element);
    }
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
