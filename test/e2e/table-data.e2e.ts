import type { Page } from '@playwright/test';
import { expect, test } from './launch';

test.use({ hasSample: true });

test('a table from the tree to its last row and along a foreign key, by the keyboard alone', async ({
  app,
}) => {
  const { window, electron } = app;
  const { keyboard } = window;
  const grid = window.getByRole('grid');
  const table = window.getByRole('region', { name: /^Table/ });
  const header = (name: string) => grid.getByRole('columnheader', { name: new RegExp(`^${name}`) });
  const field = (name: string) => table.getByLabel(`Filter ${name}`, { exact: true });
  const clipboard = () => electron.evaluate(({ clipboard }) => clipboard.readText());

  await window.getByRole('button', { name: 'Open the sample database' }).focus();
  await keyboard.press('Enter');
  await expect(window.getByRole('tree')).toBeVisible({ timeout: 120_000 });

  await test.step('the table is found in the tree and opened', async () => {
    await window.getByRole('tree').focus();
    await keyboard.press('Control+f');
    await expect(window.getByRole('searchbox', { name: 'Filter relations' })).toBeFocused();
    await keyboard.type('order_items');
    const item = window.getByRole('treeitem', { name: /^order_items/ });
    await expect(item).toBeVisible();
    await keyboard.press('ArrowDown');
    await moveTo(window, /^order_items/);
    await keyboard.press('Enter');
    await expect(table).toBeVisible();
    await expect(header('order_id')).toBeVisible();
    await expect(table.getByText(/by order_id/)).toBeVisible();
  });

  await test.step('its fields are reached from the tree, which keeps the focus until then', async () => {
    await expect(window.getByRole('tree')).toBeFocused();
    await keyboard.press('Control+Shift+f');
    await expect(field('order_id')).toBeFocused();
    await keyboard.press('Escape');
    await expect(grid).toBeFocused();
  });

  await test.step('a popover leaves the keys of the window alone', async () => {
    await table.getByRole('button', { name: 'Columns' }).press('Enter');
    await expect(window.getByRole('list', { name: 'Columns' })).toBeVisible();
    await keyboard.press('Control+p');
    const palette = window.getByRole('combobox', { name: 'Search everything' });
    await expect(palette).toBeFocused();
    await keyboard.press('Escape');
    await expect(palette).toHaveCount(0);
    await grid.focus();
  });

  await test.step('a command for queries says that this is none', async () => {
    await keyboard.press('Control+Shift+l');
    await expect(window.getByText('there is no query in it').first()).toBeVisible();
  });

  await test.step('the last row is as near as the first', async () => {
    await table.getByRole('button', { name: 'Last rows' }).focus();
    await keyboard.press('Enter');
    await expect(grid.getByRole('rowheader', { name: '−1', exact: true })).toBeVisible();
    await grid.focus();
    await keyboard.press('Control+End');
    await expect(grid.locator('[role=rowheader][data-selected]')).toHaveText('−1');
    await expect(grid.locator('[role=columnheader][data-touched]')).toContainText('line_total');
  });

  await test.step('a wrong value stays in its field, which says what is wrong with it', async () => {
    await keyboard.press('Home');
    await keyboard.press('Control+Shift+f');
    await expect(field('order_id')).toBeFocused();
    await keyboard.type('ten');
    await keyboard.press('Enter');
    await expect(table.getByRole('alert')).toContainText('invalid input syntax');
    await expect(field('order_id')).toHaveValue('ten');
    await expect(field('order_id')).toBeFocused();
  });

  await test.step('conditions are typed above the columns, one after the other', async () => {
    await keyboard.press('Control+a');
    await keyboard.type('10..12');
    await keyboard.press('Enter');
    await expect(table.getByRole('alert')).toHaveCount(0);
    await expect(table.getByRole('button', { name: 'Filter (1)' })).toBeVisible();
    await keyboard.press('Tab');
    await expect(field('line')).toBeFocused();
    await keyboard.type('!null && >0');
    await keyboard.press('Enter');
    await expect(table.getByRole('button', { name: 'Filter (3)' })).toBeVisible();
    await expect(field('line')).toBeFocused();
  });

  await test.step('the panel shows the same conditions, and changes those of the fields', async () => {
    await keyboard.press('Control+f');
    const value = table.getByRole('textbox', { name: 'Value', exact: true });
    await expect(value).toHaveCount(2);
    await expect(value.first()).toHaveValue('10');
    await grid.focus();
    await keyboard.press('Control+f');
    await expect(table.getByRole('textbox', { name: 'Condition in SQL' })).toBeFocused();
    await value.first().focus();
    await keyboard.press('Control+a');
    await keyboard.type('11');
    await expect(field('order_id')).toHaveValue('11..12');
    await keyboard.press('Escape');
    await expect(value).toHaveCount(0);
    await expect(grid).toBeFocused();
  });

  await test.step('Escape clears a field, then leaves it for the rows', async () => {
    await keyboard.press('Control+Home');
    await keyboard.press('ArrowRight');
    await keyboard.press('Control+Shift+f');
    await expect(field('line')).toBeFocused();
    await keyboard.press('Escape');
    await expect(field('line')).toHaveValue('');
    await expect(table.getByRole('button', { name: 'Filter (1)' })).toBeVisible();
    await keyboard.press('Escape');
    await expect(grid).toBeFocused();
    await expect(grid.getByRole('gridcell', { name: '11', exact: true }).first()).toBeVisible();
  });

  await test.step('the rows are sorted by the column with the focus', async () => {
    await keyboard.press('Control+Home');
    await keyboard.press('ArrowRight');
    await keyboard.press('Alt+s');
    await expect(grid.locator('[aria-sort=ascending]')).toHaveCount(1);
  });

  await test.step('a frozen column stays in sight', async () => {
    await keyboard.press('Control+Home');
    await keyboard.press('Shift+F10');
    await window.getByRole('menuitem', { name: 'Freeze columns up to here' }).press('Enter');
    await expect(grid).toBeFocused();
    await electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(900, 600);
    });
    await keyboard.press('End');
    await expect(header('line_total')).toBeInViewport({ ratio: 1 });
    await expect(header('order_id')).toBeInViewport({ ratio: 1 });
    await keyboard.press('Control+Home');
  });

  await test.step('a foreign key leads to its row, and back', async () => {
    await keyboard.press('Control+Home');
    await keyboard.press('Alt+ArrowDown');
    await expect(window.getByRole('region', { name: 'Table shop.orders' })).toBeVisible();
    await expect(table.getByText('1 row', { exact: true })).toBeVisible();
    await keyboard.press('Alt+ArrowLeft');
    await expect(window.getByRole('region', { name: 'Table shop.order_items' })).toBeVisible();
    await keyboard.press('Alt+ArrowRight');
    await expect(window.getByRole('region', { name: 'Table shop.orders' })).toBeVisible();
    await expect(header('reference')).toBeVisible();
  });

  await test.step('the tables that refer to the row are counted, and followed', async () => {
    await keyboard.press('Control+Home');
    await keyboard.press('Alt+ArrowUp');
    const items = window.getByRole('menuitem', { name: /order_items/ });
    await expect(items).toContainText(/\d+$/u);
    await items.press('Enter');
    await expect(window.getByRole('region', { name: 'Table shop.order_items' })).toBeVisible();
    await expect(header('order_id')).toBeVisible();
    await keyboard.press('Alt+ArrowLeft');
    await expect(window.getByRole('region', { name: 'Table shop.orders' })).toBeVisible();
  });

  await test.step('what is shown can be exported, with its condition', async () => {
    await keyboard.press('Control+Shift+e');
    const preview = window.getByLabel('Preview of the file');
    await expect(preview).toHaveText(/^id,reference,/u);
    await expect.poll(async () => (await preview.innerText()).trim().split('\n').length).toBe(2);
    await keyboard.press('Escape');
    await expect(preview).toHaveCount(0);
    await keyboard.press('Control+1');
    await expect(window.getByRole('tree')).toBeFocused();
    await keyboard.press('Control+Shift+e');
    await expect(preview).toHaveText(/^id,reference,/u);
    await keyboard.press('Escape');
    await expect(preview).toHaveCount(0);
    await grid.focus();
  });

  await test.step('the row is copied in three formats', async () => {
    for (const [format, expected] of [
      ['Copy as CSV', /^id,reference,/],
      ['Copy as JSON', /"id": 11,/],
      ['Copy as INSERT', /^INSERT INTO shop\.orders \(id, /],
    ] as const) {
      await keyboard.press('Control+Home');
      await keyboard.press('Control+a');
      await keyboard.press('Shift+F10');
      await window.getByRole('menuitem', { name: format }).press('Enter');
      await expect.poll(clipboard).toMatch(expected);
      await expect(grid).toBeFocused();
    }
  });
});

/** Walks down the tree until the line with that name is the active one. */
async function moveTo(window: Page, name: RegExp): Promise<void> {
  const active = window.locator('[role=treeitem][aria-selected=true]');
  for (let step = 0; step < 30; step += 1) {
    if (name.test((await active.getAttribute('aria-label')) ?? '')) return;
    await window.keyboard.press('ArrowDown');
  }
  throw new Error(`No line of the tree begins with ${String(name)}.`);
}
