import { describe, expect, it } from 'vitest';
import { latencyBars, scaleOf } from '../../../../src/renderer/features/status-bar/latency-bars';
import { retryText } from '../../../../src/renderer/features/status-bar/reconnect';

const now = Date.parse('2026-05-01T10:05:00.000Z');
const sample = (secondsAgo: number, latencyMs: number | null) => ({
  at: new Date(now - secondsAgo * 1000).toISOString(),
  latencyMs,
});

describe('latencyBars', () => {
  it('puts checks on a line of five minutes, and leaves older ones out', () => {
    const bars = latencyBars(
      [sample(301, 1), sample(300, 1), sample(150, 5), sample(0, 10)],
      now,
      10,
    );
    expect(bars.map(({ x, height }) => [x, height])).toEqual([
      [0, 0.1],
      [0.5, 0.5],
      [1, 1],
    ]);
  });

  it('shows a check without an answer in full height, and a slow one as slow', () => {
    const bars = latencyBars([sample(10, null), sample(5, 251), sample(0, 250)], now, 500);
    expect(bars.map(({ tone, height }) => [tone, height])).toEqual([
      ['lost', 1],
      ['slow', 0.502],
      ['live', 0.5],
    ]);
  });
});

describe('scaleOf', () => {
  it.each([
    [[], 1],
    [[0.2], 1],
    [[1.5, 0.1], 2],
    [[47], 50],
    [[51], 100],
    [[100], 100],
    [[1200, null], 2000],
  ])('of %j is %d ms', (latencies, scale) => {
    expect(scaleOf(latencies.map((latencyMs) => sample(0, latencyMs)))).toBe(scale);
  });
});

describe('retryText', () => {
  it.each([
    [null, 'It is not tried again by itself.'],
    [0, 'Trying again now.'],
    [7, 'Trying again in 7 s.'],
  ])('of %j seconds', (seconds, text) => expect(retryText(seconds)).toBe(text));
});
