import type { resultCalls } from '@shared/ipc/result-calls';
import type { Services } from '../compose';
import { columnSources } from '../services/query/columns/column-sources';
import type { Handlers } from './answer';

/** Which service answers the channels of results; no logic of its own. */
export function createResultHandlers({
  database,
  events,
  registry,
}: Pick<Services, 'database' | 'events' | 'registry'>): Pick<Handlers, keyof typeof resultCalls> {
  return {
    'query:read-rows': async ({ resultId, from, count }) =>
      database.readRows(resultId, { from, count }),
    'query:read-cell': async ({ resultId, row, column }) =>
      database.readCell(resultId, { row, column }),
    'query:read-all': async ({ resultId }) =>
      database.readAll(resultId, ({ readRows }) =>
        events.send('query:read-progress', { resultId, readRows }),
      ),
    'query:stop-reading': async ({ resultId }) => database.stopReading(resultId),
    'query:describe-columns': async ({ connectionId, columns }) =>
      columnSources(registry.get(connectionId).pool, columns),
    'query:close-result': ({ resultId }) => database.closeResult(resultId),
  };
}
