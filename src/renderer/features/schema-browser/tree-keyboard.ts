import type { TreeRow } from './tree-node';

/** What a key does to the tree. */
export type TreeAction =
  | { readonly kind: 'focus'; readonly index: number }
  | { readonly kind: 'expand'; readonly row: TreeRow }
  | { readonly kind: 'collapse'; readonly row: TreeRow }
  | { readonly kind: 'activate'; readonly row: TreeRow };

/**
 * The keys of a tree as the ARIA Authoring Practices ("Tree View Pattern") describe them.
 * `active` is the index of the row with the focus, -1 when none has it; `pageSize` is in rows.
 */
export function treeAction(
  rows: readonly TreeRow[],
  active: number,
  key: string,
  pageSize: number,
): TreeAction | null {
  const last = rows.length - 1;
  if (last < 0) return null;
  const focus = (index: number): TreeAction => ({
    kind: 'focus',
    index: Math.max(0, Math.min(last, index)),
  });
  const row = rows[active];
  switch (key) {
    case 'ArrowDown':
      return focus(active + 1);
    case 'ArrowUp':
      return focus(active < 0 ? last : active - 1);
    case 'PageDown':
      return focus(active + pageSize);
    case 'PageUp':
      return focus(active - pageSize);
    case 'Home':
      return focus(0);
    case 'End':
      return focus(last);
    case 'ArrowRight':
      if (row?.expanded === false) return { kind: 'expand', row };
      return row?.expanded === true && rows[active + 1]?.parentKey === row.key
        ? focus(active + 1)
        : null;
    case 'ArrowLeft': {
      if (row?.expanded === true) return { kind: 'collapse', row };
      const parent = rows.findIndex((candidate) => candidate.key === row?.parentKey);
      return parent < 0 ? null : focus(parent);
    }
    case 'Enter':
      return row ? { kind: 'activate', row } : null;
    case ' ':
      if (row === undefined || row.expanded === null) return null;
      return { kind: row.expanded ? 'collapse' : 'expand', row };
    default:
      return null;
  }
}

/**
 * The row that typed characters find: the next one whose name begins with them, around the end. One
 * character typed again steps to the next match; a longer word may also match where the focus is.
 */
export function typeaheadMatch(rows: readonly TreeRow[], active: number, typed: string): number {
  const wanted = typed.toLowerCase();
  const isRepeated = /^(.)\1*$/su.test(wanted);
  const prefix = isRepeated ? wanted.slice(0, 1) : wanted;
  const start = isRepeated ? active + 1 : Math.max(active, 0);
  for (let step = 0; step < rows.length; step++) {
    const index = (start + step) % rows.length;
    if (rows[index]?.text.toLowerCase().startsWith(prefix)) return index;
  }
  return -1;
}
