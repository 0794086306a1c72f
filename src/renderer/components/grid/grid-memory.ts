import type { RowSource } from './row-source';
import type { GridSelection } from './selection';

/** What a grid keeps while it is not shown: another tab is in front, or another result. */
export interface GridMemory {
  widths: number[] | null;
  /** Scrolled distance in content, CSS pixels. */
  offset: number;
  left: number;
  /** How many of the first columns stay while the others are scrolled. */
  frozen: number;
  selection: GridSelection | null;
}

const memories = new WeakMap<RowSource, GridMemory>();

/** The memory of a result's grid, as long as the result is there. */
export function gridMemory(source: RowSource): GridMemory {
  const known = memories.get(source);
  if (known !== undefined) return known;
  const created: GridMemory = { widths: null, offset: 0, left: 0, frozen: 0, selection: null };
  memories.set(source, created);
  return created;
}
