import { type MouseEvent, type PointerEvent, useRef } from 'react';

/** Pixels that a press may move and still be one. */
const steadiness = 4;

interface HeaderPressHandlers {
  /** A header was pressed in place. */
  readonly onPress: (column: number, isAdded: boolean) => void;
  /** The edge of a column was dragged, or pressed twice: it may have another width. */
  readonly onResize: () => void;
}

/** Tells a press on a column's header, which sorts, from dragging over headers, which selects, or its edge. */
export function useHeaderPress({ onPress, onResize }: HeaderPressHandlers) {
  const press = useRef<{ column: number; x: number; y: number } | null>(null);
  const isOnEdge = useRef(false);
  return {
    onPointerDownCapture: (event: PointerEvent): void => {
      isOnEdge.current = event.button === 0 && isEdge(event);
      const column = headerColumn(event);
      press.current = column === null ? null : { column, x: event.clientX, y: event.clientY };
    },
    onPointerUpCapture: (event: PointerEvent): void => {
      const start = press.current;
      press.current = null;
      if (isOnEdge.current) onResize();
      if (start === null) return;
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < steadiness) {
        onPress(start.column, event.shiftKey);
      }
    },
    // The grid has fitted the column by then.
    onDoubleClick: (): void => {
      if (isOnEdge.current) onResize();
    },
  };
}

const isEdge = ({ target }: MouseEvent): boolean =>
  target instanceof HTMLElement && target.dataset['resizeHandle'] !== undefined;

/** The column whose header is pressed, away from its edge. */
function headerColumn(event: PointerEvent): number | null {
  const { target, button } = event;
  if (button !== 0 || !(target instanceof HTMLElement) || isEdge(event)) return null;
  const header = target.closest<HTMLElement>('[role=columnheader]');
  const column = Number(header?.dataset['column'] ?? Number.NaN);
  return Number.isInteger(column) ? column : null;
}
