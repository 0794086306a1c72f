import { expect, test } from './launch';
import { cell, editor, run, type } from './query-tab';

test.use({ hasSample: true });

test('a plan is read as a tree, a text is formatted, and what was run is found after a restart', async ({
  launch,
}) => {
  const first = await launch();
  const { window } = first;
  await window.getByRole('button', { name: 'Open the sample database' }).click();
  await expect(window.getByRole('tree')).toBeVisible({ timeout: 120_000 });

  await test.step('the plan of a statement, without running it', async () => {
    await type(window, 'select count(*) from shop.orders where id < 1000;');
    await window.keyboard.press('Control+e');
    const plan = window.getByRole('treegrid', { name: 'Plan' });
    await expect(plan.getByRole('row').nth(1)).toContainText('Aggregate');
    await expect(plan).toContainText('orders');
    await expect(plan.getByRole('columnheader', { name: 'Own time' })).toBeHidden();
  });

  await test.step('with times and counts when it is run, by keys alone', async () => {
    await window.keyboard.press('Control+Shift+x');
    const plan = window.getByRole('treegrid', { name: 'Plan' });
    await expect(plan.getByRole('columnheader', { name: 'Own time' })).toBeVisible();
    await window.keyboard.press('Control+3');
    await window.keyboard.press('ArrowDown');
    await expect(plan.getByRole('row').nth(2)).toBeFocused();
    await expect(window.getByRole('region', { name: 'The chosen node' })).toContainText('orders');
    await window.keyboard.press('ArrowUp');
    await window.keyboard.press('ArrowLeft');
    await expect(plan.getByRole('row')).toHaveCount(2);
  });

  await test.step('a statement is laid out anew, and that is undone', async () => {
    await type(window, 'select 1 as a, 2 as b from pg_class where true;');
    await window.keyboard.press('Control+Shift+l');
    await expect(editor(window).locator('.cm-line')).toHaveCount(7);
    await window.keyboard.press('Control+z');
    await expect(editor(window)).toHaveText('select 1 as a, 2 as b from pg_class where true;');
  });

  await run(window, "select 'needle' as found;");
  await expect(cell(window, 'needle')).toBeVisible();
  await run(window, 'select 1/0;');
  await expect(window.getByText('division by zero')).toBeVisible();
  await first.close();

  const second = await launch();
  await second.window.getByRole('button', { name: 'Open the sample database' }).click();
  await expect(second.window.getByRole('tree')).toBeVisible({ timeout: 120_000 });
  const history = second.window.getByRole('dialog', { name: 'Query history' });

  await test.step('a failure is found by what it said', async () => {
    await second.window.keyboard.press('Control+Shift+h');
    await expect(history.getByRole('option')).toHaveCount(4);
    await history.getByRole('switch', { name: 'Failed only' }).click();
    await expect(history.getByRole('option')).toHaveCount(1);
    await expect(history.getByText('division by zero')).toBeVisible();
    await history.getByRole('switch', { name: 'Failed only' }).click();
  });

  await test.step('a text is found by its words and opened in a new tab', async () => {
    await history.getByRole('combobox', { name: 'Search in what was run' }).fill('NEEDLE');
    await expect(history.getByRole('option')).toHaveText(/select 'needle' as found/);
    await history.getByRole('combobox', { name: 'Search in what was run' }).press('Enter');
    await expect(history).toBeHidden();
    await expect(editor(second.window)).toHaveText("select 'needle' as found");
  });

  await test.step('one is removed and brought back', async () => {
    await second.window.keyboard.press('Control+Shift+h');
    await expect(history.getByRole('option')).toHaveCount(4);
    await history.getByRole('button', { name: 'Remove from the history' }).click();
    await expect(history.getByRole('option')).toHaveCount(3);
    await history.getByRole('button', { name: 'Close' }).click();
    await second.window.getByRole('button', { name: 'Undo' }).click();
    await second.window.keyboard.press('Control+Shift+h');
    await expect(history.getByRole('option')).toHaveCount(4);
  });
});
