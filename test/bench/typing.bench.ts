import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBenchApp, type BenchApp } from './desktop-app';
import { percentile } from './frame-times';

const kilobyte = 1024;
const typed = 'select id, name from customer where balance > 10 order by name; ';
/** Milliseconds between two keys: a quick typist's, and pauses in which the worker and the save begin. */
const pauses = [45, 60, 80, 120, 260, 700];

let app: BenchApp;

beforeAll(async () => {
  app = await openBenchApp();
});
afterAll(() => app.close());

/** A script of about so many bytes: many statements of a few lines. */
function script(bytes: number): string {
  const parts: string[] = [];
  let length = 0;
  for (let n = 0; length < bytes; n += 1) {
    const part = `-- Order ${n}\ninsert into shop.order_items (order_id, item, price, note)\nvalues (${n}, 'item ${n}', ${n % 100}.50, 'some words about it');\n\n`;
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
}

/** Puts a text into the editor as a paste does, with the cursor some pages down. */
async function paste(window: Page, text: string, pages: number): Promise<void> {
  await app.electron.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
  await window.getByRole('textbox', { name: /SQL/ }).click();
  await window.keyboard.press('Control+A');
  await window.keyboard.press('Control+V');
  await window.keyboard.press('Control+Home');
  // The worker has told the places of the statements once the mark stands beside one.
  await window.locator('.cm-statementBar').first().waitFor({ timeout: 60_000 });
  for (let page = 0; page < pages; page += 1) await window.keyboard.press('PageDown');
  await delay(1_500);
}

/** Milliseconds of each key, sorted. */
interface KeyTimes {
  /** From the key event to the frame that shows it. */
  readonly paint: readonly number[];
  /** The part of it in which the page works: from the event to the end of all that it starts at once. */
  readonly work: readonly number[];
}

async function measureKeys(window: Page): Promise<KeyTimes> {
  const recording = await window.evaluateHandle(() => {
    const paint: number[] = [];
    const work: number[] = [];
    const channel = new MessageChannel();
    let painted = (): void => undefined;
    channel.port1.addEventListener('message', () => painted());
    channel.port1.start();
    document.addEventListener(
      'keydown',
      ({ timeStamp }) => {
        setTimeout(() => work.push(performance.now() - timeStamp));
        requestAnimationFrame(() => {
          painted = () => paint.push(performance.now() - timeStamp);
          // The first task after the frame's.
          channel.port2.postMessage(null);
        });
      },
      { capture: true },
    );
    return {
      end: () => {
        const sort = (times: number[]): number[] => times.toSorted((a, b) => a - b);
        return { paint: sort(paint), work: sort(work) };
      },
    };
  });
  let index = 0;
  for (let round = 0; round < 2; round += 1) {
    for (const key of typed) {
      await window.keyboard.press(key === ' ' ? 'Space' : key);
      await delay(pauses[index % pauses.length] ?? 0);
      index += 1;
    }
    await window.keyboard.press('Enter');
  }
  await delay(500);
  return recording.evaluate((recorder) => recorder.end());
}

it('keys in a text of 5 MB beside keys in one of 1 KB', async () => {
  const { window } = app;
  const rows = new Map<string, KeyTimes>();
  for (const [name, bytes, pages] of [
    ['1 KB', kilobyte, 1],
    ['5 MB', 5 * kilobyte * kilobyte, 20],
  ] as const) {
    await paste(window, script(bytes), pages);
    rows.set(name, await measureKeys(window));
  }
  const small = rows.get('1 KB');
  const large = rows.get('5 MB');
  if (small === undefined || large === undefined) throw new Error('Nothing was measured.');
  expect(large.paint.length).toBeGreaterThan(typed.length);
  const line = (times: readonly number[]): number[] => [
    percentile(times, 0.5),
    percentile(times, 0.95),
    times.at(-1) ?? 0,
  ];
  const table = (kind: keyof KeyTimes): object => {
    const [few, many] = [line(small[kind]), line(large[kind])];
    return Object.fromEntries(
      ['p50', 'p95', 'worst'].map((name, index) => [
        name,
        {
          '1 KB (ms)': few[index]?.toFixed(1),
          '5 MB (ms)': many[index]?.toFixed(1),
          ratio: ((many[index] ?? 0) / (few[index] ?? 1)).toFixed(2),
        },
      ]),
    );
  };
  console.log('From the key to the frame that shows it');
  console.table(table('paint'));
  console.log('Work of the page for a key');
  console.table(table('work'));
});
