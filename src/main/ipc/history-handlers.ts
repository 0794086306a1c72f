import type { QueryHistory } from '../services/history/query-history';
import type { Handlers } from './answer';

type HistoryHandlers = Pick<Handlers, Extract<keyof Handlers, `history:${string}`>>;

/** Which method answers which channel of the history. */
export function createHistoryHandlers(history: QueryHistory): HistoryHandlers {
  return {
    'history:list': (query) => history.list(query),
    'history:get-text': ({ id }) => history.getText(id),
    'history:remove': ({ id }) => history.remove(id),
    'history:restore': ({ id }) => history.restore(id),
    'history:clear': ({ workspace }) => history.clear(workspace),
  };
}
