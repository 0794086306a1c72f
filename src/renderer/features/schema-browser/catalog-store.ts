import { create } from 'zustand';
import { call, errorData } from '../../api/postern';
import {
  databasesKey,
  emptyCatalog,
  relationKey,
  schemaKey,
  serverKey,
  type Catalog,
} from './catalog';
import type { Loadable } from './loadable';
import type { LoadRequest, TreeRow } from './tree-node';

/** Calls for schemas' relations that a filter may have under way at once. */
const filterConcurrency = 3;

/** The catalogs of the open connections, by connection id. */
export const useCatalogs = create<{ readonly catalogs: Readonly<Record<string, Catalog>> }>(() => ({
  catalogs: {},
}));

/** The catalog as it stands; an empty one before anything was read. */
export function catalogOf(connectionId: string): Catalog {
  return useCatalogs.getState().catalogs[connectionId] ?? emptyCatalog;
}

/** Changes a connection's catalog. */
export function updateCatalog(
  connectionId: string,
  change: (catalog: Catalog) => Partial<Catalog>,
): void {
  useCatalogs.setState(({ catalogs }) => {
    const catalog = catalogs[connectionId] ?? emptyCatalog;
    return { catalogs: { ...catalogs, [connectionId]: { ...catalog, ...change(catalog) } } };
  });
}

/** Drops the catalogs of connections that are closed. */
export function keepCatalogs(connectionIds: readonly string[]): void {
  useCatalogs.setState(({ catalogs }) => ({
    catalogs: Object.fromEntries(
      Object.entries(catalogs).filter(([id]) => connectionIds.includes(id)),
    ),
  }));
}

async function read<T>(
  ask: () => Promise<T>,
  previous: Loadable<T> | undefined,
  put: (loadable: Loadable<T>) => void,
): Promise<void> {
  const kept = previous?.value === undefined ? {} : { value: previous.value };
  put({ status: 'loading', ...kept });
  try {
    put({ status: 'ready', value: await ask() });
  } catch (error) {
    put({ status: 'failed', error: errorData(error), ...kept });
  }
}

/** Reads one part of the catalog, or reads it again. A failure is kept where the part would be. */
export async function load(connectionId: string, request: LoadRequest): Promise<void> {
  const catalog = catalogOf(connectionId);
  const update = (change: (catalog: Catalog) => Partial<Catalog>): void =>
    updateCatalog(connectionId, change);
  switch (request.kind) {
    case 'schemas':
      return read(
        () => call('catalog:list-schemas', { connectionId }),
        catalog.schemas,
        (schemas) => update(() => ({ schemas })),
      );
    case 'databases':
      return read(
        () => call('catalog:list-databases', { connectionId }),
        catalog.databases,
        (databases) => update(() => ({ databases })),
      );
    case 'server':
      return read(
        () => call('catalog:list-server-objects', { connectionId }),
        catalog.server,
        (server) => update(() => ({ server })),
      );
    case 'schema-objects': {
      const { schema } = request;
      return read(
        () => call('catalog:list-schema-objects', { connectionId, schema }),
        catalog.schemaObjects[schema],
        (objects) =>
          update((latest) => ({ schemaObjects: { ...latest.schemaObjects, [schema]: objects } })),
      );
    }
    case 'attachments': {
      const { schema, table } = request;
      const key = relationKey({ schema, name: table });
      return read(
        () => call('catalog:get-table-attachments', { connectionId, schema, table }),
        catalog.attachments[key],
        (part) => update((latest) => ({ attachments: { ...latest.attachments, [key]: part } })),
      );
    }
    case 'tables': {
      const { schema } = request;
      return read(
        () => call('catalog:list-tables', { connectionId, schema }),
        catalog.tables[schema],
        (tables) => update((latest) => ({ tables: { ...latest.tables, [schema]: tables } })),
      );
    }
    case 'table-info': {
      const { schema, table } = request;
      const key = relationKey({ schema, name: table });
      return read(
        () => call('catalog:get-table-info', { connectionId, schema, table }),
        catalog.tableInfos[key],
        (info) => update((latest) => ({ tableInfos: { ...latest.tableInfos, [key]: info } })),
      );
    }
  }
}

/** Schemas whose relations are read at once when a database is opened. */
const eagerSchemas = 8;
/** Relations up to which every schema that has any is unfolded at once. */
const unfoldedRelations = 60;

