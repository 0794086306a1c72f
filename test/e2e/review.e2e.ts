import type { Page } from '@playwright/test';
import { expect, test } from './launch';
import { NativeDialog } from './native-dialog';

const confirmationTitle = 'Postern: confirmation';
/** The focus begins on the checkbox; behind it are Cancel, "Run in a transaction and review" and Run. */
const review = ['Tab', 'Tab', 'Return'];

test.use({ hasSample: true });

test('a DELETE is tried in a transaction, looked at and rolled back', async ({ app }) => {
  const { window } = app;
  const results = window.getByTestId('results');
  const banner = window.getByRole('region', { name: 'Transaction under review' });

  await test.step('a table to lose', async () => {
    await window.getByRole('button', { name: 'Open the sample database' }).click();
    await expect(window.getByRole('tree')).toBeVisible({ timeout: 120_000 });
    await run(window, 'create table public.precious as select generate_series(1, 1234) as id;');
    await expect(results.getByText(/1,234 rows/).first()).toBeVisible();
  });

  await test.step('the question goes away when the run is cancelled, and nothing was sent', async () => {
    await run(window, 'delete from public.precious;');
    const dialog = await NativeDialog.appears(confirmationTitle);
    await expectToWait(window);
    await window.getByRole('button', { name: 'Waiting' }).click();
    await dialog.disappears();
    await expect(results).toContainText('It was cancelled before it was sent.');
  });

  await test.step('it runs, and says what it did and what it locks', async () => {
    await run(window, 'delete from public.precious;');
    const dialog = await NativeDialog.appears(confirmationTitle);
    await expectToWait(window);
    await dialog.press(...review);
    await dialog.disappears();
    await expect(banner).toContainText('Not committed yet. DELETE 1,234 rows');
    await banner.getByRole('button', { name: '1 lock' }).click();
    await expect(banner).toContainText('public.precious ROW EXCLUSIVE');
  });

  await test.step('the tab sees its own change', async () => {
    await run(window, 'select count(*) as here from public.precious;');
    await expect(window.getByRole('gridcell', { name: '0', exact: true })).toBeVisible();
    await expect(banner).toContainText('and what ran since');
  });

  await test.step('rolled back, every row is still there', async () => {
    await banner.getByRole('button', { name: 'Roll back' }).click();
    await expect(banner).toHaveCount(0);
    await expect(window.getByText('Rolled back')).toBeVisible();
    // The button is gone, and the keyboard is where it goes on.
    await expect(window.getByRole('textbox', { name: /SQL/ })).toBeFocused();
    await run(window, 'select count(*) as still_here from public.precious;');
    await expect(window.getByRole('columnheader', { name: /still_here/ })).toBeVisible();
    await expect(window.getByRole('gridcell', { name: '1234' })).toBeVisible();
  });
});

/** A question is open: the window says so, and counts no time. */
async function expectToWait(window: Page): Promise<void> {
  await expect(window.getByRole('tab', { name: /waits for your answer/ })).toBeVisible();
  await expect(window.getByText('Waits for your answer', { exact: true })).toBeVisible();
  await expect(window.getByRole('button', { name: 'Waiting' })).toBeVisible();
  await expect(window.getByRole('timer')).toHaveCount(0);
}

/** Replaces the editor's text, as typing would, and runs it. */
async function run(window: Page, sql: string): Promise<void> {
  await window.getByRole('textbox', { name: /SQL/ }).click();
  await window.keyboard.press('Control+A');
  await window.keyboard.insertText(sql);
  await window.keyboard.press('Control+Enter');
}
