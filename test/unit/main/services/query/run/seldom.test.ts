import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seldom } from '../../../../../../src/main/services/query/run/seldom';

describe('seldom', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('hands on the latest report ten times a second, and the last of a quick series too', () => {
    const seen: number[] = [];
    const { report } = seldom((value: number) => seen.push(value));
    for (let value = 1; value <= 25; value += 1) {
      report(value);
      vi.advanceTimersByTime(10);
    }
    expect(seen).toEqual([10, 20]);
    vi.advanceTimersByTime(100);
    expect(seen).toEqual([10, 20, 25]);
    vi.advanceTimersByTime(1_000);
    expect(seen).toHaveLength(3);
  });

  it('hands on nothing of what ends sooner', () => {
    const handOn = vi.fn<(value: number) => void>();
    const { report, stop } = seldom(handOn);
    report(1);
    stop();
    vi.advanceTimersByTime(1_000);
    expect(handOn).not.toHaveBeenCalled();
  });
});
