import { type GridLook, readGridLook, watchGridLook } from './grid-look';
import styles from './grid.module.css';

/** The canvas that a grid draws its rows on: as large as its parent, in whole pixels of the screen. */
export class GridCanvas {
  readonly element = document.createElement('canvas');
  readonly context: CanvasRenderingContext2D;
  readonly #host: HTMLElement;
  readonly #rowHeight: number;
  readonly #observer: ResizeObserver;
  readonly #unwatch: () => void;
  #look: GridLook | null = null;

  /**
   * `rowHeight` in CSS pixels. `onStale` is called when what was drawn is gone or looks otherwise now, to be
   * drawn again at once. Raises Error where the browser has no canvas.
   */
  constructor(host: HTMLElement, rowHeight: number, onStale: () => void) {
    // What is behind it need not be known to draw it: it covers all.
    const context = this.element.getContext('2d', { alpha: false });
    if (context === null) throw new Error('The canvas of the grid could not be made.');
    this.context = context;
    this.#host = host;
    this.#rowHeight = rowHeight;
    this.element.className = styles['canvas'] ?? '';
    // The elements above it tell assistive technology what it shows.
    this.element.ariaHidden = 'true';
    this.#observer = new ResizeObserver(([entry]) => {
      const size = entry?.devicePixelContentBoxSize[0];
      if (size === undefined) return;
      this.#resize(size.inlineSize, size.blockSize);
      onStale();
    });
    // Only this box tells the pixels that are filled where a CSS pixel is not a whole number of them.
    this.#observer.observe(this.element, { box: 'device-pixel-content-box' });
    // A graphics card that was reset, or went to sleep, has forgotten the picture.
    this.element.addEventListener('contextrestored', onStale);
    this.#unwatch = watchGridLook(() => {
      this.#look = null;
      onStale();
    });
  }

  destroy(): void {
    this.#observer.disconnect();
    this.#unwatch();
  }

  get look(): GridLook {
    if (this.#look?.pixelRatio !== window.devicePixelRatio) {
      this.#look = readGridLook(this.#host, this.context, this.#rowHeight);
    }
    return this.#look;
  }

  #resize(width: number, height: number): void {
    if (this.element.width !== width) this.element.width = width;
    if (this.element.height !== height) this.element.height = height;
  }
}
