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

/** Column by column: names say which is which. */
const haveSameNames = (some: RowSource['columns'], others: RowSource['columns']): boolean =>
  some.every(({ name }, index) => name === others[index]?.name);

const memories = new WeakMap<RowSource, GridMemory>();

/** The memory of a result's grid, as long as the result is there. */
export function gridMemory(source: RowSource): GridMemory {
  const known = memories.get(source);
  if (known !== undefined) return known;
  const created: GridMemory = { widths: null, offset: 0, left: 0, frozen: 0, selection: null };
  memories.set(source, created);
  return created;
}

/**
 * Lays out rows like those whose place they take: frozen columns stay so, and under the same columns
 * nothing moves sideways.
 */
export function layOutLike(previous: RowSource, next: RowSource): void {
  const before = gridMemory(previous);
  const memory = gridMemory(next);
  const { columns } = previous;
  if (haveSameNames(columns.slice(0, before.frozen), next.columns)) memory.frozen = before.frozen;
  if (columns.length !== next.columns.length || !haveSameNames(columns, next.columns)) return;
  memory.left = before.left;
  memory.widths ??= before.widths === null ? null : [...before.widths];
}
