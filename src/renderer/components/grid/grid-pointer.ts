import type { GridHit } from './grid-hit';
import type { GridView } from './grid-view';
import type { CellPosition, GridSelection, SelectionKind } from './selection';

const kindOfArea: Record<GridHit['area'], SelectionKind> = {
  body: 'cells',
  gutter: 'rows',
  header: 'columns',
  corner: 'all',
};

/** Pixels that a selection dragged out of the view scrolls in a frame, per pixel beyond the edge. */
const dragScrollSpeed = 0.35;

/** Selects by the pointer: cells, rows by their numbers, columns by their headers; resizes columns. */
export class GridPointer {
  readonly #host: HTMLElement;
  readonly #view: GridView;
  readonly #onOpen: () => void;
  readonly #abort = new AbortController();
  /** The column whose edge was pressed last: capturing the pointer hides the edge from later events. */
  #resized: number | null = null;

  /** `onOpen` is called for a double click on a cell. */
  constructor(host: HTMLElement, view: GridView, onOpen: () => void) {
    this.#host = host;
    this.#view = view;
    this.#onOpen = onOpen;
    const { signal } = this.#abort;
    host.addEventListener('pointerdown', (event) => this.#press(event), { signal });
    host.addEventListener('dblclick', (event) => this.#doublePress(event), { signal });
  }

  destroy(): void {
    this.#abort.abort();
  }

  #press(event: PointerEvent): void {
    const { target } = event;
    if (!(target instanceof HTMLElement) || this.#isScrollBar(event, target)) return;
    this.#host.focus({ preventScroll: true });
    if (event.button === 2) this.#pressSecondary(event);
    if (event.button !== 0) return;
    event.preventDefault();
    const column = resizedColumn(target);
    this.#resized = column;
    if (column !== null) this.#dragWidth(event, target, column);
    else this.#dragSelection(event);
  }

  /** The context menu is for the selection: a press outside of it selects what was pressed. */
  #pressSecondary(event: PointerEvent): void {
    const hit = this.#view.hitTest(event.clientX, event.clientY);
    const { range } = this.#view;
    const isInside =
      range !== null &&
      (hit.area === 'header' || (hit.row >= range.top && hit.row <= range.bottom)) &&
      (hit.area === 'gutter' || (hit.column >= range.left && hit.column <= range.right));
    if (!isInside) this.#view.select(selectionOf(hit, hit), false);
  }

  #dragSelection(event: PointerEvent): void {
    const hit = this.#view.hitTest(event.clientX, event.clientY);
    if (hit.isOutside) return;
    const { selection } = this.#view;
    const kind = kindOfArea[hit.area];
    const anchor = event.shiftKey && selection !== null ? selection.anchor : hit;
    this.#view.select(selectionOf(hit, anchor), hit.area === 'body');
    if (kind === 'all') return;
    let last = event;
    let frame = 0;
    const follow = (): void => {
      frame = 0;
      const moved = this.#view.hitTest(last.clientX, last.clientY);
      this.#view.select({ ...selectionOf(hit, anchor), focus: at(moved) }, false);
      const beyondX = kind === 'rows' ? 0 : moved.beyondX;
      const beyondY = kind === 'columns' ? 0 : moved.beyondY;
      if (beyondX === 0 && beyondY === 0) return;
      this.#view.scrollBy(beyondX * dragScrollSpeed, beyondY * dragScrollSpeed);
      frame = requestAnimationFrame(follow);
    };
    this.#track(
      event,
      (moved) => {
        last = moved;
        if (frame === 0) frame = requestAnimationFrame(follow);
      },
      () => cancelAnimationFrame(frame),
    );
  }

  #dragWidth(event: PointerEvent, handle: HTMLElement, column: number): void {
    const startWidth = this.#view.columnWidth(column);
    handle.dataset['dragging'] = '';
    this.#track(
      event,
      (moved) => this.#view.setColumnWidth(column, startWidth + moved.clientX - event.clientX),
      () => delete handle.dataset['dragging'],
    );
  }

  /** Follows one pointer until it is released. */
  #track(start: PointerEvent, onMove: (event: PointerEvent) => void, onEnd: () => void): void {
    const tracking = new AbortController();
    const { signal } = tracking;
    this.#host.setPointerCapture(start.pointerId);
    const end = (): void => {
      tracking.abort();
      onEnd();
    };
    this.#host.addEventListener('pointermove', onMove, { signal });
    this.#host.addEventListener('pointerup', end, { signal });
    this.#host.addEventListener('pointercancel', end, { signal });
    this.#abort.signal.addEventListener('abort', end, { signal });
  }

  #doublePress(event: MouseEvent): void {
    const { target } = event;
    if (!(target instanceof HTMLElement) || this.#isScrollBar(event, target)) return;
    if (this.#resized !== null) {
      this.#view.fitColumn(this.#resized);
      return;
    }
    const hit = this.#view.hitTest(event.clientX, event.clientY);
    if (hit.area === 'body' && !hit.isOutside) this.#onOpen();
  }

  #isScrollBar(event: MouseEvent, target: HTMLElement): boolean {
    const bounds = target.getBoundingClientRect();
    const scrolls =
      target.scrollHeight > target.clientHeight || target.scrollWidth > target.clientWidth;
    return (
      scrolls &&
      target.parentElement === this.#host &&
      (event.clientX >= bounds.left + target.clientWidth ||
        event.clientY >= bounds.top + target.clientHeight)
    );
  }
}

const at = ({ row, column }: CellPosition): CellPosition => ({ row, column });

function selectionOf(hit: GridHit, anchor: CellPosition): GridSelection {
  return { kind: kindOfArea[hit.area], anchor: at(anchor), focus: at(hit) };
}

/** The column whose edge is taken hold of. */
function resizedColumn(target: HTMLElement): number | null {
  if (target.dataset['resizeHandle'] === undefined) return null;
  const column = Number(target.parentElement?.dataset['column']);
  return Number.isInteger(column) ? column : null;
}
