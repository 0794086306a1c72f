import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { userAgent: '' });
vi.stubGlobal('window', { addEventListener: () => undefined });
const { activityOf, lossOnClosing } =
  await import('../../../../src/renderer/app/connection-activity');

const running = {
  executionId: 'e',
  connectionId: 'c',
  startedAt: 0,
  progress: null,
  isCancelling: false,
  isAsking: false,
};

describe('activityOf', () => {
  it('is idle without tabs and for tabs that never ran anything', () => {
    const idle = { running: 0, transactions: 0, transaction: 'idle' };
    expect(activityOf([])).toEqual(idle);
    expect(activityOf([undefined])).toEqual(idle);
  });

  it('counts what runs and shows the gravest transaction', () => {
    expect(
      activityOf([
        { running, transaction: 'open' },
        { running: null, transaction: 'failed' },
        { running: null, transaction: 'idle' },
        // Nothing was sent: closing loses nothing.
        { running: { ...running, isAsking: true }, transaction: 'idle' },
      ]),
    ).toEqual({ running: 1, transactions: 2, transaction: 'failed' });
  });
});

describe('lossOnClosing', () => {
  it('is null when nothing is under way', () => {
    expect(lossOnClosing(activityOf([{ running: null, transaction: 'idle' }]))).toBeNull();
  });

  it('names transactions and statements apart', () => {
    const loss = lossOnClosing({ running: 1, transactions: 2, transaction: 'open' });
    expect(loss).toBe('Closing rolls back 2 open transactions and cancels 1 running statement.');
  });

  it('names what there is alone', () => {
    const loss = lossOnClosing({ running: 0, transactions: 1, transaction: 'failed' });
    expect(loss).toBe('Closing rolls back 1 open transaction.');
  });
});
