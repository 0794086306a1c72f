import type { SearchService } from '../services/search/search-service';
import type { Handlers } from './answer';

type SearchHandlers = Pick<Handlers, Extract<keyof Handlers, `search:${string}`>>;

/** Which method answers which channel of the search. */
export function createSearchHandlers(search: SearchService): SearchHandlers {
  return {
    'search:query': ({ connectionId, ...query }) => search.search(connectionId, query),
    'search:refresh': ({ connectionId }) => search.refresh(connectionId),
  };
}
