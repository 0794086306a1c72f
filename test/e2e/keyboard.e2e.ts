import { expect, test } from './launch';
import { editor, run, type } from './query-tab';

test.use({ hasSample: true });

test('keys go where they are meant to, and the focus comes back', async ({ app }) => {
  const { window, electron } = app;
  const { keyboard } = window;
  const results = window.locator('[data-focus-target="results"]');
  const grid = window.getByRole('grid');
  const dialog = window.getByRole('dialog');
  await window.getByRole('button', { name: 'Open the sample database' }).click();
  await expect(window.getByRole('tree')).toBeVisible({ timeout: 120_000 });

  await test.step('the first press in the tree takes the line under it, also where it is scrolled', async () => {
    const resize = (width: number, height: number) =>
      electron.evaluate(
        ({ BrowserWindow }, size) =>
          BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
        { width, height },
      );
    await resize(900, 600);
    const line = window.getByRole('treeitem', { name: /^orders, / });
    await line.click();
    await expect(line).toHaveAttribute('aria-selected', 'true');
    await resize(1280, 800);
  });

  await test.step('the keys for the results lead to an error as well', async () => {
    await run(window, 'select nothing from nowhere');
    await expect(window.getByText('42P01')).toBeVisible();
    await keyboard.press('Control+3');
    await expect(results).toBeFocused();
    await expect(results).toContainText('nowhere');
    await keyboard.press('Control+2');
    await expect(editor(window)).toBeFocused();
  });

  await test.step('an error without a place leads to its statement', async () => {
    await type(window, 'select 1;\nselect 1 / 0;\nselect 2;');
    await keyboard.press('Control+Shift+Enter');
    await expect(window.getByText('22012')).toBeVisible();
    await window.getByRole('button', { name: 'Go to statement' }).press('Enter');
    await expect(editor(window)).toBeFocused();
    await expect(window.locator('.cm-activeLine')).toHaveText('select 1 / 0;');
  });

  await test.step('all of a value is selected as it was sent, and nothing of the tree', async () => {
    await run(window, "select 'ab' || chr(8238) || chr(10) || 'cd' as marked");
    await expect(window.getByRole('columnheader', { name: /^marked/ })).toBeVisible();
    await grid.focus();
    await keyboard.press('ArrowDown');
    await keyboard.press('Space');
    await window.getByRole('complementary', { name: 'Value' }).locator('pre').focus();
    const selected = () => window.evaluate(() => getSelection()?.toString());
    await keyboard.press('Control+a');
    expect(await selected()).toBe('ab\u202e\ncd');
    await keyboard.press('Control+1');
    await expect(window.getByRole('tree')).toBeFocused();
    await keyboard.press('Control+a');
    expect(await selected()).toBe('');
    await keyboard.press('Control+3');
    await keyboard.press('Escape');
  });

  await test.step('the outcomes of a script are stepped through; what was left out says so', async () => {
    await type(window, '\\timing on\nselect 1 as one;\nselect 2 as two;');
    await keyboard.press('Control+Shift+Enter');
    const outcomes = window.getByRole('tablist', { name: 'Results of the statements' });
    await expect(outcomes.getByRole('tab')).toHaveCount(3);
    await outcomes.getByRole('tab', { selected: true }).focus();
    await keyboard.press('ArrowLeft');
    await expect(outcomes.getByRole('tab').nth(1)).toBeFocused();
    await expect(window.getByRole('columnheader', { name: /^one/ })).toBeVisible();
    await keyboard.press('Home');
    await expect(outcomes.getByRole('tab').first()).toBeFocused();
    await expect(results).toContainText('Left out');
  });

  await test.step('a frozen column stays so when the statement is run again', async () => {
    await run(window, 'select 1 as a, random() as b');
    const random = grid.getByRole('gridcell').nth(1);
    await expect(window.getByRole('columnheader', { name: /^b/ })).toBeVisible();
    const before = await random.innerText();
    await grid.focus();
    await keyboard.press('ArrowDown');
    const cell = await grid.getByRole('gridcell', { selected: true }).boundingBox();
    await keyboard.press('Shift+F10');
    const menu = await window.getByRole('menu').boundingBox();
    // It is for the cell, and opens there.
    expect(Math.abs((menu?.x ?? 0) - (cell?.x ?? 0))).toBeLessThan(40);
    await window.getByRole('menuitem', { name: 'Freeze columns up to here' }).press('Enter');
    await expect(grid).toBeFocused();
    await expect(grid.locator('[data-frozen]').first()).toBeVisible();
    await keyboard.press('Control+2');
    await keyboard.press('Control+Enter');
    await expect(random).not.toHaveText(before);
    await grid.focus();
    await keyboard.press('ArrowDown');
    await keyboard.press('Shift+F10');
    await expect(window.getByRole('menuitem', { name: 'Unfreeze columns' })).toBeVisible();
    await keyboard.press('Escape');
  });

  await test.step('a whole column is taken, and its facts are read beside a value', async () => {
    await run(window, 'select id, title from shop.books order by id');
    await expect(window.getByRole('columnheader', { name: /^title/ })).toBeVisible();
    await grid.focus();
    await keyboard.press('ArrowDown');
    await keyboard.press('Control+Space');
    await expect(grid.locator('[role=columnheader][data-selected]')).toContainText('id');
    await keyboard.press('Space');
    const value = window.getByRole('complementary', { name: 'Value' });
    await expect(value.getByText('shop.books.id, NOT NULL')).toBeVisible();
    await keyboard.press('Escape');
    await expect(value).toHaveCount(0);
    await expect(grid).toBeFocused();
  });

  await test.step('the field for a row number gives way to what is pressed', async () => {
    await keyboard.press('Control+g');
    const number = window.getByRole('textbox', { name: 'Go to row' });
    await expect(number).toBeFocused();
    await editor(window).click();
    await expect(number).toHaveCount(0);
    await expect(editor(window)).toBeFocused();
    await grid.focus();
    await keyboard.press('Control+g');
    await keyboard.press('Escape');
    await expect(grid).toBeFocused();
  });

  await test.step('the panel of a value is made wider by its edge, and stays so', async () => {
    await keyboard.press('Space');
    const value = window.getByRole('complementary', { name: 'Value' });
    const width = async (): Promise<number> => (await value.boundingBox())?.width ?? 0;
    const before = await width();
    await window.getByTestId('results').getByRole('separator').focus();
    await keyboard.press('ArrowLeft');
    await expect.poll(width).toBeGreaterThan(before + 10);
    const after = await width();
    await grid.focus();
    await keyboard.press('Escape');
    await expect(value).toHaveCount(0);
    await keyboard.press('Space');
    await expect.poll(width).toBe(after);
    await keyboard.press('Escape');
    await expect(grid).toBeFocused();
  });

  await test.step('a tab is renamed by its menu, and keeps the focus', async () => {
    await window.getByRole('tab', { name: 'Query 1' }).click({ button: 'right' });
    await window.getByRole('menuitem', { name: 'Rename' }).click();
    const title = window.getByRole('textbox', { name: 'Title of the tab' });
    await expect(title).toBeFocused();
    await keyboard.type('Books');
    await keyboard.press('Enter');
    await expect(window.getByRole('tab', { name: 'Books', exact: true })).toBeFocused();
    await keyboard.press('F2');
    await expect(title).toBeFocused();
    await keyboard.type('Nothing');
    await keyboard.press('Escape');
    await expect(window.getByRole('tab', { name: 'Books', exact: true })).toBeFocused();
  });

  await test.step('Escape clears a search, then closes its dialog, and leaves Undo alone', async () => {
    await keyboard.press('Control+Shift+h');
    const search = dialog.getByRole('combobox', { name: 'Search in what was run' });
    await search.fill('nothing like this');
    await keyboard.press('Escape');
    await expect(search).toHaveValue('');
    await expect(dialog).toBeVisible();
    await expect(dialog.getByRole('option').first()).toBeVisible();
    await dialog.getByRole('button', { name: 'Remove from the history' }).click();
    const undo = window.getByText('Undo', { exact: true }).last();
    await expect(undo).toBeVisible();
    await search.focus();
    await keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(undo).toBeVisible();
    await undo.click();
  });

  await test.step('a table without rows offers to clear its conditions', async () => {
    await keyboard.press('Control+p');
    await window.getByRole('combobox', { name: 'Search everything' }).fill('t:books');
    await expect(window.getByRole('option', { selected: true })).toHaveText(/books/);
    await keyboard.press('Enter');
    await expect(window.getByRole('columnheader', { name: /^title/ })).toBeVisible();
    await expect(grid).toBeFocused();
    await keyboard.press('Control+Shift+f');
    await window.getByLabel('Filter title', { exact: true }).fill('=no such title');
    await keyboard.press('Enter');
    await expect(window.getByText('No row meets the conditions.')).toBeVisible();
    await window.getByRole('button', { name: 'Clear the conditions', exact: true }).click();
    await expect(grid.getByRole('rowheader', { name: '1', exact: true })).toBeVisible();
    await expect(grid).toBeFocused();
  });

  await test.step('the value of a table tells the facts of its column', async () => {
    await keyboard.press('Control+Home');
    await keyboard.press('Space');
    await expect(window.getByText('shop.books.id, NOT NULL')).toBeVisible();
    await keyboard.press('Escape');
  });

  await test.step('tabs are reached by the arrows', async () => {
    await window.getByRole('tab', { name: /books/, selected: true }).focus();
    await keyboard.press('ArrowLeft');
    await expect(window.getByRole('tab', { name: 'Books', exact: true })).toBeFocused();
    await keyboard.press('Enter');
    await expect(editor(window)).toBeFocused();
  });

  await test.step('a press on a tab leads into what it shows', async () => {
    await window.getByRole('tab', { name: /shop\.books/ }).click();
    await expect(grid).toBeFocused();
    await window.getByRole('tab', { name: 'Books', exact: true }).click();
    await expect(editor(window)).toBeFocused();
    await window.getByRole('tab', { name: /shop\.books/ }).focus();
    await keyboard.press('Enter');
    await expect(grid).toBeFocused();
    await window.getByRole('tab', { name: 'Books', exact: true }).click();
  });

  await test.step('nothing of the bars is cut off in a page twice as large', async () => {
    await type(window, 'begin; select 1 as one;');
    await keyboard.press('Control+Shift+Enter');
    await expect(window.getByText('Transaction open').first()).toBeVisible();
    await electron.evaluate(({ BrowserWindow }) => {
      const [shown] = BrowserWindow.getAllWindows();
      shown?.setContentSize(1280, 800);
      shown?.webContents.setZoomFactor(2);
    });
    for (const name of ['Run', 'Read-only', 'Commit', 'Roll back', 'Copy', 'Export…']) {
      const button = window.getByRole('button', { name, exact: true });
      await expect(button, name).toBeInViewport({ ratio: 1 });
    }
    await electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(1);
    });
  });

  await test.step('a tab with an open transaction asks, also behind a table', async () => {
    await window.getByRole('tab', { name: /shop\.books/ }).click();
    await expect(window.getByRole('region', { name: 'Table shop.books' })).toBeVisible();
    await window.locator('[aria-label="Close Books"]').click();
    const question = window.getByRole('alertdialog', { name: 'Close this tab?' });
    await expect(question).toContainText('open transaction');
    await keyboard.press('Escape');
    await expect(question).toHaveCount(0);
    await expect(window.getByRole('tab', { name: /^Books/ })).toBeVisible();
    await window.locator('[aria-label="Close Books"]').click();
    await question.getByRole('button', { name: 'Close tab' }).click();
    await expect(window.getByRole('tab', { name: /^Books/ })).toHaveCount(0);
  });
});
