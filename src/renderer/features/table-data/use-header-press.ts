import { type PointerEvent, useRef } from 'react';

/** Pixels that a press may move and still be one. */
const steadiness = 4;

interface HeaderPressHandlers {
  /** A header was pressed in place. */
  readonly onPress: (column: number, isAdded: boolean) => void;
  /** The pointer was released elsewhere: a column may have another width. */
  readonly onRelease: () => void;
}

/** Tells a press on a column's header, which sorts, from dragging over headers, which selects. */
export function useHeaderPress({ onPress, onRelease }: HeaderPressHandlers) {
  const press = useRef<{ column: number; x: number; y: number } | null>(null);
  return {
    onPointerDownCapture: (event: PointerEvent): void => {
      const column = headerColumn(event);
      press.current = column === null ? null : { column, x: event.clientX, y: event.clientY };
    },
    onPointerUpCapture: (event: PointerEvent): void => {
      const start = press.current;
      press.current = null;
      if (start === null) onRelease();
      else if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < steadiness) {
        onPress(start.column, event.shiftKey);
      }
    },
  };
}

/** The column whose header is pressed, away from its edge. */
function headerColumn({ target, button }: PointerEvent): number | null {
  if (button !== 0 || !(target instanceof HTMLElement)) return null;
  if (target.dataset['resizeHandle'] !== undefined) return null;
  const header = target.closest<HTMLElement>('[role=columnheader]');
  const column = Number(header?.dataset['column'] ?? Number.NaN);
  return Number.isInteger(column) ? column : null;
}
