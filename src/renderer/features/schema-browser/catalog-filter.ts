import { loadTablesOf, schemasPerCall } from './catalog-load';
import { catalogOf, updateCatalog } from './catalog-store';

/** Sets the filter and reads the schemas that it has not seen yet. */
export async function setFilter(connectionId: string, filter: string): Promise<void> {
  updateCatalog(connectionId, () => ({ filter }));
  for (;;) {
    const schemas = schemasToRead(connectionId).slice(0, schemasPerCall);
    if (schemas.length === 0) return;
    await loadTablesOf(connectionId, schemas);
  }
}

/** What the filter would look through and nobody has asked for yet; nothing without a filter. */
function schemasToRead(connectionId: string): string[] {
  const { filter, schemas, showSystem, tables } = catalogOf(connectionId);
  if (filter === '') return [];
  return (schemas?.value ?? [])
    .filter(
      ({ name, canUse, isSystem }) =>
        canUse && (showSystem || !isSystem) && tables[name] === undefined,
    )
    .map(({ name }) => name);
}

/** Shows or hides the schemas of the system. */
export function toggleSystem(connectionId: string): void {
  updateCatalog(connectionId, ({ showSystem }) => ({ showSystem: !showSystem }));
  void setFilter(connectionId, catalogOf(connectionId).filter);
}
