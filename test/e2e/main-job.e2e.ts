import type { Page } from '@playwright/test';
import { expect, test } from './launch';
import { NativeDialog } from './native-dialog';

const confirmationTitle = 'Postern: confirmation';

test.setTimeout(180_000);

test('from the welcome screen to rows, an error and a refused DROP', async ({ app }) => {
  const { window } = app;
  const results = window.getByTestId('results');

  await test.step('the welcome screen offers the ways in', async () => {
    await expect(window.getByRole('button', { name: 'Open the sample database' })).toBeVisible();
    await expect(window.getByRole('button', { name: 'New connection' }).first()).toBeVisible();
    await expect(window.getByRole('textbox', { name: 'Paste a connection URL' })).toBeVisible();
    await expect(window.getByText('No keychain')).toHaveCount(0);
  });

  await test.step('one click starts the sample database, with visible progress', async () => {
    await window.getByRole('button', { name: 'Open the sample database' }).click();
    await expect(window.getByRole('progressbar')).toBeVisible();
    await expect(window.getByRole('tree')).toBeVisible({ timeout: 120_000 });
  });

  await test.step('the schema tree shows the tables of the sample', async () => {
    await window.getByRole('treeitem', { name: /^shop/ }).click();
    await window.getByRole('treeitem', { name: /^shop/ }).press('ArrowRight');
    await expect(window.getByRole('treeitem', { name: /^orders/ }).first()).toBeVisible();
  });

  await test.step('a statement gives rows, their number, its duration and the notices of the server', async () => {
    await type(window, `select title, price from shop.books order by title limit 3;`);
    await window.keyboard.press('Control+Enter');
    const grid = window.getByRole('grid');
    await expect(grid.getByRole('columnheader', { name: /title/ })).toBeVisible();
    await expect(grid.getByRole('row')).toHaveCount(4);
    await expect(results.getByText(/3 rows/)).toBeVisible();
    await expect(results.getByText(/\d+(\.\d+)? ms/).first()).toBeVisible();

    await type(window, `do $$ begin raise notice 'hello from the server'; end $$;`);
    await window.keyboard.press('Control+Enter');
    await expect(results.getByText('hello from the server')).toBeVisible();
    await results.getByText('Context').click();
    await expect(results.getByText(/inline_code_block line 1 at RAISE/)).toBeVisible();
  });

  await test.step('an error shows what the server said and marks its place', async () => {
    await type(window, `select titel from shop.books;`);
    await window.keyboard.press('Control+Enter');
    await expect(results.getByText('column "titel" does not exist')).toBeVisible();
    await expect(results.getByText('42703')).toBeVisible();
    await expect(results.getByText(/books\.title/)).toBeVisible();
    await expect(window.locator('.cm-errorMark')).toHaveText('titel');
  });

  await test.step('DROP asks in a native dialog, and Enter means Cancel', async () => {
    await type(window, `create table public.precious as select 1 as id;`);
    await window.keyboard.press('Control+Enter');
    await expect(results.getByText(/1 row/).first()).toBeVisible();

    await type(window, `drop table public.precious;`);
    await window.keyboard.press('Control+Enter');
    const dialog = await NativeDialog.appears(confirmationTitle);
    await dialog.press('Return');
    await dialog.disappears();
    await expect(results.getByText(/not run/i).first()).toBeVisible();

    await type(window, `select count(*) as still_there from public.precious;`);
    await window.keyboard.press('Control+Enter');
    await expect(window.getByRole('columnheader', { name: /still_there/ })).toBeVisible();
  });

  await test.step('saying yes runs it', async () => {
    await type(window, `drop table public.precious;`);
    await window.keyboard.press('Control+Enter');
    const dialog = await NativeDialog.appears(confirmationTitle);
    // The focus begins on the checkbox; Run is the last of the three buttons.
    await dialog.press('Tab', 'Tab', 'Tab', 'Return');
    await dialog.disappears();
    await expect(results.getByText('DROP TABLE').first()).toBeVisible();
  });
});

test('the sample server survives a crash of the app and starts again with its data', async ({
  launch,
}) => {
  const first = await launch();
  await first.window.getByRole('button', { name: 'Open the sample database' }).click();
  await expect(first.window.getByRole('tree')).toBeVisible({ timeout: 120_000 });
  await type(first.window, 'create table public.survivor as select 42 as answer;');
  await first.window.keyboard.press('Control+Enter');
  await expect(first.window.getByText(/1 row/).first()).toBeVisible();
  await first.kill();

  const second = await launch();
  await second.window.getByRole('button', { name: 'Open the sample database' }).click();
  await expect(second.window.getByRole('tree')).toBeVisible({ timeout: 30_000 });
  await type(second.window, 'select answer from public.survivor;');
  await second.window.keyboard.press('Control+Enter');
  await expect(second.window.getByRole('gridcell', { name: '42', exact: true })).toBeVisible();
});

/** Replaces the editor's text, as typing would. */
async function type(window: Page, sql: string): Promise<void> {
  await window.getByRole('textbox', { name: /SQL/ }).click();
  await window.keyboard.press('Control+A');
  await window.keyboard.insertText(sql);
}
