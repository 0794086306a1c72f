import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './launch';

test('settings hold at once, are kept, and are reset by groups', async ({
  launch,
  userDataDir,
}) => {
  const file = join(userDataDir, 'settings.json');
  const kept = async (): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));

  await test.step('a file that makes no sense is set aside and said', async () => {
    await writeFile(file, '{ "theme": ');
    const damaged = await launch();
    await expect(damaged.window.getByText('The settings could not be read')).toBeVisible();
    await damaged.close();
  });

  const app = await launch();
  const { window } = app;
  const sample = window.getByRole('button', { name: 'Open the sample database' });
  const dialog = window.getByRole('dialog', { name: 'Settings' });

  await test.step('Ctrl+, opens them, and a change is seen at once', async () => {
    await expect(sample).toBeVisible();
    await sample.focus();
    await window.keyboard.press('Control+,');
    await expect(dialog.getByRole('tab', { name: 'Appearance' })).toBeFocused();
    await dialog.getByRole('combobox', { name: 'Theme' }).click();
    await window.getByRole('option', { name: 'Dark' }).click();
    await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect.poll(kept).toMatchObject({ theme: 'dark' });
  });

  await test.step('a number that it may not be is refused in words, and the old one holds', async () => {
    await dialog.getByRole('tab', { name: 'Editor' }).click();
    const field = dialog.getByRole('textbox', { name: 'Width of a tab' });
    await field.fill('99');
    await expect(dialog.getByRole('alert')).toContainText('from 1 to 16');
    await field.fill('8');
    await expect(dialog.getByRole('alert')).toBeHidden();
    await expect.poll(kept).toMatchObject({ tabSize: 8 });
  });

  await test.step('one group is reset without the others', async () => {
    await dialog.getByRole('button', { name: 'Reset to defaults' }).click();
    await expect.poll(kept).toMatchObject({ tabSize: 4, theme: 'dark' });
  });

  await test.step('shortcuts are found by their keys', async () => {
    await dialog.getByRole('tab', { name: 'Keyboard shortcuts' }).click();
    await dialog.getByRole('searchbox').fill('closed tab');
    await expect(dialog.getByRole('definition')).toHaveText(['Ctrl+Shift+T']);
    await window.keyboard.press('Escape');
    await window.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    // The focus is where it was.
    await expect(sample).toBeFocused();
  });

  await test.step('the theme menu announces its choices', async () => {
    await window.getByRole('button', { name: 'Theme' }).click();
    await expect(window.getByRole('menuitemradio', { name: 'Dark' })).toBeChecked();
    await window.keyboard.press('Escape');
  });

  await test.step('the next start has them', async () => {
    await app.close();
    const again = await launch();
    await expect(again.window.locator('html')).toHaveAttribute('data-theme', 'dark');
  });
});
