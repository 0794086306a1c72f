import { isNumericType } from '@shared/formats/built-in-types';
import { useSettings } from '../../api/settings';
import { CellDrawing } from './cell-drawing';
import { columnsWidth } from './column-layout';
import type { ColumnGeometry } from './column-viewport';
import { columnSpans, type RowsGeometry, rowSpans, type Span, stretch } from './drawing-spans';
import type { GridCanvas } from './grid-canvas';
import type { GridLook } from './grid-look';
import { MissingRows } from './missing-rows';
import type { RowSource } from './row-source';
import type { CellRange } from './selection';

/** What is drawn, and where. CSS pixels. */
export interface RowsView extends ColumnGeometry, RowsGeometry {
  readonly range: CellRange | null;
}

/** Of the shade beside the columns that stay, CSS pixels. */
const frozenShadeWidth = 7;

/** Draws rows on the canvas of a grid: all that is in view, in each frame. */
export class GridDrawing {
  readonly #source: RowSource;
  readonly #canvas: GridCanvas;
  readonly #missing: MissingRows;
  #cells: CellDrawing | null = null;
  #look: GridLook | null = null;

  /** `onSlow` is called when rows that are waited for are to show it, by being painted again. */
  constructor(source: RowSource, canvas: GridCanvas, onSlow: () => void) {
    this.#source = source;
    this.#canvas = canvas;
    this.#missing = new MissingRows(onSlow);
  }

  destroy(): void {
    this.#missing.forget();
    this.#canvas.destroy();
  }

  paint(view: RowsView): void {
    const { context, element, look } = this.#canvas;
    context.fillStyle = look.content;
    context.fillRect(0, 0, element.width, element.height);
    const cells = this.#cellDrawing(look);
    cells.begin();
    const rows = rowSpans(view, look.pixelRatio);
    const { firstColumn, lastColumn, frozenCount } = view;
    const scrolled = columnSpans(view, firstColumn, lastColumn, view.scrollLeft, look.pixelRatio);
    const frozen = columnSpans(view, 0, frozenCount - 1, 0, look.pixelRatio);
    const draw = { view, look, rows, cells };
    this.#drawSelection(draw, scrolled, firstColumn);
    const isScrolledWhole = this.#drawCells(draw, scrolled, firstColumn);
    this.#drawColumnLines(draw, scrolled);
    const isFrozenWhole = this.#drawFrozen(draw, frozen);
    this.#drawGutter(draw);
    this.#drawRowLines(draw);
    this.#missing.note(!isScrolledWhole || !isFrozenWhole);
  }

