import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useToasts } from '../../../../../src/renderer/components/toast-store';
import {
  noteReview,
  useReviews,
} from '../../../../../src/renderer/features/query/run/review-store';
import {
  dropRun,
  updateRun,
  useRuns,
} from '../../../../../src/renderer/features/query/run/run-store';
import type { QueryRun } from '../../../../../src/shared/models/query-result';

const review = { statements: [{ commandTag: 'DELETE 3', rows: 3, changes: true }], locks: [] };
const reviewed: QueryRun = { outcomes: [], transaction: 'open', review };
const declined: QueryRun = {
  outcomes: [{ status: 'declined', range: { from: 0, to: 1 } }],
  transaction: 'open',
};
const open = () => useReviews.getState().reviews['tab'];

beforeEach(() => {
  vi.useFakeTimers();
  useRuns.setState({ runs: {} });
  useReviews.setState({ reviews: {} });
  useToasts.setState({ toasts: [] });
  updateRun('tab', { transaction: 'open' });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a review', () => {
  it('ends with its transaction', () => {
    noteReview('tab', reviewed);
    expect(open()?.review).toEqual(review);
    updateRun('tab', { transaction: 'failed' });
    expect(open()).toBeDefined();
    updateRun('tab', { transaction: 'idle' });
    expect(open()).toBeUndefined();
  });

  it('ends with its tab', () => {
    noteReview('tab', reviewed);
    dropRun('tab');
    expect(open()).toBeUndefined();
  });

  it('reminds after two minutes, once and only while it is open', () => {
    noteReview('tab', reviewed);
    vi.advanceTimersByTime(119_000);
    expect(open()?.isOverdue).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(open()?.isOverdue).toBe(true);
    expect(useToasts.getState().toasts).toHaveLength(1);

    updateRun('tab', { transaction: 'idle' });
    updateRun('tab', { transaction: 'open' });
    noteReview('tab', { ...reviewed, review: { ...review } });
    updateRun('tab', { transaction: 'idle' });
    vi.advanceTimersByTime(600_000);
    expect(useToasts.getState().toasts).toHaveLength(1);
  });

  it('takes note of what runs in it later, not of what was declined', () => {
    noteReview('tab', declined);
    expect(open()).toBeUndefined();
    noteReview('tab', reviewed);
    noteReview('tab', declined);
    expect(open()?.hasGrown).toBe(false);
  });
});
