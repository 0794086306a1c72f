import type { Database } from '@shared/models/database';
import type { DatabaseErrorData } from '@shared/models/database-error';
import type { Schema } from '@shared/models/schema';
import type { Column, Table, TableInfo } from '@shared/models/table';
import {
  columnKey,
  databaseKey,
  databasesKey,
  messageKey,
  partitionsKey,
  relationKey,
  schemaKey,
  sequencesKey,
  type Catalog,
} from './catalog';
import type { Loadable } from './loadable';

/** Names what a failed line would load again. */
export type LoadRequest =
  | { readonly kind: 'schemas' }
  | { readonly kind: 'databases' }
  | { readonly kind: 'tables'; readonly schema: string }
  | { readonly kind: 'table-info'; readonly schema: string; readonly table: string };

/** What a line of the tree stands for. */
export type RowContent =
  | { readonly kind: 'schema'; readonly schema: Schema; readonly count: number | null }
  | { readonly kind: 'relation'; readonly table: Table }
  | {
      readonly kind: 'column';
      readonly table: Table;
      readonly column: Column;
      /** `schema.table.column` that it refers to, for each foreign key it is part of. */
      readonly references: readonly string[];
    }
  | { readonly kind: 'folder'; readonly label: string; readonly count: number | null }
  | { readonly kind: 'database'; readonly database: Database }
  | { readonly kind: 'loading' }
  | { readonly kind: 'empty'; readonly text: string }
  | { readonly kind: 'failed'; readonly error: DatabaseErrorData; readonly retry: LoadRequest };

/** One line of the tree as it is drawn, top to bottom. */
export interface TreeRow {
  readonly key: string;
  readonly content: RowContent;
  /** The text that typing finds. */
  readonly text: string;
  /** From 1, as aria-level counts. */
  readonly level: number;
  readonly parentKey: string | null;
  /** Null where nothing can be unfolded. */
  readonly expanded: boolean | null;
  /** From 1, as aria-posinset counts, among the lines of the same parent. */
  readonly position: number;
  readonly siblings: number;
}

interface TreeNode {
  readonly key: string;
  readonly content: RowContent;
  readonly text: string;
  /** Null where nothing can be unfolded. */
  readonly expanded: boolean | null;
  /** Called only when it is unfolded. */
  readonly children?: () => readonly TreeNode[];
}

/** The lines that the tree shows of a catalog. Folded parts cost nothing. */
export function treeRows(catalog: Catalog, currentDatabase: string): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (nodes: readonly TreeNode[], level: number, parentKey: string | null): void => {
    for (const [index, { key, content, text, expanded, children }] of nodes.entries()) {
      const place = { level, parentKey, position: index + 1, siblings: nodes.length };
      rows.push({ key, content, text, expanded, ...place });
      if (expanded === true && children) add(children(), level + 1, key);
    }
  };
  add(rootNodes(catalog, currentDatabase), 1, null);
  return rows;
}

function rootNodes(catalog: Catalog, currentDatabase: string): readonly TreeNode[] {
  const schemas = schemaNodes(catalog);
  return catalog.filter === '' ? [...schemas, ...databaseNodes(catalog, currentDatabase)] : schemas;
}

function schemaNodes(catalog: Catalog): readonly TreeNode[] {
  // A failure of the whole tree is told above it, where there is room for its advice.
  if (catalog.schemas?.status === 'failed' && !catalog.schemas.value) return [];
  const { value } = catalog.schemas ?? {};
  const schemas: Loadable<readonly Schema[]> = value
    ? { status: 'ready', value }
    : { status: 'loading' };
  return loaded(schemas, 'root', { kind: 'schemas' }, (list) => {
    const shown = list.filter(({ isSystem }) => catalog.showSystem || !isSystem);
    const nodes = shown.flatMap((schema) => schemaNode(catalog, schema) ?? []);
    if (nodes.length > 0) return nodes;
    return [emptyNode('root', catalog.filter === '' ? 'No schemas' : 'Nothing matches')];
  });
}

function schemaNode(catalog: Catalog, schema: Schema): TreeNode | null {
  const key = schemaKey(schema.name);
  const tables = catalog.tables[schema.name];
  const content = { kind: 'schema', schema, count: tables?.value?.length ?? null } as const;
  if (!schema.canUse) {
    return catalog.filter === '' ? { key, content, text: schema.name, expanded: null } : null;
  }
  const request: LoadRequest = { kind: 'tables', schema: schema.name };
  if (catalog.filter !== '') {
    const matching = (tables?.value ?? []).filter((table) => matchesFilter(table, catalog.filter));
    if (matching.length === 0 && tables?.status === 'ready') return null;
    return {
      key,
      content: { ...content, count: tables?.value ? matching.length : null },
      text: schema.name,
      expanded: true,
      children: () =>
        tables?.value
          ? matching.map((table) => relationNode(catalog, table, []))
          : loaded(tables, key, request, () => []),
    };
  }
  return {
    key,
    content,
    text: schema.name,
    expanded: catalog.expanded.has(key),
    children: () =>
      loaded(tables, key, request, (list) =>
        list.length === 0
          ? [emptyNode(key, 'No relations')]
          : relationNodes(catalog, schema.name, list),
      ),
  };
}

