import type { QueryRun } from '@shared/models/query-result';
import type { TransactionReview } from '@shared/models/transaction-review';
import { create } from 'zustand';
import { tabRun, useRuns } from './run-store';

/** After this time in a transaction others have waited long enough. Milliseconds. */
const patience = 2 * 60 * 1000;

/** A transaction that was left open for a person to look at and end. */
export interface OpenReview {
  readonly review: TransactionReview;
  /** Whether further statements ran in it since. */
  readonly hasGrown: boolean;
  /** Whether it has been open for more than two minutes. */
  readonly isOverdue: boolean;
}

interface ReviewStore {
  readonly reviews: Readonly<Record<string, OpenReview>>;
}

/** The open reviews, by tab id. */
export const useReviews = create<ReviewStore>(() => ({ reviews: {} }));

/** The open review of a tab, for rendering; null where there is none. */
export function useReview(tabId: string): OpenReview | null {
  return useReviews(({ reviews }) => reviews[tabId] ?? null);
}

/** Takes over what a run says of the review that it opened, or that it ran within. */
export function noteReview(tabId: string, { review, outcomes }: QueryRun): void {
  const open = useReviews.getState().reviews[tabId];
  if (review !== undefined) {
    const opened = { review, hasGrown: false, isOverdue: false };
    setReview(tabId, opened);
    setTimeout(() => noteOverdue(tabId, review), patience);
  } else if (open !== undefined && outcomes.some(({ status }) => status === 'done')) {
    setReview(tabId, { ...open, hasGrown: true });
  }
}

function noteOverdue(tabId: string, review: TransactionReview): void {
  const open = useReviews.getState().reviews[tabId];
  if (open?.review !== review) return;
  setReview(tabId, { ...open, isOverdue: true });
}

function setReview(tabId: string, review: OpenReview): void {
  useReviews.setState(({ reviews }) => ({ reviews: { ...reviews, [tabId]: review } }));
}

// However a transaction ends, its review ends with it.
useRuns.subscribe(() => {
  const { reviews } = useReviews.getState();
  const open = Object.entries(reviews).filter(([tabId]) => tabRun(tabId).transaction !== 'idle');
  if (open.length === Object.keys(reviews).length) return;
  useReviews.setState({ reviews: Object.fromEntries(open) });
});
