import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openBenchApp, type BenchApp } from './desktop-app';

/**
 * Memory of the whole application, main and window, above what it has before a result is read: the
 * rows are scrolled through from the first to the last, so that each is in the window once.
 */

/** Rows of the large result; POSTERN_BENCH_ROWS makes them more or fewer. */
const manyRows = Number(process.env['POSTERN_BENCH_ROWS'] ?? 1_000_000);
const fewRows = 10_000;
/** Rows between two stops: an answer of main holds more. */
const stepRows = 1_000;
const kilobytes = 1024;
/** Between two looks at the memory, in milliseconds. */
const lookMs = 100;

/** Resident memory by process, in megabytes. */
interface Memory {
  readonly main: number;
  readonly window: number;
}

async function memoryOf(app: BenchApp): Promise<Memory> {
  const metrics = await app.electron.evaluate(({ app: electronApp }) =>
    electronApp.getAppMetrics().map(({ type, memory }) => ({ type, size: memory.workingSetSize })),
  );
  const sizeOf = (wanted: string): number =>
    metrics.reduce((sum, { type, size }) => sum + (type === wanted ? size : 0), 0) / kilobytes;
  return { main: sizeOf('Browser'), window: sizeOf('Tab') };
}

/** Looks at the memory until it is told to end; resolves with the most that each process had. */
function watchMemory(app: BenchApp): { end(): Promise<Memory> } {
  const over = new AbortController();
  const watch = async (): Promise<Memory> => {
    let most: Memory = { main: 0, window: 0 };
    while (!over.signal.aborted) {
      const now = await memoryOf(app);
      most = { main: Math.max(most.main, now.main), window: Math.max(most.window, now.window) };
      await delay(lookMs);
    }
    return most;
  };
  const watching = watch();
  return {
    end() {
      over.abort();
      return watching;
    },
  };
}

/** The memory of an application that does nothing: what its start has left behind is given back. */
async function idleMemory(app: BenchApp): Promise<Memory> {
  let least = await memoryOf(app);
  for (let look = 0; look < 20; look += 1) {
    await delay(lookMs);
    const now = await memoryOf(app);
    least = { main: Math.min(least.main, now.main), window: Math.min(least.window, now.window) };
  }
  return least;
}

/** Scrolls to a share of the way and resolves when the rows there are drawn. */
function scrollTo(app: BenchApp, share: number): Promise<void> {
  return app.window.evaluate(async (at) => {
    const grid = document.querySelector('[role="grid"]');
    const scroller = [...(grid?.querySelectorAll('*') ?? [])].find(
      ({ scrollHeight, clientHeight }) => scrollHeight > clientHeight * 4,
    );
    if (scroller === undefined) throw new Error('There is nothing to scroll.');
    const frame = (): Promise<unknown> => new Promise((done) => void requestAnimationFrame(done));
    scroller.scrollTop = at * (scroller.scrollHeight - scroller.clientHeight);
    await frame();
    const isWaiting = (): boolean =>
      [...(grid?.querySelectorAll('[role="gridcell"]') ?? [])].every(
        ({ textContent }) => textContent === '',
      );
    for (let frames = 0; isWaiting() && frames < 600; frames += 1) await frame();
  }, share);
}

interface Measured {
  readonly idle: Memory;
  readonly peak: Memory;
  readonly stepMs: number;
}

async function measure(count: number): Promise<Measured> {
  const app = await openBenchApp();
  try {
    const { window } = app;
    const grid = window.getByRole('grid');
    // What showing any result takes is part of idle.
    await app.run('select 1 as n');
    await grid.getByRole('gridcell').first().waitFor();
    const idle = await idleMemory(app);
    const memory = watchMemory(app);
    await app.run(
      `select n, n * 7 as a, 'row ' || n as b, md5(n::text) as c from generate_series(1, ${count}) as n`,
    );
    await window.getByRole('button', { name: 'Read all rows' }).click();
    await window
      .getByText(`${count.toLocaleString('en')} rows`)
      .first()
      .waitFor({ timeout: 600_000 });
    const steps = Math.ceil(count / stepRows);
    const startedAt = performance.now();
    for (let step = 0; step <= steps; step += 1) await scrollTo(app, step / steps);
    const stepMs = (performance.now() - startedAt) / steps;
    // The last row was there.
    await window
      .getByRole('gridcell', { name: String(count), exact: true })
      .first()
      .waitFor({ timeout: 10_000 });
    const peak = await memory.end();
    expect(app.problems).toEqual([]);
    return { idle, peak, stepMs };
  } finally {
    await app.close();
  }
}

it('memory of main and window above idle, scrolled through', async () => {
  const few = await measure(fewRows);
  const many = await measure(manyRows);
  // Nothing measured is nothing told.
  expect(Math.min(few.peak.main, few.peak.window, many.peak.main)).toBeGreaterThan(0);
  const line = ({ idle, peak, stepMs }: Measured): Record<string, string> => ({
    'main idle (MB)': idle.main.toFixed(0),
    'main above idle (MB)': (peak.main - idle.main).toFixed(0),
    'window idle (MB)': idle.window.toFixed(0),
    'window above idle (MB)': (peak.window - idle.window).toFixed(0),
    'one stop (ms)': stepMs.toFixed(1),
  });
  const above = ({ idle, peak }: Measured): number =>
    peak.main + peak.window - idle.main - idle.window;
  console.table({
    [fewRows.toLocaleString('en')]: line(few),
    [manyRows.toLocaleString('en')]: line(many),
  });
  console.table({
    'both above idle, most to few': (above(many) / above(few)).toFixed(2),
    'whole, most to few': (
      (many.peak.main + many.peak.window) /
      (few.peak.main + few.peak.window)
    ).toFixed(2),
  });
});
