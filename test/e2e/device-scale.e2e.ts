import type { Locator, Page } from '@playwright/test';
import { expect, test } from './launch';

test.setTimeout(240_000);

/**
 * Chromium lays out 33,554,431 physical pixels, which are 1.3 million rows or fewer. The arithmetic is
 * tested with 50 million rows at each scale; here they are read at the one whose limit is nearest.
 */
const cases = [
  { scale: 1, count: 5_000_000 },
  { scale: 1.25, count: 5_000_000 },
  { scale: 2, count: 50_000_000 },
];

for (const { scale, count } of cases) {
  test(`rows far beyond what Chromium lays out, at device scale ${scale}`, async ({
    launch,
    database,
  }) => {
    const { user, host, port } = database.settings;
    const password = encodeURIComponent((await database.settings.password()) ?? '');
    const { window } = await launch({
      args: [`--force-device-scale-factor=${scale}`],
      env: { DATABASE_URL: `postgres://${user}:${password}@${host}:${port}/${database.name}` },
    });
    expect(await window.evaluate(() => devicePixelRatio)).toBe(scale);
    await window.getByRole('button', { name: /DATABASE_URL/ }).click();
    await window.getByRole('textbox', { name: /SQL/ }).click();
    await window.keyboard.insertText(`select generate_series(1, ${count}) as n`);
    await window.keyboard.press('Control+Enter');
    const grid = window.getByRole('grid');
    await expect(grid.getByRole('gridcell', { name: '1', exact: true })).toBeVisible();
    await grid.focus();

    await test.step('a row that was not read is read up to, and reading can be stopped', async () => {
      await goToRow(window, count - 1);
      const progress = window.getByText(/rows read, Esc to stop/);
      await expect(progress).toBeVisible();
      await window.keyboard.press('Escape');
      await expect(progress).toBeHidden();
      await window.keyboard.press('Escape');
    });

    await test.step('the row before the last', async () => {
      await goToRow(window, count - 1);
      await expect(cell(grid, count - 1)).toBeInViewport({ timeout: 180_000 });
      await expectShown(window, count - 1);
    });

    await test.step('keys move by exactly one row', async () => {
      await window.keyboard.press('ArrowUp');
      await expect(selected(window)).toHaveText(String(count - 2));
      await window.keyboard.press('ArrowDown');
      await window.keyboard.press('ArrowDown');
      await expect(selected(window)).toHaveText(String(count));
    });

    await test.step('the wheel moves by exactly its pixels', async () => {
      await goToRow(window, count / 2);
      const [before = 0] = await expectShown(window, count / 2);
      const down = await wheel(window, 20);
      await expect.poll(async () => (await shownRows(window))[0]).toBe(before + down);
      const up = await wheel(window, -4);
      await expect.poll(async () => (await shownRows(window))[0]).toBe(before + down + up);
    });

    await test.step('the ends of the scroll bar are the first and the last row', async () => {
      await dragThumb(window, 'end');
      await expectShown(window, count);
      await dragThumb(window, 'start');
      await expectShown(window, 1);
      await grid.focus();
      await window.keyboard.press('Control+End');
      await expectShown(window, count);
      await window.keyboard.press('Control+Home');
      await expectShown(window, 1);
    });
  });
}

const cell = (grid: Locator, row: number): Locator =>
  grid.getByRole('gridcell', { name: String(row), exact: true });

const selected = (window: Page): Locator =>
  window.getByRole('grid').getByRole('gridcell', { selected: true });

async function goToRow(window: Page, row: number): Promise<void> {
  await window.getByRole('grid').focus();
  await window.keyboard.press('Control+G');
  await window.keyboard.insertText(String(row));
  await window.keyboard.press('Enter');
}

/** Waits until a row is in view, and resolves with all that are. */
async function expectShown(window: Page, row: number): Promise<number[]> {
  await expect.poll(() => shownRows(window), { timeout: 60_000 }).toContain(row);
  return shownRows(window);
}

/** Turns the wheel by about so many rows; resolves with those that the page was told of. */
async function wheel(window: Page, rows: number): Promise<number> {
  const grid = window.getByRole('grid');
  const row = await grid.locator('[role=rowgroup] [role=row]').first().boundingBox();
  const box = await grid.boundingBox();
  if (row === null || box === null) throw new Error('The grid is not shown.');
  // The scale has a part in what a page is told of a wheel: what counts is what it then does.
  const told = await window.evaluateHandle(() => ({
    deltaY: new Promise<number>((resolve) => {
      document.addEventListener('wheel', ({ deltaY }) => resolve(deltaY), { once: true });
    }),
  }));
  await window.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await window.mouse.wheel(0, rows * row.height);
  return (await told.evaluate(({ deltaY }) => deltaY)) / row.height;
}

async function dragThumb(window: Page, to: 'start' | 'end'): Promise<void> {
  const box = await window.getByRole('grid').boundingBox();
  if (box === null) throw new Error('The grid is not shown.');
  const x = box.x + box.width - 5;
  // Below the header and above the bar that scrolls sideways.
  const start = box.y + 42 + 8;
  const end = box.y + box.height - 8;
  await window.mouse.move(x, to === 'end' ? await thumbY(window, start, end) : end);
  await window.mouse.down();
  await window.mouse.move(x, to === 'end' ? end + 200 : start - 200, { steps: 8 });
  await window.mouse.up();
}

/** Where the thumb of the scroll bar stands: it is as far on its way as the rows are. */
async function thumbY(window: Page, start: number, end: number): Promise<number> {
  const share = await window.evaluate(() => {
    const viewport = document.querySelector('[role=grid] [role=rowgroup]');
    const scroller = viewport?.parentElement?.parentElement?.parentElement;
    if (scroller == null) throw new Error('There is nothing that scrolls.');
    return scroller.scrollTop / (scroller.scrollHeight - scroller.clientHeight);
  });
  return start + (end - start) * share;
}

/** The values of the rows in view from top to bottom, each beside its row's number and its index. */
async function shownRows(window: Page): Promise<number[]> {
  return window.evaluate(() => {
    const grid = document.querySelector('[role=grid]');
    const body = grid?.querySelector('[role=rowgroup]')?.getBoundingClientRect();
    const shown: { readonly top: number; readonly value: number }[] = [];
    for (const row of grid?.querySelectorAll('[role=rowgroup] [role=row]') ?? []) {
      const number = Number(row.querySelector('[role=rowheader]')?.textContent);
      const text = row.querySelector('[role=gridcell]')?.textContent ?? '';
      // It is on its way.
      if (text === '') continue;
      const value = Number(text);
      const { top } = row.getBoundingClientRect();
      if (body === undefined || row.matches('[hidden]') || top < body.top - 30) continue;
      if (number !== value || Number(row.ariaRowIndex) !== value + 1) {
        throw new Error(`Row ${number} shows ${value} at index ${row.ariaRowIndex}.`);
      }
      if (top < body.bottom) shown.push({ top, value });
    }
    return shown.toSorted((a, b) => a.top - b.top).map(({ value }) => value);
  });
}
