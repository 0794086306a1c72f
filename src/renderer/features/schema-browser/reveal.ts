import { groupOfKind, type SearchHit } from '@shared/models/search';
import {
  columnKey,
  folderKey,
  partitionsKey,
  relationKey,
  schemaKey,
  sequencesKey,
} from './catalog';
import { loadOnce } from './catalog-load';
import { catalogOf, setExpanded, updateCatalog } from './catalog-store';
import { itemKey } from './tree-node';

type Revealed = Pick<SearchHit, 'kind' | 'oid' | 'schema' | 'name' | 'relation'>;

/** Unfolds the tree down to an object, reading what it must, and makes it the active line. */
export async function revealObject(connectionId: string, hit: Revealed): Promise<void> {
  await loadOnce(connectionId, { kind: 'schemas' });
  const { schemas, showSystem } = catalogOf(connectionId);
  const schema = schemas?.value?.find(({ name }) => name === hit.schema);
  updateCatalog(connectionId, () => ({
    filter: '',
    showSystem: showSystem || schema?.isSystem === true,
  }));
  if (hit.kind === 'schema') {
    show(connectionId, schemaKey(hit.name));
    return;
  }
  setExpanded(connectionId, schemaKey(hit.schema), true);
  await Promise.all([
    loadOnce(connectionId, { kind: 'tables', schema: hit.schema }),
    loadOnce(connectionId, { kind: 'schema-objects', schema: hit.schema }),
  ]);
  const folder = folderOf(hit);
  if (folder === null) {
    await revealInRelation(connectionId, hit);
    return;
  }
  setExpanded(connectionId, folder, true);
  show(connectionId, itemKey(folder, { id: String(hit.oid), name: hit.name }));
}

/** The folder of a routine or a type; null for what belongs to a relation. */
function folderOf({ kind, schema }: Revealed): string | null {
  const group = groupOfKind[kind];
  if (group === 'routine') return folderKey('Functions', schema);
  return group === 'type' ? folderKey('Types', schema) : null;
}

async function revealInRelation(connectionId: string, hit: Revealed): Promise<void> {
  const { schema } = hit;
  const name = hit.relation ?? hit.name;
  const key = relationKey({ schema, name });
  unfoldFolders(connectionId, schema, name);
  if (hit.kind !== 'column') {
    show(connectionId, key);
    return;
  }
  setExpanded(connectionId, key, true);
  await Promise.all([
    loadOnce(connectionId, { kind: 'table-info', schema, table: name }),
    loadOnce(connectionId, { kind: 'attachments', schema, table: name }),
  ]);
  show(connectionId, columnKey({ schema, name }, hit.name));
}

/** A sequence is in a folder of its schema, a partition in one of its parent. */
function unfoldFolders(connectionId: string, schema: string, name: string): void {
  const tables = catalogOf(connectionId).tables[schema]?.value ?? [];
  let table = tables.find((candidate) => candidate.name === name);
  if (table?.kind === 'sequence') setExpanded(connectionId, sequencesKey(schema), true);
  while (table?.partitionOf?.schema === schema) {
    const parent = table.partitionOf;
    table = tables.find((candidate) => candidate.name === parent.name);
    if (table === undefined) return;
    setExpanded(connectionId, relationKey(table), true);
    setExpanded(connectionId, partitionsKey(table), true);
  }
}

function show(connectionId: string, key: string): void {
  updateCatalog(connectionId, () => ({ activeKey: key, revealKey: key }));
}
