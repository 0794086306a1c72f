import { useSettings } from '../../api/settings';
import { cellSegments, hasUnseenCharacters } from './cell-content';
import styles from './grid-cells.module.css';

const classOf = (kind: string): string => `${styles['cell'] ?? ''} ${styles[kind] ?? ''}`;

/** The class of a cell by what it shows. */
const classes = {
  text: styles['cell'] ?? '',
  longText: classOf('long'),
  number: classOf('number'),
  longNumber: `${classOf('number')} ${styles['long'] ?? ''}`,
  // Their text is a setting, or as wide as the narrowest column.
  null: `${classOf('null')} ${styles['long'] ?? ''}`,
  nullNumber: `${classOf('null')} ${styles['number'] ?? ''} ${styles['long'] ?? ''}`,
  empty: `${classOf('empty')} ${styles['long'] ?? ''}`,
  pending: classOf('pending'),
};

/** More than a character of the grid's font is wide, at its 12 CSS pixels. */
const widestCharacter = 7.5;
/** Both sides of a cell and the line behind it, CSS pixels. */
const cellPadding = 21;
const plainText = /^[\u0020-\u007e]*$/u;

/** An element that shows one cell after another: elements are kept and moved, not made and thrown away. */
export class GridCell {
  readonly element = document.createElement('div');
  /** The column shown; -1 while the element shows none. */
  column = -1;
  #row = -1;
  #layoutVersion = -1;
  #isSelected = false;
  #isShown = false;
  #isPending = false;
  #width = 0;
  #className = '';
  /** What the one text node shows; null while there are other nodes. */
  #text: string | null = null;
  #id = '';

  constructor() {
    this.element.setAttribute('role', 'gridcell');
    this.element.setAttribute('aria-selected', 'false');
    this.element.hidden = true;
  }

  /** Moves the element to a place. Returns whether its text has to be painted anew. */
  place(row: number, column: number, left: number, width: number, layoutVersion: number): boolean {
    const moved = this.column !== column || this.#layoutVersion !== layoutVersion;
    if (moved) {
      this.#width = width;
      this.element.style.left = `${left}px`;
      this.element.style.width = `${width}px`;
    }
    if (this.column !== column) this.element.ariaColIndex = String(column + 2);
    const stale = moved || this.#row !== row || this.#isPending;
    this.column = column;
    this.#row = row;
    this.#layoutVersion = layoutVersion;
    if (!this.#isShown) {
      this.element.hidden = false;
      this.#isShown = true;
    }
    return stale;
  }

  /** Takes the element out of sight. */
  release(): void {
    this.column = -1;
    if (this.#isShown) {
      this.element.hidden = true;
      this.#isShown = false;
    }
  }

  /**
   * Shows a value; null is NULL, undefined one that is on its way: nothing, and once `isSlow` a bar.
   * All text goes into text nodes.
   */
  paint(preview: string | null | undefined, isNumber: boolean, isSlow: boolean): void {
    this.#isPending = preview === undefined;
    if (preview === undefined) {
      // A thumb that is dragged leaves most rows before their bars would be seen.
      if (isSlow) this.#setClass(classes.pending);
      this.#setText('');
      return;
    }
    if (preview === null) {
      this.#setClass(isNumber ? classes.nullNumber : classes.null);
      this.#setText(useSettings.getState().nullText);
      return;
    }
    if (preview === '') {
      this.#setClass(classes.empty);
      this.#setText('empty');
      return;
    }
    // What is cut needs a clip of its own, which costs more to paint than all else about a cell.
    const isPlain = plainText.test(preview);
    const fits = isPlain && preview.length * widestCharacter + cellPadding <= this.#width;
    if (isNumber) this.#setClass(fits ? classes.number : classes.longNumber);
    else this.#setClass(fits ? classes.text : classes.longText);
    if (isPlain || !hasUnseenCharacters(preview)) this.#setText(preview);
    else {
      this.#text = null;
      this.element.replaceChildren(...segmentNodes(preview));
    }
  }

  setSelected(isSelected: boolean): void {
    if (this.#isSelected === isSelected) return;
    this.#isSelected = isSelected;
    this.element.ariaSelected = String(isSelected);
  }

  /** The name by which assistive technology is told of the cell; empty for one that it is not told of. */
  setId(id: string): void {
    if (this.#id === id) return;
    this.#id = id;
    this.element.id = id;
  }

  // What is set again in the page is laid out again, even where it is the same.

  #setClass(name: string): void {
    if (this.#className === name) return;
    this.#className = name;
    this.element.className = name;
  }

  #setText(text: string): void {
    if (this.#text === text) return;
    const { firstChild } = this.element;
    if (this.#text !== null && firstChild instanceof Text) firstChild.data = text;
    else this.element.textContent = text;
    this.#text = text;
  }
}

function segmentNodes(text: string): Node[] {
  return cellSegments(text).map((segment) => {
    if (segment.kind === 'text') return document.createTextNode(segment.text);
    const mark = document.createElement('span');
    // A code has letters of its own, which must not run into those of the value.
    mark.className = (segment.text.length === 1 ? styles['mark'] : styles['codeMark']) ?? '';
    mark.textContent = segment.text;
    return mark;
  });
}
