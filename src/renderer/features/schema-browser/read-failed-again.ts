import { relationOf } from './catalog';
import { inTurn, load, loadTablesOf } from './catalog-load';
import { catalogOf } from './catalog-store';
import type { Loadable } from './loadable';
import { openCatalog } from './open-catalog';
import type { LoadRequest } from './tree-node';

/** Reads again what of the catalog could not be read, and nothing else. */
export async function readFailedAgain(connectionId: string): Promise<void> {
  const { databases, schemas, server, tables, schemaObjects, tableInfos, attachments } =
    catalogOf(connectionId);
  // What belongs to them was never asked for.
  if (schemas?.status === 'failed' && schemas.value === undefined) return openCatalog(connectionId);
  await loadTablesOf(connectionId, failedOf(tables));
  const requests: LoadRequest[] = [
    ...(schemas?.status === 'failed' ? [{ kind: 'schemas' } as const] : []),
    ...(databases?.status === 'failed' ? [{ kind: 'databases' } as const] : []),
    ...(server?.status === 'failed' ? [{ kind: 'server' } as const] : []),
    ...failedOf(schemaObjects).map((schema) => ({ kind: 'schema-objects', schema }) as const),
    ...failedOf(tableInfos).map((key) => ofRelation('table-info', key)),
    ...failedOf(attachments).map((key) => ofRelation('attachments', key)),
  ];
  await inTurn(requests, (request) => load(connectionId, request));
}

function ofRelation(kind: 'table-info' | 'attachments', key: string): LoadRequest {
  const { schema, table } = relationOf(key);
  return { kind, schema, table };
}

const failedOf = (parts: Readonly<Record<string, Loadable<unknown>>>): string[] =>
  Object.entries(parts).flatMap(([key, { status }]) => (status === 'failed' ? [key] : []));
