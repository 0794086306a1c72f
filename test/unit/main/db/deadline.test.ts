import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Deadline, within } from '../../../../src/main/db/deadline';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const late = (): Error => new Error('late');

describe('Deadline', () => {
  it('passes after its time', () => {
    const deadline = new Deadline(100);
    const listener = vi.fn<() => void>();
    deadline.onPassed(listener);
    vi.advanceTimersByTime(99);
    deadline.check(late);
    vi.advanceTimersByTime(1);
    expect(listener).toHaveBeenCalledOnce();
    expect(() => deadline.check(late)).toThrow('late');
  });

  it('passes when its signal fires, and that is what counts from then on', () => {
    const abort = new AbortController();
    const deadline = new Deadline(100, abort.signal);
    const listener = vi.fn<() => void>();
    deadline.onPassed(listener);
    abort.abort();
    expect(listener).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(200);
    expect(() => deadline.check(late)).toThrow('cancelled');
  });

  it('has passed from the start when its signal has fired', () => {
    expect(() => new Deadline(0, AbortSignal.abort()).check(late)).toThrow('cancelled');
  });

  it('never passes without a time', () => {
    const deadline = new Deadline(0);
    vi.advanceTimersByTime(1e9);
    expect(() => deadline.check(late)).not.toThrow();
  });

  it('stops with clear', () => {
    const abort = new AbortController();
    const deadline = new Deadline(100, abort.signal);
    deadline.clear();
    vi.advanceTimersByTime(200);
    abort.abort();
    expect(() => deadline.check(late)).not.toThrow();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('no longer tells a listener that was taken off', () => {
    const deadline = new Deadline(100);
    const listener = vi.fn<() => void>();
    deadline.onPassed(listener)();
    vi.advanceTimersByTime(100);
    expect(listener).not.toHaveBeenCalled();
  });
});

describe('within', () => {
  it('is the work’s outcome when that comes first', async () => {
    expect(await within(100, Promise.resolve('done'), late)).toBe('done');
    await expect(within(100, Promise.reject(new Error('failed')), late)).rejects.toThrow('failed');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('raises when the time comes first', async () => {
    const failed = vi.fn<(error: unknown) => void>();
    void within(100, new Promise(() => undefined), late).catch(failed);
    await vi.advanceTimersByTimeAsync(99);
    expect(failed).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(failed).toHaveBeenCalledWith(new Error('late'));
  });
});
