import { expect, test } from './launch';

test('a long script is looked at beside the process, and understood as a short one is', async ({
  launch,
  database,
}) => {
  const { settings } = database;
  const { window } = await launch({
    env: {
      DATABASE_URL: `postgres://${settings.user}:${encodeURIComponent((await settings.password()) ?? '')}@${settings.host}:${settings.port}/${settings.database}`,
    },
  });
  await window.getByRole('button', { name: /DATABASE_URL/ }).click();
  await expect(window.getByRole('tree')).toBeVisible();

  // No question: a thread that fails would leave it as not understood.
  const rows = Array.from({ length: 5_000 }, (_, id) => `(${id}, 'name ${id}' || ' and more')`);
  await window.getByRole('textbox', { name: /SQL/ }).click();
  await window.keyboard.insertText(
    `create table item (id int, name text);\ninsert into item values ${rows.join(',\n')};\nselect count(*) from item;`,
  );
  await window.keyboard.press('Control+Shift+Enter');
  const cell = window.getByRole('gridcell', { name: '5000', exact: true });
  await expect(cell).toBeVisible({ timeout: 30_000 });
});
