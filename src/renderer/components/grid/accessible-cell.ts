import styles from './accessible-rows.module.css';

/** What an element is to tell of a cell. */
export interface AccessibleCellState {
  readonly column: number;
  /** CSS pixels from the left edge of what holds the cells. */
  readonly left: number;
  readonly width: number;
  readonly text: string;
  readonly isSelected: boolean;
  /** The name by which the grid points to the cell; empty for one that it does not point to. */
  readonly id: string;
}

const nothing = { column: -1, left: -1, width: -1, text: '', isSelected: false, id: '' };

/** An element that tells of one cell after another: elements are kept and moved, not made and thrown away. */
export class AccessibleCell {
  readonly element = document.createElement('div');
  #state: AccessibleCellState = nothing;

  constructor() {
    this.element.setAttribute('role', 'gridcell');
    this.element.setAttribute('aria-selected', 'false');
    this.element.className = styles['cell'] ?? '';
    this.element.hidden = true;
  }

  /** The column that it tells of; -1 while it tells of none. */
  get column(): number {
    return this.#state.column;
  }

  /** Takes the element away. */
  release(): void {
    if (this.#state.column === -1) return;
    this.#state = { ...this.#state, column: -1 };
    this.element.hidden = true;
  }

  tell(state: AccessibleCellState): void {
    const { element } = this;
    const before = this.#state;
    this.#state = state;
    // What is set again in the page is laid out again, even where it is the same.
    if (before.column !== state.column) {
      element.ariaColIndex = String(state.column + 2);
      if (before.column === -1) element.hidden = false;
    }
    if (before.left !== state.left) element.style.left = `${state.left}px`;
    if (before.width !== state.width) element.style.width = `${state.width}px`;
    if (before.text !== state.text) element.textContent = state.text;
    if (before.isSelected !== state.isSelected) element.ariaSelected = String(state.isSelected);
    if (before.id !== state.id) element.id = state.id;
  }
}
