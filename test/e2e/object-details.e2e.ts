import { expect, test } from './launch';

test.use({ hasSample: true });

test('the tree tells everything about a table, and opens the statement of a view in a tab', async ({
  app,
}) => {
  const { window } = app;
  await window.getByRole('button', { name: 'Open the sample database' }).click();
  const tree = window.getByRole('tree');
  await expect(tree).toBeVisible({ timeout: 120_000 });
  const details = window.getByRole('dialog');

  await test.step('a table: rights, constraints, activity, what the planner knows', async () => {
    await tree.getByRole('treeitem', { name: /^order_items,/ }).click();
    await window.keyboard.press('Control+i');
    await expect(details.getByRole('heading', { name: 'order_items' })).toBeVisible();
    await expect(details.getByText(/SELECT, INSERT, UPDATE, DELETE/).first()).toBeVisible();
    await expect(details.getByRole('heading', { name: /^Constraints/ })).toBeVisible();
    await expect(details.getByRole('heading', { name: 'Activity' })).toBeVisible();
    await details.getByRole('button', { name: 'Show what the planner knows' }).click();
    await expect(details.getByRole('columnheader', { name: 'Most common values' })).toBeVisible();
    await window.keyboard.press('Escape');
    await expect(details).toBeHidden();
  });

  await test.step('a view: its statement in a query tab', async () => {
    await window.keyboard.press('Control+p');
    await window.getByRole('combobox', { name: 'Search everything' }).fill('monthly_sales');
    await expect(window.getByRole('option', { selected: true })).toHaveText(/monthly_sales/);
    await window.keyboard.press('Shift+Enter');
    await expect(tree.getByRole('treeitem', { selected: true })).toHaveAccessibleName(
      /^monthly_sales,/,
    );
    await window.keyboard.press('Control+i');
    await details.getByRole('button', { name: 'Open in a query tab' }).click();
    await expect(details).toBeHidden();
    await expect(window.getByRole('textbox', { name: /SQL/ })).toContainText(
      /CREATE MATERIALIZED VIEW analytics\.monthly_sales AS/,
    );
  });
});
