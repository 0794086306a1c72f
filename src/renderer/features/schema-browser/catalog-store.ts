import { create } from 'zustand';
import { emptyCatalog, type Catalog } from './catalog';

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

/** Unfolds or folds the line with a key, whether it is there or not. */
export function setExpanded(connectionId: string, key: string, isExpanded: boolean): void {
  updateCatalog(connectionId, ({ expanded }) => {
    const next = new Set(expanded);
    if (isExpanded) next.add(key);
    else next.delete(key);
    return { expanded: next };
  });
}
