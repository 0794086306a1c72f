import { useLayoutEffect, useRef, useState } from 'react';
import type { ColumnGeometry, ColumnViewport } from '../../../components/grid/column-viewport';

/**
 * Where the columns of a grid lie; null before they do. The element that `strip` is given to moves in the
 * frame in which the columns do; the component is drawn anew only when others come into view.
 */
export function useColumnGeometry(viewport: ColumnViewport) {
  const strip = useRef<HTMLDivElement>(null);
  const [geometry, setGeometry] = useState(viewport.geometry);
  useLayoutEffect(() => {
    const follow = (next: ColumnGeometry): void => {
      setGeometry((known) => (known !== null && haveSamePlaces(known, next) ? known : next));
      move(strip.current, next);
    };
    if (viewport.geometry !== null) follow(viewport.geometry);
    return viewport.subscribe(follow);
  }, [viewport]);
  useLayoutEffect(() => move(strip.current, viewport.geometry));
  return { geometry, strip };
}

function move(strip: HTMLElement | null, geometry: ColumnGeometry | null): void {
  if (strip === null || geometry === null) return;
  strip.style.transform = `translateX(${-geometry.scrollLeft - geometry.frozenWidth}px)`;
}

/** Whether two geometries differ in nothing but how far the columns are scrolled. */
function haveSamePlaces(one: ColumnGeometry, other: ColumnGeometry): boolean {
  return (
    one.offsets === other.offsets &&
    one.gutterWidth === other.gutterWidth &&
    one.frozenCount === other.frozenCount &&
    one.firstColumn === other.firstColumn &&
    one.lastColumn === other.lastColumn &&
    one.viewWidth === other.viewWidth
  );
}
