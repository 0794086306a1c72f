import { type ExportScope, openExport } from '../export/export-store';
import { orderText } from './order-text';
import type { TableTab } from './table-store';

/** Opens the export dialog for what a tab shows: its rows, in its order, with its columns or all. */
export function exportTable({ connectionId, history, rows }: TableTab): void {
  if (rows === null) return;
  const selection = history.present;
  const { relation, filters, where } = selection;
  const shown = rows.source.columns.map(({ name }) => name);
  const all = rows.relation.columns.length;
  const conditions = filters.length + (where === '' ? 0 : 1);
  const isFiltered = conditions > 0;
  const order = orderText(rows.relation, rows.sort);
  const given = conditions === 1 ? 'with the condition' : `with the ${conditions} conditions`;
  const hint = isFiltered ? `${given} in force, ${order}` : order;
  const scope = (label: string, columns: readonly string[] | null): ExportScope => {
    const source = {
      kind: 'selection' as const,
      connectionId,
      selection,
      columns: columns === null ? null : [...columns],
    };
    return { label, hint, source, preview: source };
  };
  const { schema, name } = relation;
  const table = { kind: 'table' as const, connectionId, schema, name };
  const whole: ExportScope = {
    label: 'The whole table',
    hint: 'every row and column, as it comes',
    source: table,
    preview: table,
  };
  const rowsText = isFiltered ? 'The filtered rows' : 'All rows';
  const hidesColumns = shown.length < all;
  openExport({
    title: `${schema}.${name}`,
    suggestedName: name,
    scopes: [
      scope(hidesColumns ? `${rowsText}, the ${shown.length} shown columns` : rowsText, shown),
      ...(hidesColumns ? [scope(`${rowsText}, all ${all} columns`, null)] : []),
      ...(isFiltered ? [whole] : []),
    ],
    preview: table,
    relation: { schema, name },
  });
}
