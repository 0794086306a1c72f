import { cellSegments, hasUnseenCharacters } from './cell-content';
import { cutToWidth } from './cut-text';
import type { GridLook, TextLook } from './grid-look';

/** Where a cell lies on the canvas, pixels of the screen. */
export interface CellBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Before and behind the text of a cell, CSS pixels; the line behind it is in the latter. */
const paddingLeft = 10;
const paddingRight = 11;
const plainText = /^[\u0020-\u007e]*$/u;

/** Draws what cells hold, in the look of a style sheet. */
export class CellDrawing {
  readonly #context: CanvasRenderingContext2D;
  readonly #look: GridLook;
  readonly #nullText: string;
  /** What the context is set to; null where that is not known. */
  #current: TextLook | null = null;
  #nullWidth: number | null = null;

  constructor(context: CanvasRenderingContext2D, look: GridLook, nullText: string) {
    this.#context = context;
    this.#look = look;
    this.#nullText = nullText;
  }

  /** To be called where something else has drawn. */
  begin(): void {
    this.#current = null;
    this.#context.textBaseline = 'alphabetic';
    // A ligature would show one sign for two characters.
    this.#context.textRendering = 'optimizeSpeed';
  }

  /**
   * Draws a value; null is NULL, undefined one that is on its way: nothing, and once `isSlow` a bar.
   * What is wider than its cell is cut.
   */
  draw(box: CellBox, preview: string | null | undefined, isNumber: boolean, isSlow: boolean): void {
    const { text } = this.#look;
    if (preview === undefined) {
      // A thumb that is dragged leaves most rows before their bars would be seen.
      if (isSlow) this.#drawBar(box);
    } else if (preview === null) this.#drawNull(box, isNumber);
    else if (preview === '') this.#drawText(box, 'empty', text.empty, false);
    else if (plainText.test(preview)) this.#drawPlain(box, preview, isNumber);
    else if (hasUnseenCharacters(preview)) this.#drawSegments(box, preview);
    else this.#drawText(box, preview, text.value, isNumber);
  }

  /** Draws a row's number, as far to the right as it goes. */
  drawRowNumber(box: CellBox, label: string, isSelected: boolean): void {
    const { text, pixelRatio } = this.#look;
    const look = isSelected ? text.selectedRowNumber : text.rowNumber;
    this.#use(look);
    const left = box.width - label.length * look.advance - paddingLeft * pixelRatio;
    this.#context.fillText(label, box.left + Math.round(left), box.top + look.baseline);
  }

  /** Characters that are all as wide as each other need not be measured. */
  #drawPlain(box: CellBox, value: string, isNumber: boolean): void {
    const look = this.#look.text.value;
    const { advance } = look;
    const room = this.#room(box);
    this.#use(look);
    const width = value.length * advance;
    if (width > room) {
      const fitting = Math.max(0, Math.floor(room / advance) - 1);
      this.#put(box, `${value.slice(0, fitting)}…`, look, 0);
    } else this.#put(box, value, look, isNumber ? room - width : 0);
  }

  #drawNull(box: CellBox, isNumber: boolean): void {
    const look = this.#look.text.null;
    this.#use(look);
    this.#nullWidth ??= this.#width(this.#nullText);
    const room = this.#room(box);
    if (this.#nullWidth > room) this.#drawText(box, this.#nullText, look, false);
    else this.#put(box, this.#nullText, look, isNumber ? room - this.#nullWidth : 0);
  }

  #drawText(box: CellBox, value: string, look: TextLook, isNumber: boolean): void {
    const room = this.#room(box);
    this.#use(look);
    const shown = this.#cut(value, room);
    this.#put(box, shown, look, isNumber && shown === value ? room - this.#width(value) : 0);
  }

  /** Text with marks in it, one after the other until there is no more room. */
  #drawSegments(box: CellBox, value: string): void {
    const { text, pixelRatio } = this.#look;
    const end = this.#room(box);
    let x = 0;
    const segments = cellSegments(value);
    for (const [index, segment] of segments.entries()) {
      const isMark = segment.kind === 'mark';
      // A code takes several letters.
      const isCode = isMark && segment.text.length > 1;
      const margin = isMark ? (isCode ? 5 : 1) * pixelRatio : 0;
      let look = isMark ? text.mark : text.value;
      if (isCode) look = text.codeMark;
      this.#use(look);
      const ellipsis = index === segments.length - 1 ? 0 : this.#look.text.value.advance;
      const room = end - x - 2 * margin - ellipsis;
      const shown = isMark ? segment.text : this.#cut(segment.text, Math.max(0, room));
      const width = this.#width(shown);
      if (shown !== segment.text || width > room) {
        if (isMark) this.#use(text.value);
        this.#put(box, isMark ? '…' : shown, text.value, x);
        return;
      }
      if (isCode) this.#drawPlate(box, x, width);
      this.#put(box, shown, look, x + margin);
      x += width + 2 * margin;
    }
  }

  /** What a code stands on. */
  #drawPlate(box: CellBox, x: number, width: number): void {
    const { text, pixelRatio } = this.#look;
    const look = text.codeMark;
    const context = this.#context;
    const height = 14 * pixelRatio;
    const left = box.left + (paddingLeft + 2) * pixelRatio + x;
    context.fillStyle = look.background;
    context.beginPath();
    context.roundRect(
      left,
      box.top + (box.height - height) / 2,
      width + 6 * pixelRatio,
      height,
      3 * pixelRatio,
    );
    context.fill();
    context.fillStyle = look.color;
  }

  /** A row that is on its way: a bar where its text will be. */
  #drawBar({ left, top, width, height }: CellBox): void {
    const { pending, pixelRatio } = this.#look;
    const thickness = 8 * pixelRatio;
    this.#context.fillStyle = pending;
    this.#context.fillRect(
      left + paddingLeft * pixelRatio,
      top + Math.round((height - thickness) / 2),
      width * 0.55,
      thickness,
    );
    this.#current = null;
  }

  #put(box: CellBox, shown: string, look: TextLook, x: number): void {
    const left = box.left + Math.round(paddingLeft * this.#look.pixelRatio + x);
    this.#context.fillText(shown, left, box.top + look.baseline);
  }

  #room({ width }: CellBox): number {
    return width - (paddingLeft + paddingRight) * this.#look.pixelRatio;
  }

  #width(text: string): number {
    return this.#context.measureText(text).width;
  }

  #cut(text: string, room: number): string {
    // Far more than fits, unless most of it has no width: what is behind need not be measured.
    const most = Math.ceil((room / this.#look.text.value.advance) * 3) + 16;
    const beginning = text.slice(0, most);
    const shown = cutToWidth(beginning, room, (part) => this.#width(part));
    return shown === beginning && beginning !== text ? `${shown}…` : shown;
  }

  #use(look: TextLook): void {
    if (this.#current === look) return;
    this.#current = look;
    this.#context.font = look.font;
    this.#context.letterSpacing = look.letterSpacing;
    this.#context.fillStyle = look.color;
  }
}
