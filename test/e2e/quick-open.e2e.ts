import { expect, test } from './launch';

test.use({ hasSample: true });

test('the palette finds tables, columns and commands by keyboard', async ({ app }) => {
  const { window } = app;
  const field = window.getByRole('combobox', { name: 'Search everything' });
  const active = window.getByRole('option', { selected: true });

  await test.step('on the start screen it knows connections and commands', async () => {
    await expect(window.getByRole('button', { name: 'Open the sample database' })).toBeVisible();
    await window.keyboard.press('Control+p');
    await expect(field).toBeFocused();
    await field.fill('newcon');
    await expect(active).toHaveText(/New Connection/);
    await window.keyboard.press('Escape');
    await expect(field).toBeHidden();
  });

  await window.getByRole('button', { name: 'Open the sample database' }).click();
  await expect(window.getByRole('tree')).toBeVisible({ timeout: 120_000 });

  await test.step('a table by letters of its words, opened with Enter', async () => {
    await window.keyboard.press('Control+p');
    await field.fill('ordit');
    await expect(active).toHaveText(/order_items.*shop.*table/);
    await expect(active.locator('mark')).toHaveText(['ord', 'it']);
    await window.keyboard.press('Enter');
    await expect(field).toBeHidden();
    await expect(window.getByRole('tab', { name: /order_items/, selected: true })).toBeVisible();
    await expect(window.getByRole('columnheader', { name: /quantity/ })).toBeVisible();
  });

  await test.step('Escape leads back to where one was', async () => {
    await expect(window.getByRole('grid')).toBeFocused();
    await window.keyboard.press('Control+p');
    await expect(field).toBeFocused();
    await window.keyboard.press('Escape');
    await expect(field).toBeHidden();
    await expect(window.getByRole('grid')).toBeFocused();
  });

  await test.step('a column, shown in the tree', async () => {
    await window.keyboard.press('Control+p');
    await field.fill('c:books.price');
    await expect(active).toHaveText(/price.*shop\.books.*column/);
    await window.keyboard.press('Enter');
    const tree = window.getByRole('tree');
    await expect(tree).toBeFocused();
    await expect(tree.getByRole('treeitem', { selected: true })).toHaveAccessibleName(/^price,/);
  });

  await test.step('from the tree into the rows of a table', async () => {
    await window.keyboard.press('Control+p');
    await field.fill('t:publishers');
    await expect(active).toHaveText(/publishers/);
    await window.keyboard.press('Enter');
    await expect(window.getByRole('tab', { name: /publishers/, selected: true })).toBeVisible();
    await expect(window.getByRole('grid')).toBeFocused();
  });

  await test.step('what was chosen comes first the next time', async () => {
    await window.keyboard.press('Control+p');
    await expect(active).toHaveText(/publishers/);
    await window.keyboard.press('ArrowDown');
    await expect(active).toHaveText(/price.*shop\.books/);
    await window.keyboard.press('ArrowDown');
    await expect(active).toHaveText(/order_items/);
  });

  await test.step('a name goes into the editor', async () => {
    await field.fill('> new query');
    await expect(active).toHaveText(/New Query Tab/);
    await window.keyboard.press('Enter');
    await window.getByRole('textbox', { name: /SQL/ }).click();
    await window.keyboard.press('Control+p');
    await field.fill('shop.books');
    await expect(active).toHaveText(/books.*shop.*table/);
    await window.keyboard.press('Control+Enter');
    await expect(window.getByRole('textbox', { name: /SQL/ })).toHaveText('shop.books');
  });

  await test.step('a command by its words', async () => {
    await window.keyboard.press('Control+Shift+P');
    await expect(field).toHaveValue('>');
    await field.pressSequentially('theme dark');
    await expect(active).toHaveText(/Theme: Dark/);
    await window.keyboard.press('Enter');
    await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark');
  });
});
