import { databasesKey, serverKey } from './catalog';
import { loadOnce } from './catalog-load';
import { setExpanded } from './catalog-store';
import type { LoadRequest, TreeRow } from './tree-node';

/** What unfolding a row needs to have read; nothing where all is known from its parent. */
export function requestsOf({ content, key }: TreeRow): readonly LoadRequest[] {
  if (content.kind === 'schema') {
    const { name: schema } = content.schema;
    return [
      { kind: 'tables', schema },
      { kind: 'schema-objects', schema },
    ];
  }
  if (content.kind === 'relation' && content.table.kind !== 'sequence') {
    const { schema, name: table } = content.table;
    return [
      { kind: 'table-info', schema, table },
      { kind: 'attachments', schema, table },
    ];
  }
  if (key === databasesKey) return [{ kind: 'databases' }];
  return key === serverKey ? [{ kind: 'server' }] : [];
}

/** Unfolds a row and reads what is below it, once. */
export function expandRow(connectionId: string, row: TreeRow): void {
  setExpanded(connectionId, row.key, true);
  for (const request of requestsOf(row)) void loadOnce(connectionId, request);
}

/** Folds a row; what was read stays. */
export function collapseRow(connectionId: string, row: TreeRow): void {
  setExpanded(connectionId, row.key, false);
}
