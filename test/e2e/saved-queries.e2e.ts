import { expect, test } from './launch';

test.use({ hasSample: true });

test('a query is saved under a name, found, renamed, deleted and brought back', async ({ app }) => {
  const { window } = app;
  const editor = window.getByRole('textbox', { name: /SQL/ });
  const name = window.getByRole('textbox', { name: 'Name', exact: true });
  await window.getByRole('button', { name: 'Open the sample database' }).click();
  await expect(window.getByRole('tree')).toBeVisible({ timeout: 120_000 });

  await test.step('saved from its tab, which is then called so', async () => {
    await editor.click();
    await window.keyboard.insertText('SELECT 42 AS answer');
    await window.keyboard.press('Control+Shift+D');
    await expect(name).toBeFocused();
    await name.fill('The answer');
    await window.keyboard.press('Enter');
    await expect(name).toBeHidden();
    await expect(window.getByRole('tab', { name: /The answer/, selected: true })).toBeVisible();
  });

  await test.step('found in the palette and opened in a new tab', async () => {
    await window.keyboard.press('Control+t');
    await expect(editor).toHaveText('');
    await window.keyboard.press('Control+p');
    await window.getByRole('combobox', { name: 'Search everything' }).fill('s:ans');
    await expect(window.getByRole('option', { selected: true })).toHaveText(
      /The answer.*SELECT 42 AS answer.*saved query/,
    );
    await window.keyboard.press('Enter');
    await expect(editor).toHaveText('SELECT 42 AS answer');
  });

  await test.step('a name that is in use is replaced only after it was said', async () => {
    await window.keyboard.press('Control+Shift+D');
    await expect(name).toHaveValue('The answer');
    await expect(window.getByText(/its text is replaced/)).toBeVisible();
    await window.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect(name).toBeHidden();
  });

  await test.step('renamed in the list', async () => {
    await window.keyboard.press('Control+Shift+O');
    const list = window.getByRole('dialog', { name: 'Saved queries' });
    await list.getByRole('button', { name: 'Rename The answer' }).click();
    const newName = list.getByRole('textbox', { name: 'New name of The answer' });
    await newName.fill('Not this');
    await window.keyboard.press('Escape');
    await expect(list.getByRole('button', { name: /^The answer/ })).toBeVisible();
    await list.getByRole('button', { name: 'Rename The answer' }).click();
    await newName.fill('Life');
    await window.keyboard.press('Enter');
    await expect(list.getByRole('button', { name: /^Life/ })).toBeVisible();
    await expect(list.getByRole('button', { name: 'Rename Life' })).toBeFocused();
    await list.getByRole('button', { name: 'Rename Life' }).click();
    await list.getByRole('textbox', { name: 'New name of Life' }).fill('Death');
    await window.keyboard.press('Escape');
    await expect(list.getByRole('button', { name: /^Life/ })).toBeVisible();
  });

  await test.step('deleted, and brought back', async () => {
    const list = window.getByRole('dialog', { name: 'Saved queries' });
    await list.getByRole('button', { name: 'Delete Life' }).click();
    await expect(list.getByText('Nothing is saved yet.')).toBeVisible();
    // The toast lies over the dialog, which hides all else from assistive technology.
    await window.getByText('Undo', { exact: true }).last().click();
    await expect(list.getByRole('button', { name: /^Life/ })).toBeVisible();
  });

  await test.step('opened from the search by the keyboard alone', async () => {
    const list = window.getByRole('dialog', { name: 'Saved queries' });
    const search = list.getByRole('searchbox', { name: 'Search names and texts' });
    await search.focus();
    await window.keyboard.press('ArrowDown');
    await expect(list.getByRole('button', { name: /^Life/ })).toBeFocused();
    await search.fill('answer');
    await window.keyboard.press('Enter');
    await expect(list).toBeHidden();
    await expect(editor).toHaveText('SELECT 42 AS answer');
    await expect(editor).toBeFocused();
  });
});
