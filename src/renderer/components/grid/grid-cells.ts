import { useSettings } from '../../api/settings';
import { cellSegments, hasUnseenCharacters } from './cell-content';
import styles from './grid.module.css';

/** The class of a cell by what it shows. */
const classes = {
  text: styles['cell'] ?? '',
  number: `${styles['cell'] ?? ''} ${styles['number'] ?? ''}`,
  null: `${styles['cell'] ?? ''} ${styles['null'] ?? ''}`,
  empty: `${styles['cell'] ?? ''} ${styles['empty'] ?? ''}`,
  pending: `${styles['cell'] ?? ''} ${styles['pending'] ?? ''}`,
};

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

  constructor() {
    this.element.setAttribute('role', 'gridcell');
    this.element.setAttribute('aria-selected', 'false');
    this.element.hidden = true;
  }

  /** Moves the element to a place. Returns whether its text has to be painted anew. */
  place(row: number, column: number, left: number, width: number, layoutVersion: number): boolean {
    const moved = this.column !== column || this.#layoutVersion !== layoutVersion;
    if (moved) {
      this.element.style.left = `${left}px`;
      this.element.style.width = `${width}px`;
    }
    if (this.column !== column) this.element.ariaColIndex = String(column + 2);
    const stale = this.column !== column || this.#row !== row || this.#isPending;
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

  /** Shows a value; null is NULL, undefined one that is on its way. All text goes into text nodes. */
  paint(preview: string | null | undefined, isNumber: boolean): void {
    this.#isPending = preview === undefined;
    if (preview === undefined) {
      this.#setClass(classes.pending);
      this.#setText('');
      return;
    }
    if (preview === null) {
      this.#setClass(classes.null);
      this.#setText(useSettings.getState().nullText);
      return;
    }
    if (preview === '') {
      this.#setClass(classes.empty);
      this.#setText('empty');
      return;
    }
    this.#setClass(isNumber ? classes.number : classes.text);
    if (hasUnseenCharacters(preview)) this.element.replaceChildren(...segmentNodes(preview));
    else this.#setText(preview);
  }

  setSelected(isSelected: boolean): void {
    if (this.#isSelected === isSelected) return;
    this.#isSelected = isSelected;
    this.element.ariaSelected = String(isSelected);
  }

  #setClass(name: string): void {
    if (this.element.className !== name) this.element.className = name;
  }

  #setText(text: string): void {
    const { firstChild } = this.element;
    if (firstChild instanceof Text && firstChild.nextSibling === null) firstChild.data = text;
    else this.element.textContent = text;
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
