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
  const script = `create table item (id int, name text);
insert into item values ${rows.join(',\n')};
select count(*) from item;`;
  const editor = window.getByRole('textbox', { name: /SQL/ });
  await editor.click();
  // Typed as lines, it would take Chromium a minute.
  await editor.evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, script);
  await window.keyboard.press('Control+Shift+Enter');
  const cell = window.getByRole('gridcell', { name: '5000', exact: true });
  await expect(cell).toBeVisible({ timeout: 30_000 });
});
