import type { RelationName, RowSelection, SortColumn } from '@shared/models/table-data';

/** A place that a tab shows, and the way there and on from it. */
export interface History {
  readonly past: readonly RowSelection[];
  readonly present: RowSelection;
  readonly future: readonly RowSelection[];
}

const maxPast = 100;

/** A whole relation in its own order. */
export const wholeRelation = (relation: RelationName): RowSelection => ({
  relation,
  filters: [],
  where: '',
  sort: [],
});

/** Goes to another place; what lay ahead is forgotten. */
export function goTo({ past, present }: History, selection: RowSelection): History {
  return { past: [...past, present].slice(-maxPast), present: selection, future: [] };
}

/** Changes the present place without a step of its own. */
export function adjust(history: History, selection: RowSelection): History {
  return { ...history, present: selection };
}

/** One step back; the same history where there is none. */
export function goBack(history: History): History {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  const future = [history.present, ...history.future];
  return { past: history.past.slice(0, -1), present: previous, future };
}

/** One step forward; the same history where there is none. */
export function goForward(history: History): History {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future };
}

/**
 * The order after a press on a column's header: ascending, then descending, then none. `isAdded` keeps
 * the other columns, and this one's place among them. NULLs stand where the server puts them.
 */
export function toggleSort(
  sort: readonly SortColumn[],
  column: string,
  isAdded: boolean,
): SortColumn[] {
  const current = sort.find((item) => item.column === column);
  const next: SortColumn | null =
    current === undefined
      ? { column, descending: false, nulls: 'last' }
      : current.descending
        ? null
        : { column, descending: true, nulls: 'first' };
  if (!isAdded) return next === null ? [] : [next];
  if (current === undefined) return [...sort, ...(next === null ? [] : [next])];
  return sort.flatMap((item) => (item !== current ? [item] : next === null ? [] : [next]));
}

/** How a relation is called in a heading: without "public", where most are. */
export function relationTitle({ schema, name }: RelationName): string {
  return schema === 'public' ? name : `${schema}.${name}`;
}
