import { printable } from '../printable';
import styles from './grid.module.css';
import type { RowSource } from './row-source';

/** The line after the last row that is here: more is coming, could not be read, or waits to be asked for. */
export class GridTail {
  readonly element = document.createElement('div');
  readonly #text = document.createElement('span');
  readonly #button = document.createElement('button');
  readonly #source: RowSource;

  constructor(source: RowSource) {
    this.#source = source;
    this.element.className = styles['tail'] ?? '';
    // A grid has rows and nothing else: what is read is told by the footer below it.
    this.element.setAttribute('role', 'presentation');
    this.#button.type = 'button';
    this.#button.textContent = 'Try again';
    this.#button.addEventListener('click', () => {
      void source.fetchMore();
    });
    // The grid selects what is pressed; the button is not a cell.
    this.#button.addEventListener('pointerdown', (event) => event.stopPropagation());
    this.element.append(this.#text, this.#button);
  }

  isNeeded(): boolean {
    return this.#source.state.status !== 'complete';
  }

  /** Places the line at `top` under `left`, CSS pixels in the layer of rows. */
  paint(top: number, left: number): void {
    const { status, error } = this.#source.state;
    this.element.hidden = status === 'complete';
    if (status === 'complete') return;
    this.element.style.transform = `translate(${left}px, ${top}px)`;
    this.element.toggleAttribute('data-failed', status === 'failed');
    this.#button.hidden = status !== 'failed';
    this.#text.textContent = {
      more: 'Loading more rows…',
      loading: 'Loading more rows…',
      reading: 'Reading all rows…',
      closed: 'The rest was not read: the result was closed. Run the statement again to read it.',
      failed: `The next rows could not be read: ${printable(error?.message ?? '')}`,
    }[status];
  }
}
