import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { HistoryEntry } from '../../../../src/shared/models/query-history';

const { call } = vi.hoisted(() => ({
  call: vi.fn<(channel: string, request: never) => unknown>(),
}));
// The bridge to main is not there under Node.
vi.mock('../../../../src/renderer/api/postern', () => ({
  call,
  errorData: (error: Error) => ({ kind: 'Internal', message: error.message }),
}));

const { openHistory, readOnHistory, removeEntry, useShownHistory } =
  await import('../../../../src/renderer/features/history/history-store');

const entry = (number: number): HistoryEntry => ({
  id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  at: '2026-05-01T10:00:00.000Z',
  workspace: 'w',
  connection: 'c',
  text: `select ${number}`,
  isCut: false,
  statements: 1,
  end: null,
});
const all = Array.from({ length: 6 }, (_, index) => entry(index));
const shownTexts = () => useShownHistory.getState().shown?.entries?.map(({ text }) => text);

describe('the history that is shown', () => {
  let kept: HistoryEntry[];
  beforeEach(() => {
    kept = [...all];
    call.mockReset();
    call.mockImplementation((channel, request: { offset?: number; id?: string }) => {
      if (channel === 'history:remove') kept = kept.filter(({ id }) => id !== request.id);
      if (channel !== 'history:list') return Promise.resolve();
      const offset = request.offset ?? 0;
      return Promise.resolve({ entries: kept.slice(offset, offset + 3), total: kept.length });
    });
  });

  it('keeps the place of whoever has scrolled on when an entry is removed', async () => {
    openHistory(null);
    await vi.waitFor(() => expect(shownTexts()).toHaveLength(3));
    readOnHistory();
    await vi.waitFor(() => expect(shownTexts()).toHaveLength(6));
    await removeEntry(entry(1));
    expect(shownTexts()).toEqual(['select 0', 'select 2', 'select 3', 'select 4', 'select 5']);
    expect(useShownHistory.getState().shown?.total).toBe(5);
  });

  it('asks for the rest once, and never brings back what was removed meanwhile', async () => {
    openHistory(null);
    await vi.waitFor(() => expect(shownTexts()).toHaveLength(3));
    call.mockClear();
    readOnHistory();
    readOnHistory();
    expect(call).toHaveBeenCalledTimes(1);
    await removeEntry(entry(1));
    expect(shownTexts()).not.toContain('select 1');
    readOnHistory();
    await vi.waitFor(() => expect(shownTexts()).toHaveLength(5));
    expect(new Set(shownTexts()).size).toBe(5);
  });
});
