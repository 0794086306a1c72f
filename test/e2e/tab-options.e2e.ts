import type { Page } from '@playwright/test';
import { expect, test } from './launch';
import { NativeDialog } from './native-dialog';
import { cell, run } from './query-tab';

test.setTimeout(120_000);

/** Goes on whatever it is told, but for the end of its session. */
const deaf = `
  create function deaf() returns void language plpgsql as $$
  begin
    loop
      begin
        perform pg_sleep(0.05);
      exception when query_canceled then null;
      end;
    end loop;
  end $$`;

test('a tab has a timeout, may be read-only, and ends what does not stop', async ({
  launch,
  database,
}) => {
  await database.query(deaf);
  await database.query('create table kept as select generate_series(1, 5000) as id');
  await database.query('analyze kept');
  const { user, host, port } = database.settings;
  const password = encodeURIComponent((await database.settings.password()) ?? '');
  const env = { DATABASE_URL: `postgres://${user}:${password}@${host}:${port}/${database.name}` };
  const first = await launch({ env });
  await open(first.window);
  const { window } = first;
  const error = window.getByRole('alert');

  await test.step('a timeout of its own stops a statement, and says whose it was', async () => {
    await window.getByRole('button', { name: /^Timeout/ }).click();
    await window.getByRole('menuitemradio', { name: 'Custom…' }).click();
    await window.getByRole('textbox', { name: 'Statement timeout' }).fill('200 ms');
    await window.keyboard.press('Enter');
    await expect(window.getByRole('button', { name: 'Timeout: 200 ms' })).toHaveText('200 ms');
    await run(window, 'select pg_sleep(30)');
    await expect(error).toContainText('Timed out');
    await expect(error).toContainText('the timeout of this tab: 200 ms');
  });

  await test.step('a read-only tab refuses to write, and reads', async () => {
    await window.getByRole('button', { name: 'Read-only' }).click();
    await run(window, 'delete from kept');
    await expect(window.getByText('This tab is read-only: nothing was sent.')).toBeVisible();
    await run(window, 'select * from kept');
    await expect(window.getByText('500+ rows')).toBeVisible();
    await expect(window.getByText('of about 5,000')).toBeVisible();
    await window.getByRole('button', { name: 'Count', exact: true }).click();
    await expect(window.getByText('of 5,000 rows')).toBeVisible();
    await expect(window.getByRole('columnheader', { name: /^id/ })).toHaveAttribute(
      'aria-description',
      'public.kept.id, may be NULL',
    );
  });

  await test.step('what does not stop is asked about, and ended with its session', async () => {
    await window.getByRole('button', { name: /^Timeout/ }).click();
    await window.getByRole('menuitemradio', { name: 'No timeout' }).click();
    await run(window, 'select deaf()');
    await window.getByRole('button', { name: 'Cancel', exact: true }).click();
    const waiting = await NativeDialog.appears('Postern: cancel');
    await waiting.press('Escape');
    await waiting.disappears();
    await window.getByRole('button', { name: 'Cancel', exact: true }).click();
    const ending = await NativeDialog.appears('Postern: cancel');
    await ending.press('Tab', 'Return');
    await expect(error).toContainText('The session was ended');
    await run(window, 'select 6 * 7 as answer');
    await expect(cell(window, '42')).toBeVisible();
  });

  await first.close();
  const second = await launch({ env });
  await open(second.window);
  await test.step('the options are kept with the tab', async () => {
    await expect(second.window.getByRole('tab', { name: 'Query 1, read-only' })).toBeVisible();
    await expect(second.window.getByRole('button', { name: 'Timeout: No timeout' })).toBeVisible();
    await expect(second.window.getByRole('button', { name: 'Read-only' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });
});

async function open(window: Page): Promise<void> {
  await window.getByRole('button', { name: /DATABASE_URL/ }).click();
  await expect(window.getByRole('textbox', { name: /SQL/ })).toBeVisible();
}
