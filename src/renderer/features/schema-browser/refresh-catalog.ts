import { call } from '../../api/postern';
import type { Catalog } from './catalog';
import { inTurn, load, loadTablesOf } from './catalog-load';
import { catalogOf, updateCatalog } from './catalog-store';
import type { LoadRequest } from './tree-node';

/** What was read before goes on to be found where the server cannot be asked; the tree says why. */
async function refreshSearch(connectionId: string): Promise<void> {
  await call('search:refresh', { connectionId }).catch(() => undefined);
}

/** Refreshes that are under way, and those that wait for them, by connection id. */
const current = new Map<string, Promise<void>>();
const next = new Map<string, Promise<void>>();

/**
 * Reads the top of the catalog and every part that was read before once more. One refresh of
 * a connection at a time, so that no older answer comes last; all that are asked for meanwhile are
 * one that follows.
 */
export function refreshCatalog(connectionId: string): Promise<void> {
  const running = current.get(connectionId);
  if (running === undefined) return refresh(connectionId);
  const waiting = next.get(connectionId);
  if (waiting !== undefined) return waiting;
  const following = running.then(() => {
    next.delete(connectionId);
    return refresh(connectionId);
  });
  next.set(connectionId, following);
  return following;
}

function refresh(connectionId: string): Promise<void> {
  const work = Promise.all([refreshTree(connectionId), refreshSearch(connectionId)]).then(() => {
    current.delete(connectionId);
    return undefined;
  });
  current.set(connectionId, work);
  return work;
}

async function refreshTree(connectionId: string): Promise<void> {
  await load(connectionId, { kind: 'schemas' });
  const { schemas } = catalogOf(connectionId);
  if (schemas?.status === 'ready') {
    const names = new Set(schemas.value.map(({ name }) => name));
    updateCatalog(connectionId, (catalog) => withoutSchemas(catalog, (name) => !names.has(name)));
  }
  const { tables, schemaObjects, server } = catalogOf(connectionId);
  await loadTablesOf(connectionId, Object.keys(tables));
  await inTurn<LoadRequest>(
    [
      { kind: 'databases' },
      ...Object.keys(schemaObjects).map((schema): LoadRequest => ({
        kind: 'schema-objects',
        schema,
      })),
      ...(server === undefined ? [] : [{ kind: 'server' } as const]),
    ],
    (request) => load(connectionId, request),
  );
  await refreshRelations(connectionId);
}

/** The columns of relations that are still there; of those that are not, nothing is kept. */
async function refreshRelations(connectionId: string): Promise<void> {
  updateCatalog(connectionId, withoutGoneRelations);
  const read = Object.values(catalogOf(connectionId).tableInfos).flatMap(
    ({ value }) => value ?? [],
  );
  await inTurn(read, async ({ table: { schema, name: table } }) => {
    await load(connectionId, { kind: 'table-info', schema, table });
    await load(connectionId, { kind: 'attachments', schema, table });
  });
}

/** Without what was read of schemas that are gone: asking for it again would only fail. */
function withoutSchemas(catalog: Catalog, isGone: (schema: string) => boolean): Partial<Catalog> {
  return {
    tables: withoutKeys(catalog.tables, isGone),
    schemaObjects: withoutKeys(catalog.schemaObjects, isGone),
  };
}

function withoutGoneRelations({ tables, tableInfos, attachments }: Catalog): Partial<Catalog> {
  const gone = new Set(
    Object.entries(tableInfos)
      .filter(([, { value }]) => value !== undefined && !isListed(tables, value.table))
      .map(([key]) => key),
  );
  const isGone = (key: string): boolean => gone.has(key);
  return {
    tableInfos: withoutKeys(tableInfos, isGone),
    attachments: withoutKeys(attachments, isGone),
  };
}

function isListed(
  tables: Catalog['tables'],
  { schema, name }: { readonly schema: string; readonly name: string },
): boolean {
  const listed = tables[schema];
  if (listed === undefined) return false;
  // What could not be listed may still be there.
  return listed.value === undefined || listed.value.some((table) => table.name === name);
}

function withoutKeys<T>(
  parts: Readonly<Record<string, T>>,
  isGone: (key: string) => boolean,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(parts).filter(([key]) => !isGone(key)));
}
