import { openExport } from './export-store';

/** Opens the export dialog for all rows of a relation. */
export function exportRelation(
  connectionId: string,
  relation: { readonly schema: string; readonly name: string },
): void {
  const { schema, name } = relation;
  const source = { kind: 'table', connectionId, schema, name } as const;
  openExport({
    title: `${schema}.${name}`,
    suggestedName: name,
    scopes: [{ label: 'All rows', hint: null, source }],
    preview: source,
    relation: { schema, name },
  });
}
