import type { Schema } from '@shared/models/schema';
import type { Table } from '@shared/models/table';
import {
  databaseKey,
  databasesKey,
  folderKey,
  schemaKey,
  serverKey,
  type Catalog,
} from './catalog';
import type { Loadable } from './loadable';
import { relationNode, relationNodes } from './relation-nodes';
import { routineItems, typeItems } from './schema-items';
import { serverFolders } from './server-items';
import {
  emptyNode,
  itemFolder,
  loaded,
  loadedQuietly,
  type LoadRequest,
  type TreeNode,
  type TreeRow,
} from './tree-node';

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
  if (catalog.filter !== '') return schemas;
  return [...schemas, ...databaseNodes(catalog, currentDatabase), ...serverNodes(catalog)];
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
        list.length === 0 && isEmpty(catalog, schema.name)
          ? [emptyNode(key, 'Empty')]
          : [...relationNodes(catalog, schema.name, list), ...objectFolders(catalog, schema.name)],
      ),
  };
}

/** Whether a schema has nothing beside relations, as far as is known. */
function isEmpty({ schemaObjects }: Catalog, schema: string): boolean {
  const objects = schemaObjects[schema];
  if (objects?.status === 'failed') return false;
  const { routines = [], types = [] } = objects?.value ?? {};
  return routines.length + types.length === 0;
}

function objectFolders(catalog: Catalog, schema: string): readonly TreeNode[] {
  const folder = (label: string, items: Parameters<typeof itemFolder>[3]): readonly TreeNode[] =>
    itemFolder(catalog.expanded, folderKey(label, schema), label, items);
  return loadedQuietly(
    catalog.schemaObjects[schema],
    schemaKey(schema),
    { kind: 'schema-objects', schema },
    (objects) => [
      ...folder('Functions', routineItems(objects)),
      ...folder('Types', typeItems(objects)),
    ],
  );
}

function serverNodes(catalog: Catalog): readonly TreeNode[] {
  if (catalog.schemas?.value === undefined) return [];
  return [
    {
      key: serverKey,
      content: { kind: 'folder', label: 'Server', count: null },
      text: 'Server',
      expanded: catalog.expanded.has(serverKey),
      children: () =>
        loaded(catalog.server, serverKey, { kind: 'server' }, (server) =>
          serverFolders(server).flatMap(([label, items]) =>
            itemFolder(catalog.expanded, folderKey(label), label, items),
          ),
        ),
    },
  ];
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

/** Whether a relation's name, or `schema.name` when a dot was typed, holds the filter. */
export function matchesFilter(table: Pick<Table, 'schema' | 'name'>, filter: string): boolean {
  const wanted = filter.toLowerCase();
  if (table.name.toLowerCase().includes(wanted)) return true;
  return wanted.includes('.') && `${table.schema}.${table.name}`.toLowerCase().includes(wanted);
}
