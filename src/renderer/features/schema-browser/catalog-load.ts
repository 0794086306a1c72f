import type { Table } from '@shared/models/table';
import { call, errorData } from '../../api/postern';
import { relationKey, type Catalog } from './catalog';
import { catalogOf, updateCatalog } from './catalog-store';
import type { Loadable } from './loadable';
import type { LoadRequest } from './tree-node';

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

/** Schemas whose relations are asked for in one call. */
export const schemasPerCall = 100;

/**
 * Reads the relations of many schemas, or reads them again, as many as one call takes at a time. A
 * failure is kept where the relations would be.
 */
export async function loadTablesOf(
  connectionId: string,
  schemas: readonly string[],
): Promise<void> {
  for (let at = 0; at < schemas.length; at += schemasPerCall) {
    await loadTablesAtOnce(connectionId, schemas.slice(at, at + schemasPerCall));
  }
}

async function loadTablesAtOnce(connectionId: string, schemas: readonly string[]): Promise<void> {
  const known = catalogOf(connectionId).tables;
  const put = (loadableOf: (schema: string) => Loadable<readonly Table[]>): void =>
    updateCatalog(connectionId, ({ tables }) => ({
      tables: { ...tables, ...Object.fromEntries(schemas.map((name) => [name, loadableOf(name)])) },
    }));
  const kept = (schema: string): { readonly value?: readonly Table[] } => {
    const value = known[schema]?.value;
    return value === undefined ? {} : { value };
  };
  put((schema) => ({ status: 'loading', ...kept(schema) }));
  try {
    const found = new Map<string, Table[]>(schemas.map((schema) => [schema, []]));
    const names = { connectionId, schemas: [...schemas] };
    for (const table of await call('catalog:list-tables-of-schemas', names)) {
      found.get(table.schema)?.push(table);
    }
    put((schema) => ({ status: 'ready', value: found.get(schema) ?? [] }));
  } catch (error) {
    put((schema) => ({ status: 'failed', error: errorData(error), ...kept(schema) }));
  }
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

/** Calls that a connection may have under way at once. */
const concurrency = 3;

/** Does something with each item, a few at a time, in their order. */
export async function inTurn<T>(
  items: readonly T[],
  run: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const work = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}
