import { loadTablesOf } from './catalog-load';
import { catalogOf, updateCatalog } from './catalog-store';

/** Sets the filter and reads the schemas that it has not seen yet. */
export async function setFilter(connectionId: string, filter: string): Promise<void> {
  updateCatalog(connectionId, () => ({ filter }));
  if (filter === '') return;
  const { schemas, showSystem, tables } = catalogOf(connectionId);
  const unread = (schemas?.value ?? []).filter(
    ({ name, canUse, isSystem }) =>
      canUse && (showSystem || !isSystem) && tables[name] === undefined,
  );
  await loadTablesOf(
    connectionId,
    unread.map(({ name }) => name),
    () => catalogOf(connectionId).filter !== '',
  );
}

/** Shows or hides the schemas of the system. */
export function toggleSystem(connectionId: string): void {
  updateCatalog(connectionId, ({ showSystem }) => ({ showSystem: !showSystem }));
  void setFilter(connectionId, catalogOf(connectionId).filter);
}
