import { z } from 'zod';
import type { RelationName } from '@shared/models/table-data';

const layoutSchema = z.object({
  /** Columns that are shown, in their order; columns that came later follow at the end. */
  order: z.array(z.string()),
  hidden: z.array(z.string()),
  /** CSS pixels by column. */
  widths: z.record(z.string(), z.number().min(1).max(5000)),
  /** The last column that stays while the others are scrolled; null when all are scrolled. */
  frozenTo: z.string().nullable().default(null),
});

/** How a person has laid out the columns of a table. */
export type TableLayout = z.infer<typeof layoutSchema>;

/** Columns as the table has them. */
export const noLayout: TableLayout = { order: [], hidden: [], widths: {}, frozenTo: null };

const keyOf = (workspace: string, { schema, name }: RelationName): string =>
  `postern.table-layout.${JSON.stringify([workspace, schema, name])}`;

/** The layout that was kept for a table; a plain one where there is none or it cannot be read. */
export function keptTableLayout(workspace: string, relation: RelationName): TableLayout {
  const text = localStorage.getItem(keyOf(workspace, relation));
  if (text === null) return noLayout;
  try {
    return layoutSchema.parse(JSON.parse(text));
  } catch {
    // A layout is no loss: columns are then shown as the table has them.
    return noLayout;
  }
}

/** Keeps the layout for the next time the table is opened. */
export function keepTableLayout(
  workspace: string,
  relation: RelationName,
  layout: TableLayout,
): void {
  localStorage.setItem(keyOf(workspace, relation), JSON.stringify(layout));
}

/** The columns to show, in order, by their numbers among `names`. */
export function shownColumns(names: readonly string[], layout: TableLayout): number[] {
  const hidden = new Set(layout.hidden);
  const known = layout.order.filter((name) => names.includes(name));
  const rest = names.filter((name) => !known.includes(name));
  const shown = [...known, ...rest].filter((name) => !hidden.has(name));
  // A table that shows nothing at all would look empty.
  return (shown.length === 0 ? names : shown).map((name) => names.indexOf(name));
}

/** Moves a column by one place among those that are shown. */
export function moveColumn(
  names: readonly string[],
  layout: TableLayout,
  column: string,
  step: -1 | 1,
): TableLayout {
  const shown = shownColumns(names, layout).map((index) => names[index] ?? '');
  const from = shown.indexOf(column);
  const to = from + step;
  if (from < 0 || to < 0 || to >= shown.length) return layout;
  const order = shown.toSpliced(from, 1).toSpliced(to, 0, column);
  return { ...layout, order };
}

/** Hides a column, or shows it again. */
export function toggleColumn(
  names: readonly string[],
  layout: TableLayout,
  column: string,
): TableLayout {
  if (layout.hidden.includes(column)) {
    return { ...layout, hidden: layout.hidden.filter((name) => name !== column) };
  }
  const hidden = { ...layout, hidden: [...layout.hidden, column] };
  // Those before it stay frozen.
  return layout.frozenTo === column
    ? freezeColumns(names, hidden, frozenCount(names, layout) - 1)
    : hidden;
}

/** How many of the shown columns are frozen: the first ones. */
export function frozenCount(names: readonly string[], layout: TableLayout): number {
  const { frozenTo } = layout;
  if (frozenTo === null) return 0;
  return shownColumns(names, layout).findIndex((index) => names[index] === frozenTo) + 1;
}

/** Freezes the first `count` of the shown columns. */
export function freezeColumns(
  names: readonly string[],
  layout: TableLayout,
  count: number,
): TableLayout {
  const last = shownColumns(names, layout)[count - 1];
  return { ...layout, frozenTo: last === undefined ? null : (names[last] ?? null) };
}
