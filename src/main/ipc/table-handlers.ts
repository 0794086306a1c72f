import type { TableDataService } from '../services/table-data/table-data-service';
import type { Handlers } from './answer';

type TableHandlers = Pick<Handlers, Extract<keyof Handlers, `table:${string}`>>;

/** Which method answers which channel of browsing rows. */
export function createTableHandlers(tables: TableDataService): TableHandlers {
  return {
    'table:describe': ({ connectionId, relation }) => tables.describe(connectionId, relation),
    'table:read-page': ({ connectionId, ...request }) => tables.readPage(connectionId, request),
    'table:read-on': ({ tabId, streamId, maxRows }) => tables.readOn(tabId, streamId, maxRows),
    'table:close-stream': ({ tabId }) => tables.closeStream(tabId),
    'table:estimate-rows': ({ connectionId, ...request }) =>
      tables.counts.estimate(connectionId, request),
    'table:count-rows': ({ connectionId, ...request }) =>
      tables.counts.exact(connectionId, request),
    'table:count-up-to': ({ connectionId, ...request }) =>
      tables.counts.upTo(connectionId, request),
    'table:cancel': ({ readId }) => tables.cancel(readId),
  };
}
