import { setTimeout as delay } from 'node:timers/promises';
import type { CDPSession, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBenchApp, type BenchApp } from './desktop-app';
import { type FrameTimes, measureFrames } from './frame-times';

/** Rows of the result; BENCH_ROWS makes them fewer. */
const rowCount = Number(process.env['BENCH_ROWS'] ?? 10_000_000);
const columnCount = 50;
const gestureSeconds = 4;

/** Numbers, texts, NULLs and longer texts in turn. */
const columns = Array.from({ length: columnCount - 1 }, (_, index) => {
  const name = `c${index + 2}`;
  switch (index % 4) {
    case 0:
      return `n % ${index + 7} as ${name}`;
    case 1:
      return `'t' || n % 100 as ${name}`;
    case 2:
      return `nullif(n % 5, 0) as ${name}`;
    default:
      return `case n % 3 when 0 then 'a note' else 'other' end as ${name}`;
  }
});

let app: BenchApp;

beforeAll(async () => {
  app = await openBenchApp();
});
afterAll(() => app.close());

/** What is scrolled: its page, and where its view lies in it, CSS pixels. */
interface Scrolled {
  readonly page: Page;
  readonly session: CDPSession;
  readonly area: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
}

const gestures: Readonly<Record<string, (scrolled: Scrolled) => Promise<unknown>>> = {
  'wheel, 2,000 px/s': (scrolled) => scroll(scrolled, 2_000),
  'fling, 30,000 px/s': (scrolled) => scroll(scrolled, 30_000),
  'thumb drag': dragThumb,
  'sideways, 1,500 px/s': (scrolled) => scroll(scrolled, 1_500, 'xDistance'),
};

/** Turns the wheel with a steady speed, once a frame. */
function scroll(
  { session, area }: Scrolled,
  speed: number,
  axis: 'xDistance' | 'yDistance' = 'yDistance',
): Promise<unknown> {
  return session.send('Input.synthesizeScrollGesture', {
    x: (area.left + area.right) / 2,
    y: (area.top + area.bottom) / 2,
    [axis]: -speed * gestureSeconds,
    speed,
    gestureSourceType: 'mouse',
  });
}

/** Takes the thumb at the top of the scroll bar and pulls it down, unevenly as a hand does. */
async function dragThumb({ page, area }: Scrolled): Promise<void> {
  const x = area.right - 5;
  const way = (area.bottom - area.top - 60) / 2;
  await page.mouse.move(x, area.top + 10);
  await page.mouse.down();
  const steps = gestureSeconds * 60;
  for (let step = 1; step <= steps; step += 1) {
    const progress = (1 - Math.cos((step / steps) * Math.PI)) / 2;
    await page.mouse.move(x, area.top + 10 + way * progress);
    await delay(12);
  }
  await page.mouse.up();
}

/** The rows of the application. */
async function openGrid(): Promise<Scrolled> {
  const { window } = app;
  await app.run(`select n as c1, ${columns.join(', ')} from generate_series(1, ${rowCount}) as n`);
  const grid = window.getByRole('grid');
  await grid.getByRole('gridcell').first().waitFor();
  await window.getByRole('button', { name: 'Read all rows' }).click();
  const total = rowCount.toLocaleString('en');
  await window.getByText(`${total} rows`).first().waitFor({ timeout: 600_000 });
  await enlarge(window);
  const box = await grid.boundingBox();
  if (box === null) throw new Error('The grid is not shown.');
  const area = {
    left: box.x,
    top: box.y + 42,
    right: box.x + box.width,
    bottom: box.y + box.height,
  };
  return { page: window, session: await enabledSession(window), area };
}

/** Gives the rows most of the window. */
async function enlarge(window: Page): Promise<void> {
  const box = await window.getByTestId('results').boundingBox();
  if (box === null) throw new Error('The results are not shown.');
  await window.mouse.move(box.x + 200, box.y - 1);
  await window.mouse.down();
  await window.mouse.move(box.x + 200, 180, { steps: 5 });
  await window.mouse.up();
}

/** An empty page with a box that the browser scrolls by itself: what this machine can do at all. */
async function openBaseline(): Promise<Scrolled> {
  const opened = app.electron.waitForEvent('window');
  await app.electron.evaluate(({ BrowserWindow }) => {
    const window = new BrowserWindow({ useContentSize: true, width: 1280, height: 800 });
    const lines = 'repeating-linear-gradient(#fff 0 25px, #ddd 25px 26px)';
    const page = `<body style="margin:0"><div style="height:100vh;overflow:auto"><div style="width:5000px;height:16000000px;background:${lines}">`;
    void window.loadURL(`data:text/html,${encodeURIComponent(page)}`);
  });
  const page = await opened;
  await page.waitForLoadState('load');
  const area = { left: 0, top: 0, right: 1280, bottom: 800 };
  return { page, session: await enabledSession(page), area };
}

async function enabledSession(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return session;
}

async function measureAll(scrolled: Scrolled): Promise<Map<string, FrameTimes>> {
  const measured = new Map<string, FrameTimes>();
  for (const [name, gesture] of Object.entries(gestures)) {
    const { page, session } = scrolled;
    measured.set(name, await measureFrames(page, session, () => gesture(scrolled)));
  }
  return measured;
}

it(`frames while ${rowCount.toLocaleString('en')} rows of ${columnCount} columns are scrolled`, async () => {
  const grid = await measureAll(await openGrid());
  const baseline = await measureAll(await openBaseline());
  const round = (value: number): number => Number(value.toFixed(2));
  for (const [name, times] of grid) {
    const floor = baseline.get(name);
    if (floor === undefined) continue;
    expect(times.count).toBeGreaterThan(gestureSeconds * 10);
    console.log(name);
    console.table({
      'grid (ms)': mapValues(times, round),
      'empty page (ms)': mapValues(floor, round),
      ratio: {
        p50: round(times.p50 / floor.p50),
        p95: round(times.p95 / floor.p95),
        max: round(times.max / floor.max),
      },
    });
  }
});

function mapValues(times: FrameTimes, change: (value: number) => number): Record<string, number> {
  return Object.fromEntries(
    Object.entries(times).map(([name, value]: [string, number]) => [name, change(value)]),
  );
}
