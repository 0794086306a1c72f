import type { LatencySample } from '@shared/models/health';
import { slowMs } from './latency';

/** How much time the chart shows, in milliseconds. */
const chartSpanMs = 5 * 60_000;

/** One check as a bar: positions and sizes are fractions of the chart. */
export interface LatencyBar {
  readonly at: string;
  /** The left edge; 1 is now. */
  readonly x: number;
  readonly height: number;
  readonly tone: 'live' | 'slow' | 'lost';
}

/**
 * The checks of the last five minutes on a line of time, so that a gap shows as a gap. A check
 * without an answer is as high as the chart. `highestMs` is what the full height stands for.
 */
export function latencyBars(
  samples: readonly LatencySample[],
  now: number,
  highestMs: number,
): readonly LatencyBar[] {
  return samples.flatMap(({ at, latencyMs }) => {
    const x = 1 - (now - Date.parse(at)) / chartSpanMs;
    if (x < 0) return [];
    const tone = latencyMs === null ? 'lost' : latencyMs > slowMs ? 'slow' : 'live';
    return [
      { at, x: Math.min(x, 1), height: latencyMs === null ? 1 : latencyMs / highestMs, tone },
    ];
  });
}

/** The smallest of 1, 2, 5, 10, 20 … milliseconds that is no less than every answer. */
export function scaleOf(samples: readonly LatencySample[]): number {
  const highest = Math.max(1, ...samples.map(({ latencyMs }) => latencyMs ?? 0));
  const power = 10 ** Math.floor(Math.log10(highest));
  return ([1, 2, 5, 10].find((step) => step * power >= highest) ?? 10) * power;
}
