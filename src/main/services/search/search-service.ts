import { setImmediate } from 'node:timers/promises';
import type { SearchAnswer, SearchHit } from '@shared/models/search';
import { markedPlaces } from '@shared/search/name-match';
import type { Queryable } from '../../db/statements/queryable';
import type { ConnectionRegistry } from '../connections/connection-registry';
import type { OpenConnection } from '../connections/open-connection';
import { readCatalogObjects } from './read-objects';
import {
  nameOfEntry,
  objectOfEntry,
  refOfEntry,
  SearchIndexBuilder,
  type SearchIndex,
} from './search-index';
import { searchNames, type SearchQuery } from './search-names';

/** Milliseconds of building after which other work of the process has its turn. */
const turnMs = 6;

interface ConnectionSearch {
  index: Promise<SearchIndex>;
  /** Counts the searches: only the latest goes on. */
  latest: number;
  /** Counts the refreshes: an older one, which knows less, may end later. */
  refreshes: number;
}

/** Finds anything in the database of a connection by its name. */
export class SearchService {
  readonly #connections: ConnectionRegistry;
  /** An index lives as long as its connection is open. */
  readonly #searches = new WeakMap<OpenConnection, ConnectionSearch>();

  constructor(connections: ConnectionRegistry) {
    this.#connections = connections;
  }

  /**
   * The best hits, within one keystroke once the catalog is read, which the first search does. Stops
   * the connection's search before it. Raises DatabaseError.
   */
  async search(connectionId: string, query: SearchQuery): Promise<SearchAnswer> {
    const connection = this.#connections.get(connectionId);
    const search = this.#searchOf(connection);
    search.latest += 1;
    const own = search.latest;
    const isGivenUp = (): boolean => search.latest !== own;
    const index = await search.index;
    const found = isGivenUp() ? null : await searchNames(index, query, isGivenUp);
    if (found === null) return { hits: [], total: 0, isSuperseded: true };
    const hits = found.best.map(({ entry, score }): SearchHit => {
      const object = objectOfEntry(index, entry);
      const name = nameOfEntry(index, entry);
      return {
        ...refOfEntry(index, entry),
        schema: nameOfEntry(index, index.schemas[object] ?? 0),
        relation: entry === object ? null : nameOfEntry(index, object),
        name,
        arguments: index.arguments.get(entry) ?? null,
        canUse: index.usable[object] === 1,
        score,
        marks: markedPlaces(name, found.name),
      };
    });
    return { hits, total: found.total, isSuperseded: false };
  }

  /** Reads the catalog anew, where it was read before; the old index answers until then. Raises DatabaseError. */
  async refresh(connectionId: string): Promise<void> {
    const connection = this.#connections.get(connectionId);
    const search = this.#searches.get(connection);
    if (search === undefined) return;
    search.refreshes += 1;
    const own = search.refreshes;
    const index = await buildIndex(connection.pool);
    if (search.refreshes === own) search.index = Promise.resolve(index);
  }

  #searchOf(connection: OpenConnection): ConnectionSearch {
    const known = this.#searches.get(connection);
    if (known !== undefined) return known;
    const search: ConnectionSearch = {
      index: buildIndex(connection.pool),
      latest: 0,
      refreshes: 0,
    };
    this.#searches.set(connection, search);
    // Asked for again the next time.
    search.index.catch(() => this.#searches.delete(connection));
    return search;
  }
}

/** Reads the catalog into an index, in turns. Raises DatabaseError. */
export async function buildIndex(db: Queryable): Promise<SearchIndex> {
  const builder = new SearchIndexBuilder();
  let turn = performance.now();
  for await (const object of readCatalogObjects(db)) {
    builder.add(object);
    if (performance.now() - turn < turnMs) continue;
    await setImmediate();
    turn = performance.now();
  }
  return builder.finish();
}
