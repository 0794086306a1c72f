import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './launch';
import type { RunningApp } from './launch-app';

test.use({ hasSample: true });

/** The native dialogs cannot be typed into by name on every desktop: they answer with these paths. */
async function answerDialogs({ electron }: RunningApp, open: string, save: string): Promise<void> {
  await electron.evaluate(
    ({ dialog }, paths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [paths.open] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: paths.save });
    },
    { open, save },
  );
}

/** Presses Ctrl+O in the moment in which the workspace comes onto the page, before its tabs are read. */
function pressOpenEarly({ window }: RunningApp): Promise<void> {
  return window.evaluate(() => {
    new MutationObserver((_changes, observer) => {
      if (document.querySelector('[aria-label="Loading tabs"]') === null) return;
      observer.disconnect();
      const key = { key: 'o', code: 'KeyO', ctrlKey: true, bubbles: true };
      document.body.dispatchEvent(new KeyboardEvent('keydown', key));
    }).observe(document.body, { childList: true, subtree: true });
  });
}

test('a file of SQL is opened, changed, saved, and never lost to another program', async ({
  launch,
  userDataDir,
}) => {
  const path = join(userDataDir, 'books.sql');
  const copy = join(userDataDir, 'copy.sql');
  await writeFile(path, 'select 1;\r\nselect 2;\r\n');
  const app = await launch();
  const { window } = app;
  await answerDialogs(app, path, copy);
  const editor = window.getByRole('textbox', { name: 'SQL editor' });
  const tab = window.getByRole('tab', { name: 'books.sql' });
  const unsaved = tab.getByTitle('Not saved in its file');

  await pressOpenEarly(app);
  await window.getByRole('button', { name: 'Open the sample database' }).click();
  await expect(window.getByRole('tree')).toBeVisible({ timeout: 120_000 });

  await test.step('Ctrl+O opens it in a tab of its own, also when it comes before the tabs', async () => {
    await expect(tab).toHaveAttribute('aria-selected', 'true');
    await expect(editor).toContainText('select 2;');
    await expect(unsaved).toBeHidden();
  });

  await test.step('Ctrl+S writes what was typed, with the line ends of the file', async () => {
    await editor.press('Control+End');
    await window.keyboard.type('select 3;');
    await expect(unsaved).toBeVisible();
    await window.keyboard.press('Control+s');
    await expect(unsaved).toBeHidden();
    expect(await readFile(path, 'utf8')).toBe('select 1;\r\nselect 2;\r\nselect 3;');
  });

  await test.step('what another program wrote is not written over', async () => {
    await window.keyboard.type(' -- mine');
    await writeFile(path, 'select 4;');
    await window.keyboard.press('Control+s');
    await expect(window.getByText('was changed by another program')).toBeVisible();
    expect(await readFile(path, 'utf8')).toBe('select 4;');
    await window.getByRole('button', { name: 'Read it again' }).click();
    await expect(editor).toContainText('select 4;');
    await expect(unsaved).toBeHidden();
    await editor.press('Control+z');
    await expect(editor).toContainText('-- mine');
  });

  await test.step('closing asks while something is not saved', async () => {
    await window.keyboard.press('Control+w');
    await expect(window.getByRole('alertdialog')).toContainText(path);
    await window.keyboard.press('Escape');
    await expect(tab).toBeVisible();
  });

  await test.step('after a crash the tab still knows its file, and that it differs', async () => {
    const folder = join(userDataDir, 'workspaces');
    const kept = async (): Promise<string> => {
      const names = (await readdir(folder)).filter((name) => !name.endsWith('.tmp'));
      return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join();
    };
    await expect.poll(kept).toMatch(/-- mine.*"isChanged":true/u);
    await app.kill();
    const again = await launch();
    await answerDialogs(again, path, copy);
    await again.window.getByRole('button', { name: 'Open the sample database' }).click();
    const restored = again.window.getByRole('tab', { name: 'books.sql' });
    await expect(restored.getByTitle('Not saved in its file')).toBeVisible({ timeout: 120_000 });
    await expect(again.window.getByRole('textbox', { name: 'SQL editor' })).toContainText(
      '-- mine',
    );

    await again.window.keyboard.press('Control+Shift+S');
    await expect(again.window.getByRole('tab', { name: 'copy.sql' })).toBeVisible();
    expect(await readFile(copy, 'utf8')).toContain('-- mine');
    expect(await readFile(path, 'utf8')).toBe('select 4;');
  });
});
