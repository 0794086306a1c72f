import { gridElement } from './grid-elements';
import styles from './grid.module.css';
import {
  clampOffset,
  offsetOfScrollTop,
  type ScrollScale,
  scrollScale,
  scrollTopOfOffset,
} from './scroll-scale';

export interface GridScrollerEvents {
  /** A person has changed the position; to be painted in this frame. */
  readonly onScroll: () => void;
  /** The visible area changed. */
  readonly onResize: () => void;
}

/**
 * Scrolls content of any height with the browser's own scroll bars. `viewport` stays where it is while
 * the bars move, and what is in it is painted for `offset` and `left`: so no area is ever blank.
 */
export class GridScroller {
  readonly element = gridElement(styles['scroller']);
  readonly viewport = gridElement(styles['viewport']);
  readonly #inner = gridElement(styles['inner']);
  readonly #fixedHeight: number;
  readonly #lineHeight: number;
  readonly #events: GridScrollerEvents;
  readonly #observer: ResizeObserver;
  #scale: ScrollScale = scrollScale(0, 0, 1);
  #expectedScrollTop = 0;
  #offset: number;
  #left: number;
  #width = 0;
  #height = 0;

  /** `fixedHeight` is the part of the viewport that does not scroll, `lineHeight` a step of the wheel. */
  constructor(
    fixedHeight: number,
    lineHeight: number,
    start: { readonly offset: number; readonly left: number },
    events: GridScrollerEvents,
  ) {
    this.#fixedHeight = fixedHeight;
    this.#lineHeight = lineHeight;
    this.#offset = start.offset;
    this.#left = start.left;
    this.#events = events;
    this.#inner.append(this.viewport);
    this.element.append(this.#inner);
    this.element.addEventListener('scroll', () => this.#takePosition(), { passive: true });
    this.element.addEventListener('wheel', (event) => this.#takeWheel(event), { passive: false });
    this.#observer = new ResizeObserver(() => {
      this.measure();
      events.onResize();
    });
    this.#observer.observe(this.element);
  }

  destroy(): void {
    this.#observer.disconnect();
    this.element.remove();
  }

  /** How far the content is scrolled, in its own CSS pixels, to whole pixels of the screen. */
  get offset(): number {
    const pixel = window.devicePixelRatio;
    return Math.round(this.#offset * pixel) / pixel;
  }

  get left(): number {
    return this.#left;
  }

  get width(): number {
    return this.#width;
  }

  /** Height of the part that scrolls. */
  get height(): number {
    return this.#height;
  }

  get scale(): ScrollScale {
    return this.#scale;
  }

  /** Takes over the size of the visible area. */
  measure(): void {
    const { clientWidth, clientHeight } = this.element;
    this.#width = clientWidth;
    this.#height = Math.max(0, clientHeight - this.#fixedHeight);
    this.viewport.style.width = `${clientWidth}px`;
    this.viewport.style.height = `${clientHeight}px`;
  }

  /** Gives the content another size; the position stays as far as it still exists. */
  resizeContent(width: number, height: number): void {
    this.#scale = scrollScale(height, this.#height, window.devicePixelRatio);
    this.#inner.style.width = `max(100%, ${width}px)`;
    this.#inner.style.height = `max(100%, ${this.#fixedHeight + this.#scale.elementHeight}px)`;
    this.scrollTo(this.#offset, this.#left);
  }

  /** Scrolls to a place of the content; it does not call `onScroll` by itself. */
  scrollTo(offset: number, left: number): void {
    this.#offset = clampOffset(this.#scale, offset);
    this.element.scrollTop = scrollTopOfOffset(this.#scale, this.#offset);
    this.element.scrollLeft = left;
    // What the browser made of it: it rounds to its own steps.
    this.#expectedScrollTop = this.element.scrollTop;
    this.#left = this.element.scrollLeft;
  }

  #takePosition(): void {
    const { scrollTop, scrollLeft } = this.element;
    // It tells of what was set here, too.
    if (scrollTop === this.#expectedScrollTop && scrollLeft === this.#left) return;
    // A position that was set here stands for an offset that is known more exactly.
    if (!this.#scale.isScaled || scrollTop !== this.#expectedScrollTop) {
      this.#offset = offsetOfScrollTop(this.#scale, scrollTop);
      this.#expectedScrollTop = scrollTop;
    }
    this.#left = scrollLeft;
    this.#events.onScroll();
  }

  /** On scaled content the browser would scroll many rows for each pixel of the wheel. */
  #takeWheel(event: WheelEvent): void {
    if (!this.#scale.isScaled || event.ctrlKey) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? this.#lineHeight : 1;
    const across = (event.shiftKey ? event.deltaY : event.deltaX) * unit;
    const down = event.shiftKey ? 0 : event.deltaY * unit;
    this.scrollTo(this.#offset + down, this.#left + across);
    this.#events.onScroll();
  }
}
