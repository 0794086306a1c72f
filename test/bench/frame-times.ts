import type { CDPSession, Page } from '@playwright/test';

/**
 * What a stretch of time looked like from inside a page. Milliseconds. A frame is counted from the tick
 * of the screen that it was made for (what requestAnimationFrame tells), as that is when it can be seen:
 * the moment at which its callback runs depends on what else the machine does meanwhile.
 */
export interface FrameTimes {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  /** Frames of a hundred before which at least one tick of the screen went by without any. */
  readonly latePercent: number;
  /**
   * From the tick of a frame until the page's thread has done all of it: 95 of 100 took less. Where it
   * is more than a frame, what is seen follows the hand a frame later; none is lost.
   */
  readonly doneP95: number;
  /** Tasks of more than 50 ms (Long Tasks API). */
  readonly longTasks: number;
  /** Work of the page's main thread for each frame: all of it, and what of it is which. */
  readonly task: number;
  readonly script: number;
  readonly style: number;
  readonly layout: number;
}

/** One and a half frames at the 60 Hz of a virtual screen, milliseconds. */
const lateFrame = 25;

/** The value below which a share of sorted numbers lies; 0 of none. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Measures the frames of a page while `work` goes on. */
export async function measureFrames(
  page: Page,
  session: CDPSession,
  work: () => Promise<unknown>,
): Promise<FrameTimes> {
  const recording = await page.evaluateHandle(() => {
    const deltas: number[] = [];
    const done: number[] = [];
    let begin = 0;
    // A message that is sent in a frame comes once its style, layout and paint are through.
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => void done.push(performance.now() - begin));
    port1.start();
    let longTasks = 0;
    let last: number | null = null;
    let isRecording = true;
    const observer = new PerformanceObserver((list) => {
      longTasks += list.getEntries().length;
    });
    observer.observe({ entryTypes: ['longtask'] });
    const frame = (time: number): void => {
      begin = time;
      port2.postMessage(null);
      if (last !== null) deltas.push(time - last);
      last = time;
      if (isRecording) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    return {
      end: () => {
        isRecording = false;
        observer.disconnect();
        port1.close();
        return { deltas, done, longTasks };
      },
    };
  });
  const before = await durations(session);
  await work();
  const after = await durations(session);
  const { deltas, done, longTasks } = await recording.evaluate((recorder) => recorder.end());
  const sorted = deltas.toSorted((a, b) => a - b);
  const each = (name: string): number =>
    (((after.get(name) ?? 0) - (before.get(name) ?? 0)) * 1000) / sorted.length;
  return {
    count: sorted.length,
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    max: sorted.at(-1) ?? 0,
    latePercent: (sorted.filter((delta) => delta > lateFrame).length / sorted.length) * 100,
    doneP95: percentile(
      done.toSorted((a, b) => a - b),
      0.95,
    ),
    longTasks,
    task: each('TaskDuration'),
    script: each('ScriptDuration'),
    style: each('RecalcStyleDuration'),
    layout: each('LayoutDuration'),
  };
}

/** How long the page's main thread has worked at what, in seconds. */
async function durations(session: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { metrics } = await session.send('Performance.getMetrics');
  return new Map(metrics.map(({ name, value }) => [name, value]));
}
