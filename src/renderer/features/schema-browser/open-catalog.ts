import { schemaKey } from './catalog';
import { load, loadOnce, loadTablesOf } from './catalog-load';
import { catalogOf, setExpanded } from './catalog-store';

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
  await loadTablesOf(connectionId, eager);
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
