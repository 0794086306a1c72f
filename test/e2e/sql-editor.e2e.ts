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