  #cellDrawing(look: GridLook): CellDrawing {
    if (this.#cells === null || this.#look !== look) {
      const { nullText } = useSettings.getState();
      this.#cells = new CellDrawing(this.#canvas.context, look, nullText);
      this.#look = look;
    }
    return this.#cells;
  }

  #drawCells({ view, rows, cells }: Drawing, columns: readonly Span[], first: number): boolean {
    const source = this.#source;
    let isWhole = true;
    for (const [index, { start: left, size: width }] of columns.entries()) {
      const column = first + index;
      const isNumber = isNumericType(source.columns[column]?.typeOid ?? 0);
      for (const [line, { start: top, size: height }] of rows.entries()) {
        const preview = source.preview(view.firstRow + line, column);
        if (preview === undefined) isWhole = false;
        cells.draw({ left, top, width, height }, preview, isNumber, this.#missing.isSlow);
      }
    }
    return isWhole;
  }

  /** The tint of the selected cells, under their text, which it would make fainter. */
  #drawSelection({ view, look, rows }: Drawing, columns: readonly Span[], first: number): void {
    const { range, firstRow } = view;
    // One cell has a frame, which says it all.
    if (range === null || (range.top === range.bottom && range.left === range.right)) return;
    const down = stretch(rows, firstRow, range.top, range.bottom);
    const across = stretch(columns, first, range.left, range.right);
    if (down === null || across === null) return;
    this.#canvas.context.fillStyle = look.selected;
    this.#canvas.context.fillRect(across.start, down.start, across.size, down.size);
  }

  /** The columns that stay stand above those that are scrolled beneath them. */
  #drawFrozen(draw: Drawing, columns: readonly Span[]): boolean {
    if (columns.length === 0) return true;
    const { look, view, cells } = draw;
    const { context, element } = this.#canvas;
    const edge = Math.round((view.gutterWidth + view.frozenWidth) * look.pixelRatio);
    context.fillStyle = look.content;
    context.fillRect(0, 0, edge, element.height);
    this.#drawSelection(draw, columns, 0);
    cells.begin();
    const isWhole = this.#drawCells(draw, columns, 0);
    this.#drawColumnLines(draw, columns);
    const thickness = lineWidth(look);
    const shadeWidth = Math.round(frozenShadeWidth * look.pixelRatio);
    const shade = context.createLinearGradient(edge, 0, edge + shadeWidth, 0);
    shade.addColorStop(0, look.frozenShade);
    shade.addColorStop(1, 'transparent');
    context.fillStyle = shade;
    context.fillRect(edge, 0, shadeWidth, element.height);
    context.fillStyle = look.frozenEdge;
    context.fillRect(edge - thickness, 0, thickness, element.height);
    return isWhole;
  }

  #drawColumnLines({ look, rows }: Drawing, columns: readonly Span[]): void {
    const { context } = this.#canvas;
    const thickness = lineWidth(look);
    const last = rows.at(-1);
    if (last === undefined) return;
    context.fillStyle = look.line;
    for (const { start, size } of columns) {
      context.fillRect(start + size - thickness, 0, thickness, last.start + last.size);
    }
  }

  /** The numbers of the rows. */
  #drawGutter({ view, look, rows, cells }: Drawing): void {
    const { context } = this.#canvas;
    const { range, firstRow } = view;
    const width = Math.round(view.gutterWidth * look.pixelRatio);
    const first = rows[0];
    const last = rows.at(-1);
    if (first === undefined || last === undefined) return;
    const end = last.start + last.size;
    context.fillStyle = look.text.rowNumber.background;
    context.fillRect(0, first.start, width, end - first.start);
    const selected = range && stretch(rows, firstRow, range.top, range.bottom);
    if (selected !== null) {
      context.fillStyle = look.selected;
      context.fillRect(0, selected.start, width, selected.size);
    }
    cells.begin();
    for (const [line, { start: top, size: height }] of rows.entries()) {
      const row = firstRow + line;
      const isSelected = range !== null && row >= range.top && row <= range.bottom;
      cells.drawRowNumber({ left: 0, top, width, height }, this.#source.rowLabel(row), isSelected);
    }
    context.fillStyle = look.gutterEdge;
    const thickness = lineWidth(look);
    context.fillRect(width - thickness, first.start, thickness, end - first.start);
  }

  /** A line below each row, as far as it has columns in view. */
  #drawRowLines({ view, look, rows }: Drawing): void {
    const { context } = this.#canvas;
    const { offsets, gutterWidth, scrollLeft, viewWidth } = view;
    const right = Math.min(viewWidth, gutterWidth + columnsWidth(offsets) - scrollLeft);
    const thickness = lineWidth(look);
    context.fillStyle = look.line;
    for (const { start, size } of rows) {
      context.fillRect(0, start + size - thickness, Math.round(right * look.pixelRatio), thickness);
    }
  }
}

/** What all parts of a picture are drawn from. */
interface Drawing {
  readonly view: RowsView;
  readonly look: GridLook;
  readonly rows: readonly Span[];
  readonly cells: CellDrawing;
}

/** A line of one CSS pixel, as the browser draws its borders. */
const lineWidth = ({ pixelRatio }: GridLook): number => Math.max(1, Math.floor(pixelRatio));