/** Reads the top of a catalog and unfolds what a person most likely wants to see. */
export async function openCatalog(connectionId: string): Promise<void> {
  const { schemas: known } = catalogOf(connectionId);
  if (known !== undefined && known.status !== 'failed') return;
  void load(connectionId, { kind: 'databases' });
  await load(connectionId, { kind: 'schemas' });
  const names = (catalogOf(connectionId).schemas?.value ?? [])
    .filter(({ isSystem, canUse }) => !isSystem && canUse)
    .map(({ name }) => name);
  const eager = names.length <= eagerSchemas ? names : names.filter((name) => name === 'public');
  await inTurn(eager, (schema) => load(connectionId, { kind: 'tables', schema }));
  const { tables } = catalogOf(connectionId);
  for (const name of schemasToUnfold(eager, (schema) => tables[schema]?.value?.length ?? 0)) {
    setExpanded(connectionId, schemaKey(name), true);
    void loadOnce(connectionId, { kind: 'schema-objects', schema: name });
  }
}

/** All schemas with relations where those are few; public, or else the first, where they are many. */
export function schemasToUnfold(
  names: readonly string[],
  countOf: (name: string) => number,
): readonly string[] {
  const filled = names.filter((name) => countOf(name) > 0);
  const total = filled.reduce((sum, name) => sum + countOf(name), 0);
  if (total <= unfoldedRelations) return filled;
  return filled.includes('public') ? ['public'] : filled.slice(0, 1);
}

/** Unfolds or folds the line with a key, whether it is there or not. */
export function setExpanded(connectionId: string, key: string, isExpanded: boolean): void {
  updateCatalog(connectionId, ({ expanded }) => {
    const next = new Set(expanded);
    if (isExpanded) next.add(key);
    else next.delete(key);
    return { expanded: next };
  });
}

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

function partOf(catalog: Catalog, request: LoadRequest): Loadable<unknown> | undefined {
  switch (request.kind) {
    case 'schemas':
    case 'databases':
    case 'server':
      return catalog[request.kind];
    case 'tables':
      return catalog.tables[request.schema];
    case 'schema-objects':
      return catalog.schemaObjects[request.schema];
    case 'table-info':
      return catalog.tableInfos[relationKey({ schema: request.schema, name: request.table })];
    case 'attachments':
      return catalog.attachments[relationKey({ schema: request.schema, name: request.table })];
  }
}

/** Reads a part of the catalog that was not read yet. */
export async function loadOnce(connectionId: string, request: LoadRequest): Promise<void> {
  if (partOf(catalogOf(connectionId), request) === undefined) await load(connectionId, request);
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

/** What was read before goes on to be found where the server cannot be asked; the tree says why. */
async function refreshSearch(connectionId: string): Promise<void> {
  await call('search:refresh', { connectionId }).catch(() => undefined);
}

/** Reads the top of the catalog and every part that was read before once more. */
export async function refreshCatalog(connectionId: string): Promise<void> {
  const { tables, tableInfos, schemaObjects, server } = catalogOf(connectionId);
  const requests: LoadRequest[] = [
    { kind: 'schemas' },
    { kind: 'databases' },
    ...Object.keys(tables).map((schema): LoadRequest => ({ kind: 'tables', schema })),
    ...Object.keys(schemaObjects).map((schema): LoadRequest => ({
      kind: 'schema-objects',
      schema,
    })),
    ...Object.values(tableInfos).flatMap(({ value }): LoadRequest[] => {
      if (value === undefined) return [];
      const { schema, name: table } = value.table;
      return [
        { kind: 'table-info', schema, table },
        { kind: 'attachments', schema, table },
      ];
    }),
    ...(server === undefined ? [] : [{ kind: 'server' } as const]),
  ];
  await Promise.all([
    inTurn(requests, (request) => load(connectionId, request)),
    refreshSearch(connectionId),
  ]);
}

/** Sets the filter and reads the schemas that it has not seen yet, a few at a time. */
export async function setFilter(connectionId: string, filter: string): Promise<void> {
  updateCatalog(connectionId, () => ({ filter }));
  if (filter === '') return;
  const { schemas, showSystem, tables } = catalogOf(connectionId);
  const unread = (schemas?.value ?? []).filter(
    ({ name, canUse, isSystem }) =>
      canUse && (showSystem || !isSystem) && tables[name] === undefined,
  );
  await inTurn(unread, async ({ name }) => {
    const catalog = catalogOf(connectionId);
    if (catalog.filter === '' || catalog.tables[name] !== undefined) return;
    await load(connectionId, { kind: 'tables', schema: name });
  });
}

async function inTurn<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const work = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: filterConcurrency }, work));
}

/** Shows or hides the schemas of the system. */
export function toggleSystem(connectionId: string): void {
  updateCatalog(connectionId, ({ showSystem }) => ({ showSystem: !showSystem }));
  void setFilter(connectionId, catalogOf(connectionId).filter);
}
