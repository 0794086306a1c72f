import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from './launch';

test.use({ hasSample: true });

let folder: string;
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-export-'));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

test('a large result goes to a file, a table too, and a cancel leaves none', async ({ app }) => {
  const { window, electron } = app;
  const exports = window.getByRole('region', { name: 'Exports' });

  await window.getByRole('button', { name: 'Open the sample database' }).click();
  await expect(window.getByRole('tree')).toBeVisible({ timeout: 120_000 });

  await test.step('all orders to CSV, by the keyboard', async () => {
    await run(window, 'select * from shop.orders order by id;');
    await expect(window.getByRole('columnheader', { name: /^id/ })).toBeVisible();
    await window.keyboard.press('Control+Shift+E');
    const dialog = window.getByRole('dialog', { name: 'Export result' });
    await expect(dialog.getByLabel('Preview of the file')).toContainText('id,');
    await dialog.getByText('SQL INSERT').click();
    await expect(dialog.getByLabel('Preview of the file')).toContainText(
      'INSERT INTO "shop"."orders"',
    );
    await dialog.getByText('CSV', { exact: true }).click();
    await chooseInDialog(electron, join(folder, 'orders.csv'));
    await dialog.getByRole('button', { name: 'Export…' }).click();
    const job = exports.getByRole('article', { name: 'Export to orders.csv' });
    await expect(job.getByRole('button', { name: 'Show in folder' })).toBeVisible();
    await expect(dialog).toBeHidden();

    const file = await readFile(join(folder, 'orders.csv'), 'utf8');
    // Notes have line breaks of their own: a row begins with its number and its reference.
    const rows = file.match(/^\d+,[0-9a-f]{8}-[0-9a-f-]{27},/gmu)?.length ?? 0;
    expect(file).toMatch(/^id,reference,/u);
    expect(String(rows)).toBe(await run(window, 'select count(*) as orders from shop.orders;'));
    await expect(job.getByRole('status')).toContainText(`${rows.toLocaleString('en')} rows`);
    await job.getByRole('button', { name: 'Dismiss' }).click();
    await expect(exports).toBeHidden();
  });

  await test.step('a cancel in the middle leaves nothing', async () => {
    await run(window, `select generate_series(1, 1000000000) as n, repeat('x', 100) as x;`, 'n');
    await window.getByTestId('results').getByRole('button', { name: 'Export…' }).click();
    const dialog = window.getByRole('dialog', { name: 'Export result' });
    await expect(dialog.getByText('The statement is run again', { exact: false })).toBeVisible();
    await chooseInDialog(electron, join(folder, 'endless.csv'));
    await dialog.getByRole('button', { name: 'Export…' }).click();
    const job = exports.getByRole('article', { name: 'Export to endless.csv' });
    await expect(job).toContainText(/[1-9][\d,]* rows/);
    await job.getByRole('button', { name: 'Cancel' }).click();
    await expect(job).toContainText('Cancelled: no file was written.');
    expect(await readdir(folder)).toEqual(['orders.csv']);
  });

  await test.step('a table from the schema browser', async () => {
    await window.getByRole('treeitem', { name: /^publishers/ }).click({ button: 'right' });
    await window.getByRole('menuitem', { name: 'Export…' }).click();
    const dialog = window.getByRole('dialog', { name: 'Export shop.publishers' });
    await dialog.getByText('NDJSON').click();
    await expect(dialog.getByLabel('Preview of the file')).toContainText('{"id":1,');
    await chooseInDialog(electron, join(folder, 'publishers.ndjson'));
    await dialog.getByRole('button', { name: 'Export…' }).click();
    const job = exports.getByRole('article', { name: 'Export to publishers.ndjson' });
    await expect(job.getByRole('button', { name: 'Show in folder' })).toBeVisible();
    const lines = (await readFile(join(folder, 'publishers.ndjson'), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toHaveLength(80);
  });
});

/** Answers the next native save dialog with a path: driving the system's own is not the app's affair. */
async function chooseInDialog(electron: ElectronApplication, path: string): Promise<void> {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
}

/** Runs a statement in place of the editor's text; resolves with the first cell of its result. */
async function run(window: Page, sql: string, column = ''): Promise<string> {
  await window.getByRole('textbox', { name: /SQL/ }).click();
  await window.keyboard.press('Control+A');
  await window.keyboard.insertText(sql);
  await window.keyboard.press('Control+Enter');
  const name = column === '' ? (/ as (\w+)/u.exec(sql)?.[1] ?? 'id') : column;
  await expect(window.getByRole('columnheader', { name: new RegExp(`^${name}`) })).toBeVisible();
  return (await window.getByRole('gridcell').first().textContent()) ?? '';
}
