import { beforeEach, describe, expect, it } from 'vitest';
import { takeOverLoss } from '../../../../../src/renderer/features/query/run/lost-sessions';
import {
  tabRun,
  updateRun,
  useRuns,
} from '../../../../../src/renderer/features/query/run/run-store';

const running = {
  executionId: 'e',
  connectionId: 'c',
  startedAt: 0,
  progress: null,
  isCancelling: false,
  isAsking: false,
};

beforeEach(() => useRuns.setState({ runs: {} }));

describe('takeOverLoss', () => {
  it.each(['open', 'failed'] as const)('ends a transaction that is %s', (transaction) => {
    updateRun('a', { connectionId: 'c', transaction });
    takeOverLoss('c', 'a');
    expect(tabRun('a')).toMatchObject({
      transaction: 'idle',
      transactionMessage: 'Rolled back: the session was lost',
    });
  });

  it('tells that what its transaction did is undone', () => {
    const base = { title: '', range: null, notices: [], durationMs: 1 } as const;
    const update = { ...base, kind: 'command', commandTag: 'UPDATE 3', rowCount: 3 } as const;
    updateRun('a', { connectionId: 'c', transaction: 'open', outcomes: [{ ...update, id: 'u' }] });
    takeOverLoss('c', 'a');
    expect(tabRun('a').outcomes).toEqual([{ ...update, id: 'u', isUndone: true }]);
  });

  it('tells it at once while a question about a run is open', () => {
    updateRun('a', {
      connectionId: 'c',
      transaction: 'open',
      running: { ...running, isAsking: true },
    });
    takeOverLoss('c', 'a');
    expect(tabRun('a')).toMatchObject({
      transaction: 'idle',
      transactionMessage: 'Rolled back: the session was lost',
    });
  });

  it('says nothing of a transaction where none was open', () => {
    updateRun('a', { connectionId: 'c', transactionMessage: 'Committed' });
    takeOverLoss('c', 'a');
    expect(tabRun('a').transactionMessage).toBe('Committed');
  });

  it('leaves a run under way, and another connection, to tell it themselves', () => {
    updateRun('a', { connectionId: 'c', transaction: 'open', running });
    updateRun('b', { connectionId: 'another', transaction: 'open' });
    takeOverLoss('c', 'a');
    takeOverLoss('c', 'b');
    expect(tabRun('a').transaction).toBe('open');
    expect(tabRun('b').transaction).toBe('open');
  });
});
