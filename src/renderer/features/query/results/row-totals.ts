import type { ParameterValues } from '@shared/models/query-parameter';
import { createStore, type StoreApi } from 'zustand';
import { call, errorData } from '../../../api/postern';
import type { RowSource } from '../../../components/grid/row-source';
import { showToast } from '../../../components/toast-store';

/** What is known of the rows of a statement that were not read. */
export interface KnownTotal {
  /** The planner's; null where there is none. */
  readonly estimate: number | null;
  /** Counted, as digits. */
  readonly exact: string | null;
  /** Names the count under way. */
  readonly countingId: string | null;
  readonly canCount: boolean;
  readonly wasAsked: boolean;
}

/** The statement whose rows are shown. */
export interface CountedStatement {
  readonly connectionId: string;
  readonly tabId: string;
  readonly statement: string;
  readonly parameters: ParameterValues | undefined;
}

const unknown: KnownTotal = {
  estimate: null,
  exact: null,
  countingId: null,
  canCount: false,
  wasAsked: false,
};

/** Gone with the rows that they belong to. */
const totals = new WeakMap<RowSource, StoreApi<KnownTotal>>();

/** What is known of a result's rows; it changes while someone asks or counts. */
export function totalOf(source: RowSource): StoreApi<KnownTotal> {
  let total = totals.get(source);
  if (total === undefined) {
    total = createStore(() => unknown);
    totals.set(source, total);
  }
  return total;
}

/** Asks the planner once how many rows a result has. */
export async function estimateTotal(source: RowSource, statement: CountedStatement): Promise<void> {
  const store = totalOf(source);
  if (store.getState().wasAsked) return;
  store.setState({ wasAsked: true });
  try {
    const readId = crypto.randomUUID();
    const { total, canCount } = await call('query:estimate-total', {
      ...request(statement),
      readId,
    });
    store.setState({ estimate: total.kind === 'estimated' ? total.rows : null, canCount });
  } catch {
    // Without an answer no number is shown: the rows are here all the same.
  }
}

/** Counts the rows of a result exactly. It never rejects. */
export async function countTotal(source: RowSource, statement: CountedStatement): Promise<void> {
  const store = totalOf(source);
  if (store.getState().countingId !== null) return;
  const countingId = crypto.randomUUID();
  store.setState({ countingId });
  try {
    const total = await call('query:count-total', { ...request(statement), readId: countingId });
    if (total.kind === 'exact') store.setState({ exact: String(total.rows) });
  } catch (error) {
    const data = errorData(error);
    if (data.kind !== 'Cancelled') {
      showToast({ tone: 'danger', message: `Not counted: ${data.message}` });
    }
  } finally {
    store.setState({ countingId: null });
  }
}

/** Stops counting. */
export function cancelCount(source: RowSource): void {
  const { countingId } = totalOf(source).getState();
  if (countingId === null) return;
  call('query:cancel-total', { readId: countingId }).catch((error: unknown) => {
    showToast({ tone: 'danger', message: `Not cancelled: ${errorData(error).message}` });
  });
}

const request = ({ parameters, ...rest }: CountedStatement) => ({
  ...rest,
  ...(parameters !== undefined && { parameters }),
});
