import type { totalCalls } from '@shared/ipc/total-calls';
import type { RowTotals } from '../services/query/results/row-totals';
import type { Handlers } from './answer';

/** Which method answers which channel of counting rows. */
export function createTotalHandlers(totals: RowTotals): Pick<Handlers, keyof typeof totalCalls> {
  return {
    'query:estimate-total': ({ connectionId, ...request }) =>
      totals.estimate(connectionId, request),
    'query:count-total': ({ connectionId, ...request }) => totals.count(connectionId, request),
    'query:cancel-total': ({ readId }) => totals.cancel(readId),
  };
}
