import type { Page } from '@playwright/test';
import type { TestServer } from '../integration/server';
import { expect, test } from './launch';

test.setTimeout(120_000);

test('the editor tells of a mistake once it is made and forgets it once it is mended', async ({
  launch,
  postgres,
  database,
}) => {
  const { window } = await launch({ env: { DATABASE_URL: urlOf(postgres, database.name) } });
  await window.getByRole('button', { name: /DATABASE_URL/ }).click();
  await expect(window.getByRole('tree')).toBeVisible({ timeout: 20_000 });
  const mark = window.locator('.cm-lintRange-error');

  await type(window, "select '😀' as face;\nselec 1;\n");
  await expect(mark).toHaveText('selec');
  await expect(window.locator('.cm-lint-marker-error')).toHaveCount(1);
  await mark.hover();
  await expect(window.getByText('syntax error at or near "selec"')).toBeVisible();

  await test.step('a change of the statement takes the mark away', async () => {
    await mark.dblclick();
    await window.keyboard.insertText('select');
    await expect(mark).toHaveCount(0);
    await expect(window.locator('.cm-lint-marker-error')).toHaveCount(0);
  });

  await test.step('the cursor blinks, but not by an animation, and is seen behind what is typed', async () => {
    const cursors = window.locator('.cm-cursorLayer');
    await expect(cursors).toHaveCSS('opacity', '0');
    await expect(cursors).toHaveCSS('opacity', '1');
    await expect(cursors).toHaveCSS('opacity', '0');
    const behindTyping = await cursors.evaluate(async (layer) => {
      document.execCommand('insertText', false, ' ');
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return getComputedStyle(layer).opacity;
    });
    expect(behindTyping).toBe('1');
    expect(await window.evaluate(() => document.getAnimations().length)).toBe(0);
  });

  await test.step('F8 goes to the next mistake, and the editor keeps the keyboard', async () => {
    await type(window, 'select 1;\nselec 2;\n');
    await window.keyboard.press('Control+Home');
    await expect(mark).toHaveText('selec');
    await window.keyboard.press('F8');
    await expect(window.locator('.cm-activeLine')).toHaveText('selec 2;');
    await expect(window.getByRole('textbox', { name: /SQL/ })).toBeFocused();
  });

  await test.step('the keys that format take what is selected', async () => {
    await type(window, 'select 1,2; select 1,2;');
    await window.keyboard.press('Control+A');
    await window.keyboard.press('Control+Shift+L');
    await expect(window.locator('.cm-line').first()).toHaveText('select');
  });

  await test.step('the page itself may compile no WebAssembly', async () => {
    const outcome = await window.evaluate(
      (bytes) =>
        WebAssembly.compile(new Uint8Array(bytes)).then(
          () => 'compiled',
          (error: unknown) => String(error),
        ),
      [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    );
    expect(outcome).toContain('Content Security Policy');
  });

  await test.step('what is being typed at the end is no mistake yet', async () => {
    await window.keyboard.press('Control+End');
    await window.keyboard.type('select 1 +');
    // The mistake above is found by the same look at the text that finds this one.
    await window.keyboard.press('Control+Home');
    await window.keyboard.insertText('selec 3; ');
    await expect(mark).toHaveText(['selec', '+']);
    await window.keyboard.press('Control+End');
    await expect(mark).toHaveText(['selec']);
  });
});

test('a query with parameters asks for values, refuses wrong ones and remembers the others', async ({
  launch,
  postgres,
  database,
}) => {
  const { window } = await launch({ env: { DATABASE_URL: urlOf(postgres, database.name) } });
  await window.getByRole('button', { name: /DATABASE_URL/ }).click();
  await expect(window.getByRole('tree')).toBeVisible({ timeout: 20_000 });
  await type(window, 'select :number::int + 1 as next, :name as name;');
  await window.keyboard.press('Control+Enter');

  const dialog = window.getByRole('dialog', { name: 'Values for this run' });
  const number = dialog.getByRole('textbox', { name: ':number' });
  await expect(dialog.getByText('integer')).toBeVisible();
  await number.fill('forty');
  await dialog.getByRole('textbox', { name: ':name' }).fill("O'Neill");
  await dialog.getByRole('button', { name: 'Run' }).click();
  await expect(dialog.getByText('invalid input syntax for type integer: "forty"')).toBeVisible();

  await test.step('a press beside the dialog loses nothing that was typed', async () => {
    await window.mouse.click(5, 5);
    await expect(number).toHaveValue('forty');
  });

  await test.step('Esc runs nothing, and what was typed is there again', async () => {
    await number.press('Escape');
    await expect(dialog).toHaveCount(0);
    await window.getByRole('textbox', { name: /SQL/ }).press('Control+Enter');
    await expect(number).toHaveValue('forty');
    await expect(dialog.getByRole('textbox', { name: ':name' })).toHaveValue("O'Neill");
  });

  await number.fill('41');
  await number.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(window.getByRole('gridcell', { name: '42' })).toBeVisible();
  await expect(window.getByRole('gridcell', { name: "O'Neill" })).toBeVisible();

  await test.step('the second run has the values of the first', async () => {
    await window.getByRole('textbox', { name: /SQL/ }).click();
    await window.keyboard.press('Control+Enter');
    await expect(number).toHaveValue('41');
    await dialog.getByRole('button', { name: ':name is NULL' }).click();
    await number.press('Enter');
    await expect(window.getByRole('gridcell', { name: 'NULL' })).toBeVisible();
  });
});

function urlOf({ host, port, user, password }: TestServer, database: string): string {
  const url = new URL(`postgresql://${host}:${port}/${database}?sslmode=disable`);
  url.username = user;
  url.password = encodeURIComponent(password);
  return url.href;
}

/** Replaces the editor's text, as typing would. */
async function type(window: Page, sql: string): Promise<void> {
  await window.getByRole('textbox', { name: /SQL/ }).click();
  await window.keyboard.press('Control+A');
  await window.keyboard.insertText(sql);
}
