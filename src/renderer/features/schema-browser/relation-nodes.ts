import type { Sequence } from '@shared/models/sequence';
import type { Table, TableInfo } from '@shared/models/table';
import {
  columnKey,
  folderKey,
  partitionsKey,
  relationKey,
  sequencesKey,
  type Catalog,
} from './catalog';
import {
  checkItems,
  constraintItems,
  foreignKeyItems,
  indexItems,
  policyItems,
  referenceItems,
  ruleItems,
  statisticsItems,
  triggerItems,
} from './table-items';
import type { TreeItem } from './tree-item';
import { emptyNode, itemFolder, loaded, loadedQuietly, type TreeNode } from './tree-node';

/** The relations of a schema: tables, views, and sequences in a folder at the end. */
export function relationNodes(
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

/** A relation with its columns and, below them, folders for everything else that it has. */
export function relationNode(
  catalog: Catalog,
  table: Table,
  folders: readonly TreeNode[],
): TreeNode {
  const key = relationKey(table);
  // A sequence has no columns of its own.
  if (table.kind === 'sequence') {
    const sequence = sequenceOf(catalog, table);
    const content = { kind: 'relation', table, sequence } as const;
    return { key, content, text: table.name, expanded: null };
  }
  const { schema, name } = table;
  return {
    key,
    content: { kind: 'relation', table },
    text: name,
    expanded: catalog.expanded.has(key),
    children: () => [
      ...folders,
      ...loaded(
        catalog.tableInfos[key],
        key,
        { kind: 'table-info', schema, table: name },
        (info) => [...columnNodes(key, table, info), ...infoFolders(catalog, info)],
      ),
      ...loadedQuietly(
        catalog.attachments[key],
        key,
        { kind: 'attachments', schema, table: name },
        (attachments) => [
          ...tableFolder(catalog, table, 'Triggers', triggerItems(attachments)),
          ...tableFolder(catalog, table, 'Rules', ruleItems(attachments)),
          ...tableFolder(catalog, table, 'Policies', policyItems(table, attachments)),
        ],
      ),
    ],
  };
}

function sequenceOf(catalog: Catalog, table: Table): Sequence | undefined {
  const objects = catalog.schemaObjects[table.schema]?.value;
  return objects?.sequences.find(({ name }) => name === table.name);
}

function infoFolders(catalog: Catalog, info: TableInfo): readonly TreeNode[] {
  return [
    ...tableFolder(catalog, info.table, 'Indexes', indexItems(info)),
    ...tableFolder(catalog, info.table, 'Foreign keys', foreignKeyItems(info)),
    ...tableFolder(catalog, info.table, 'Referenced by', referenceItems(info)),
    ...tableFolder(catalog, info.table, 'Constraints', constraintItems(info)),
    ...tableFolder(catalog, info.table, 'Checks', checkItems(info)),
    ...tableFolder(catalog, info.table, 'Statistics', statisticsItems(info)),
  ];
}

function tableFolder(
  { expanded }: Catalog,
  { schema, name }: Table,
  label: string,
  items: readonly TreeItem[],
): readonly TreeNode[] {
  return itemFolder(expanded, folderKey(label, schema, name), label, items);
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
