import type { SavedQueryStore } from '../storage/saved-query-store';
import type { Handlers } from './answer';

type SavedQueryHandlers = Pick<Handlers, Extract<keyof Handlers, `saved-query:${string}`>>;

/** Which method answers which channel of saved queries. */
export function createSavedQueryHandlers(savedQueries: SavedQueryStore): SavedQueryHandlers {
  return {
    'saved-query:list': () => savedQueries.list(),
    'saved-query:get-text': ({ id }) => savedQueries.getText(id),
    'saved-query:save': (draft) => savedQueries.save(draft),
    'saved-query:rename': ({ id, name }) => savedQueries.rename(id, name),
    'saved-query:remove': ({ id }) => savedQueries.remove(id),
    'saved-query:restore': ({ id }) => savedQueries.restore(id),
  };
}
