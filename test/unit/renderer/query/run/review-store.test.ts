import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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

  it('is overdue after two minutes, where it is still open', () => {
    noteReview('tab', reviewed);
    vi.advanceTimersByTime(119_000);
    expect(open()?.isOverdue).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(open()?.isOverdue).toBe(true);

    noteReview('tab', { ...reviewed, review: { ...review } });
    vi.advanceTimersByTime(60_000);
    updateRun('tab', { transaction: 'idle' });
    updateRun('tab', { transaction: 'open' });
    noteReview('tab', { ...reviewed, review: { ...review } });
    vi.advanceTimersByTime(60_000);
    expect(open()?.isOverdue).toBe(false);
    updateRun('tab', { transaction: 'idle' });
    vi.advanceTimersByTime(600_000);
    expect(open()).toBeUndefined();
  });

  it('takes note of what runs in it later, not of what was declined', () => {
    noteReview('tab', declined);
    expect(open()).toBeUndefined();
    noteReview('tab', reviewed);
    noteReview('tab', declined);
    expect(open()?.hasGrown).toBe(false);
  });
});
