import { beforeEach, describe, expect, it } from 'vitest';
import { forgetClosedConnections } from '../../../../../src/renderer/features/query/run/forget-closed-connections';
import {
  setProgress,
  tabRun,
  updateRun,
  useRuns,
} from '../../../../../src/renderer/features/query/run/run-store';

const running = {
  executionId: 'e',
  connectionId: 'closed',
  startedAt: 0,
  progress: null,
  isCancelling: false,
  isAsking: false,
};

beforeEach(() => useRuns.setState({ runs: {} }));

describe('forgetClosedConnections', () => {
  it('drops the results of closed connections alone', () => {
    updateRun('a', { connectionId: 'open', shownId: 'kept' });
    updateRun('b', { connectionId: 'closed', shownId: 'dropped' });
    forgetClosedConnections(new Set(['open']));
    expect(tabRun('a').shownId).toBe('kept');
    expect(tabRun('b').shownId).toBeNull();
  });

  it('waits for a run that has not ended', () => {
    updateRun('a', { connectionId: 'closed', running });
    forgetClosedConnections(new Set());
    expect(tabRun('a').running).toEqual(running);
  });
});

describe('setProgress', () => {
  it('finds the run by its execution and ignores one that has ended', () => {
    updateRun('a', { running });
    setProgress('e', 2, 5);
    setProgress('another', 4, 5);
    expect(tabRun('a').running?.progress).toEqual({ completed: 2, total: 5 });
    updateRun('a', { running: null });
    setProgress('e', 3, 5);
    expect(tabRun('a').running).toBeNull();
  });
});
