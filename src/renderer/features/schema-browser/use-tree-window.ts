import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, type RefObject } from 'react';
import { catalogOf, updateCatalog } from './catalog-store';
import type { TreeRow } from './tree-node';

/** The height of a line in pixels. */
export const rowHeight = 26;

interface TreeWindow {
  readonly connectionId: string;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly rows: readonly TreeRow[];
  /** The index of the active line; -1 for none. */
  readonly active: number;
  /** The line to scroll to once it is there. */
  readonly revealKey: string | null;
}

/** Which lines are drawn: those in view, and the active one. Keeps the place for the next time. */
export function useTreeWindow({ connectionId, scroller, rows, active, revealKey }: TreeWindow) {
  // oxlint-disable-next-line react/incompatible-library -- the compiler it speaks of is not in use
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialOffset: catalogOf(connectionId).scrollOffset,
    getItemKey: (index) => rows[index]?.key ?? index,
    // The active row is always drawn: aria-activedescendant must name an element that exists.
    rangeExtractor: useCallback(
      (range: Range) => {
        const visible = defaultRangeExtractor(range);
        return active < 0 || visible.includes(active)
          ? visible
          : [...visible, active].sort((a, b) => a - b);
      },
      [active],
    ),
  });

  useEffect(() => {
    const element = scroller.current;
    return () => {
      const scrollOffset = element?.scrollTop ?? 0;
      updateCatalog(connectionId, () => ({ scrollOffset }));
    };
  }, [connectionId, scroller]);

  useEffect(() => {
    if (revealKey === null) return;
    const index = rows.findIndex(({ key }) => key === revealKey);
    if (index < 0) return;
    virtualizer.scrollToIndex(index, { align: 'center' });
    updateCatalog(connectionId, () => ({ revealKey: null }));
  }, [connectionId, revealKey, rows, virtualizer]);
  return virtualizer;
}