function relationNodes(
  catalog: Catalog,
  schema: string,
  tables: readonly Table[],
): readonly TreeNode[] {
  const names = new Set(tables.map(({ name }) => name));
  const partitions = new Map<string, Table[]>();
  const top: Table[] = [];
  const sequences: Table[] = [];
  for (const table of tables) {
    const parent = table.partitionOf;
    // A partition whose parent lives in another schema has no other place than its own schema.
    if (parent?.schema === schema && names.has(parent.name)) {
      const siblings = partitions.get(parent.name);
      if (siblings) siblings.push(table);
      else partitions.set(parent.name, [table]);
    } else (table.kind === 'sequence' ? sequences : top).push(table);
  }
  const node = (table: Table): TreeNode =>
    relationNode(
      catalog,
      table,
      partitions.has(table.name)
        ? [folder(catalog, partitionsKey(table), 'Partitions', partitions.get(table.name), node)]
        : [],
    );
  return [
    ...sortRelations(top).map(node),
    ...(sequences.length > 0
      ? [folder(catalog, sequencesKey(schema), 'Sequences', sequences, node)]
      : []),
  ];
}

const kindOrder: Record<Table['kind'], number> = {
  table: 0,
  'partitioned table': 0,
  'foreign table': 0,
  view: 1,
  'materialized view': 2,
  sequence: 3,
};

function sortRelations(tables: readonly Table[]): readonly Table[] {
  // Code point order, as the server sorts names in its "C" collation: the same on every machine.
  return [...tables].sort(
    (a, b) => kindOrder[a.kind] - kindOrder[b.kind] || (a.name < b.name ? -1 : 1),
  );
}

function folder(
  catalog: Catalog,
  key: string,
  label: string,
  tables: readonly Table[] | undefined,
  node: (table: Table) => TreeNode,
): TreeNode {
  return {
    key,
    content: { kind: 'folder', label, count: tables?.length ?? null },
    text: label,
    expanded: catalog.expanded.has(key),
    children: () => sortRelations(tables ?? []).map(node),
  };
}

function relationNode(catalog: Catalog, table: Table, folders: readonly TreeNode[]): TreeNode {
  const key = relationKey(table);
  const content = { kind: 'relation', table } as const;
  // A sequence has no columns of its own.
  if (table.kind === 'sequence') return { key, content, text: table.name, expanded: null };
  const request: LoadRequest = { kind: 'table-info', schema: table.schema, table: table.name };
  return {
    key,
    content,
    text: table.name,
    expanded: catalog.expanded.has(key),
    children: () => [
      ...folders,
      ...loaded(catalog.tableInfos[key], key, request, (info) => columnNodes(key, table, info)),
    ],
  };
}

function columnNodes(parent: string, table: Table, info: TableInfo): readonly TreeNode[] {
  if (info.columns.length === 0) return [emptyNode(parent, 'No columns')];
  return info.columns.map((column) => ({
    key: columnKey(table, column.name),
    content: { kind: 'column', table, column, references: referencesOf(column.name, info) },
    text: column.name,
    expanded: null,
  }));
}

function referencesOf(column: string, info: TableInfo): readonly string[] {
  return info.foreignKeys.flatMap((foreignKey) => {
    const at = foreignKey.columns.indexOf(column);
    if (at < 0) return [];
    const { referencedSchema, referencedTable, referencedColumns } = foreignKey;
    return [[referencedSchema, referencedTable, referencedColumns[at]].join('.')];
  });
}

function databaseNodes(catalog: Catalog, currentDatabase: string): readonly TreeNode[] {
  const others = catalog.databases?.value?.filter(
    ({ name, isTemplate }) => name !== currentDatabase && (catalog.showSystem || !isTemplate),
  );
  if (others?.length === 0) return [];
  return [
    {
      key: databasesKey,
      content: { kind: 'folder', label: 'Other databases', count: others?.length ?? null },
      text: 'Other databases',
      expanded: catalog.expanded.has(databasesKey),
      children: () =>
        loaded(catalog.databases, databasesKey, { kind: 'databases' }, () =>
          (others ?? []).map((database) => ({
            key: databaseKey(database.name),
            content: { kind: 'database', database },
            text: database.name,
            expanded: null,
          })),
        ),
    },
  ];
}

function loaded<T>(
  loadable: Loadable<T> | undefined,
  parent: string,
  retry: LoadRequest,
  nodes: (value: T) => readonly TreeNode[],
): readonly TreeNode[] {
  const message = { key: messageKey(parent), text: '', expanded: null };
  if (loadable?.status === 'failed') {
    const failed: TreeNode = {
      ...message,
      content: { kind: 'failed', error: loadable.error, retry },
    };
    return loadable.value === undefined ? [failed] : [failed, ...nodes(loadable.value)];
  }
  if (loadable?.value === undefined) return [{ ...message, content: { kind: 'loading' } }];
  return nodes(loadable.value);
}

function emptyNode(parent: string, text: string): TreeNode {
  return { key: messageKey(parent), content: { kind: 'empty', text }, text: '', expanded: null };
}

/** Whether a relation's name, or `schema.name` when a dot was typed, holds the filter. */
export function matchesFilter(table: Pick<Table, 'schema' | 'name'>, filter: string): boolean {
  const wanted = filter.toLowerCase();
  if (table.name.toLowerCase().includes(wanted)) return true;
  return wanted.includes('.') && `${table.schema}.${table.name}`.toLowerCase().includes(wanted);
}
