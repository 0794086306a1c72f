import type { SearchHit } from '@shared/models/search';
import { columnKey, relationKey, schemaKey, sequencesKey, partitionsKey } from './catalog';
import { catalogOf, load, setExpanded, updateCatalog } from './catalog-store';

type Revealed = Pick<SearchHit, 'kind' | 'schema' | 'name' | 'relation'>;

/** Unfolds the tree down to an object, reading what it must, and makes it the active line. */
export async function revealObject(connectionId: string, hit: Revealed): Promise<void> {
  const { schemas, showSystem } = catalogOf(connectionId);
  if (schemas?.value === undefined) await load(connectionId, { kind: 'schemas' });
  const schema = catalogOf(connectionId).schemas?.value?.find(({ name }) => name === hit.schema);
  updateCatalog(connectionId, () => ({
    filter: '',
    showSystem: showSystem || schema?.isSystem === true,
  }));
  if (hit.kind === 'schema') return show(connectionId, schemaKey(hit.name));
  setExpanded(connectionId, schemaKey(hit.schema), true);
  const name = hit.relation ?? hit.name;
  if (catalogOf(connectionId).tables[hit.schema]?.value === undefined) {
    await load(connectionId, { kind: 'tables', schema: hit.schema });
  }
  unfoldFolders(connectionId, hit.schema, name);
  const key = relationKey({ schema: hit.schema, name });
  if (hit.kind !== 'column') return show(connectionId, key);
  setExpanded(connectionId, key, true);
  if (catalogOf(connectionId).tableInfos[key]?.value === undefined) {
    await load(connectionId, { kind: 'table-info', schema: hit.schema, table: name });
  }
  show(connectionId, columnKey({ schema: hit.schema, name }, hit.name));
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
