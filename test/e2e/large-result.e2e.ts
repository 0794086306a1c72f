import type { Page } from '@playwright/test';
import { expect, test } from './launch';

test.setTimeout(180_000);

const count = 300_000;

test('a result of 300,000 rows from its first row to the last and back by the keyboard', async ({
  launch,
  database,
}) => {
  const { settings } = database;
  const { window } = await launch({
    env: {
      DATABASE_URL: `postgres://${settings.user}:${encodeURIComponent((await settings.password()) ?? '')}@${settings.host}:${settings.port}/${settings.database}`,
    },
  });
  await window.getByRole('button', { name: /DATABASE_URL/ }).click();
  await expect(window.getByRole('tree')).toBeVisible();
  await run(window, `select n, 'row ' || n as name from generate_series(1, ${count}) as n`);

  const grid = window.getByRole('grid');
  const results = window.getByTestId('results');
  const cell = (text: string) => grid.getByRole('gridcell', { name: text, exact: true });

  await expect(cell('row 1')).toBeVisible();
  await expect(results.getByText(/\+ rows/)).toBeVisible();
  await grid.focus();
  await window.keyboard.press('ArrowDown');

  await test.step('Control+End reads all rows and goes to the last', async () => {
    await window.keyboard.press('Control+End');
    await expect(results.getByText('300,000 rows')).toBeVisible({ timeout: 60_000 });
    await expect(cell(`row ${count}`)).toBeVisible();
    await expect(cell(String(count))).toBeVisible();
    await expect(grid).toHaveAttribute('aria-rowcount', String(count + 1));
  });

  await test.step('every row on the way back is the right one', async () => {
    await window.keyboard.press('PageUp');
    await window.keyboard.press('PageUp');
    const shown = grid.getByRole('row').filter({ hasText: /row \d/ });
    await expect.poll(() => shown.count()).toBeGreaterThan(8);
    for (const text of await shown.allTextContents()) {
      expect(text).toMatch(/^(\d+)\1row \1$/u);
    }
  });

  await test.step('Control+Home goes to the first row again', async () => {
    await window.keyboard.press('Control+Home');
    await expect(cell('row 1')).toBeVisible();
    await expect(cell('row 2')).toBeVisible();
  });
});

/** Replaces the editor's text, as typing would, and runs it. */
async function run(window: Page, sql: string): Promise<void> {
  await window.getByRole('textbox', { name: /SQL/ }).click();
  await window.keyboard.press('Control+A');
  await window.keyboard.insertText(sql);
  await window.keyboard.press('Control+Enter');
}
