import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Locator, Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';
import { expect, test } from './launch';

test.setTimeout(240_000);
test.use({ hasSample: true });

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const options: RunOptions = {
  // Levels A and AA of WCAG 2.0, 2.1 and 2.2.
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  rules: {
    // A tab has its close button inside, as in a browser; Ctrl+W and the tab's menu do the same.
    'nested-interactive': { enabled: false },
    // A line of the tree shows the number of rows beside its name, which nobody would call it by.
    'label-content-name-mismatch': { enabled: false },
  },
  resultTypes: ['violations'],
};

declare global {
  interface Window {
    readonly axe: { run(context: Document, options: RunOptions): Promise<AxeResults> };
  }
}

/** What axe finds in the page as it is: one line for each element that breaks a rule. */
async function violations(page: Page): Promise<string[]> {
  // Colours before the next frame, or in the middle of a transition, are nobody's.
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
  });
  const found = await page.evaluate(async (wanted) => {
    const { violations: all } = await window.axe.run(document, wanted);
    // A grid has the focus as a whole, and its arrows scroll what is in it.
    const isInGrid = (target: unknown): boolean =>
      document.querySelector(String(target))?.closest('[role=grid]') !== null;
    return all.map(({ id, impact, nodes }) => ({
      id,
      impact,
      nodes: nodes.filter(
        ({ target }) => id !== 'scrollable-region-focusable' || !isInGrid(target[0]),
      ),
    }));
  }, options);
  return found.flatMap(({ id, impact, nodes }) =>
    impact === 'serious' || impact === 'critical'
      ? nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`)
      : [],
  );
}

for (const theme of ['light', 'dark'] as const) {
  test(`the main screens break no rule of accessibility in the ${theme} theme`, async ({ app }) => {
    const { window } = app;
    const check = async (screen: string): Promise<void> =>
      expect(await violations(window), screen).toEqual([]);
    await window.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await expect(window.locator('html')).toHaveAttribute('data-theme', theme);
    // The debugger's evaluation is not bound by the page's content security policy.
    await window.evaluate(await readFile(axePath, 'utf8'));

    await test.step('start and forms', async () => {
      await expect(window.getByRole('button', { name: 'Open the sample database' })).toBeVisible();
      await check('start');
      await window.keyboard.press('Control+n');
      await expect(window.getByRole('dialog')).toBeVisible();
      await check('form of a connection');
      await window.keyboard.press('Escape');
    });

    await test.step('settings', async () => {
      await window.keyboard.press('Control+,');
      const pages = window.getByRole('dialog', { name: 'Settings' }).getByRole('tab');
      for (const name of await pages.allTextContents()) {
        await window.getByRole('tab', { name, exact: true }).click();
        await check(`settings: ${name}`);
      }
      await window.keyboard.press('Escape');
    });

    await test.step('an open connection, with rows and with an error', async () => {
      await window.getByRole('button', { name: 'Open the sample database' }).click();
      await expect(window.getByRole('tree')).toBeVisible({ timeout: 120_000 });
      await check('nothing run yet');
      await window.getByRole('textbox', { name: 'SQL editor' }).click();
      await window.keyboard.insertText("select null as n, '' as e, 1 as i from shop.books -- c");
      await window.keyboard.press('Control+Enter');
      await expect(window.getByRole('columnheader', { name: /^n/ })).toBeVisible();
      await check('rows');
      await window.keyboard.press('Control+a');
      await window.keyboard.insertText('select nothing from nowhere');
      await window.keyboard.press('Control+Enter');
      await expect(window.getByText('42P01')).toBeVisible();
      await check('an error');
    });

    await test.step('a plan, and the value of a cell', async () => {
      await window.keyboard.press('Control+a');
      await window.keyboard.insertText('select count(*) from shop.orders where id < 1000');
      await window.keyboard.press('Control+Shift+x');
      await expect(window.getByRole('treegrid', { name: 'Plan' })).toBeVisible();
      await check('plan');
      await window.keyboard.press('Control+Enter');
      await expect(window.getByRole('columnheader', { name: /^count/ })).toBeVisible();
      await window.keyboard.press('Control+3');
      await window.keyboard.press('ArrowDown');
      await window.keyboard.press('Space');
      await expect(window.getByRole('complementary', { name: 'Value' })).toBeVisible();
      await check('value of a cell');
      await window.keyboard.press('Escape');
    });

    const dialog = window.getByRole('dialog');
    await test.step('the history', async () => {
      await window.keyboard.press('Control+Shift+h');
      await expect(dialog.getByRole('option', { selected: true })).toBeVisible();
      await check('history');
      await window.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
    });

    await test.step('saved queries', async () => {
      await window.keyboard.press('Control+Shift+D');
      await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
      await check('saving a query');
      await window.keyboard.type('Orders');
      await window.keyboard.press('Enter');
      await expect(dialog).toHaveCount(0);
      await window.keyboard.press('Control+Shift+O');
      await expect(dialog.getByRole('button', { name: /^Orders/ })).toBeVisible();
      await check('saved queries');
      await window.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
    });

    await test.step('what the tree tells of a table', async () => {
      await window.getByRole('treeitem', { name: /^order_items,/ }).click();
      await window.keyboard.press('Control+i');
      await expect(dialog.getByRole('heading', { name: 'Activity' })).toBeVisible();
      await dialog.getByRole('button', { name: 'Show what the planner knows' }).click();
      await expect(dialog.getByRole('columnheader', { name: 'Most common values' })).toBeVisible();
      await check('details of a table');
      await window.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
    });

    await test.step('the palette and the rows of a table', async () => {
      await window.keyboard.press('Control+p');
      await window.getByRole('combobox', { name: 'Search everything' }).fill('t:books');
      await expect(window.getByRole('option', { selected: true })).toHaveText(/books/);
      await check('palette');
      await window.emulateMedia({ forcedColors: 'active' });
      const background = (line: Locator): Promise<string> =>
        line.evaluate((element) => getComputedStyle(element).backgroundColor);
      const options = window.getByRole('option');
      expect(await background(options.first())).not.toBe(await background(options.last()));
      await check('palette in colours that the system forces');
      await window.emulateMedia({ forcedColors: 'none' });
      await window.keyboard.press('Enter');
      await expect(window.getByRole('columnheader', { name: /^title/ })).toBeVisible();
      await check('rows of a table');
      await window.keyboard.press('Control+Shift+f');
      await window.keyboard.press('Control+f');
      await expect(window.getByRole('form', { name: 'Filter' })).toBeVisible();
      await check('conditions of a table');
      await window.keyboard.press('Control+Shift+e');
      await expect(dialog.getByLabel('Preview of the file')).toContainText('id,');
      await check('export');
    });
  });
}
